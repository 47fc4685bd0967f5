import django.db.models.deletion
from django.db import migrations, models

import annotation.models.projects

IN = "annotation"


class Migration(migrations.Migration):
    dependencies = [(IN, "0018_data_cards")]

    operations = [
        migrations.AlterField(
            "clip",
            "uid",
            models.CharField(
                default=annotation.models.projects.new_uid, editable=False, max_length=32
            ),
        ),
        migrations.AddConstraint(
            "clip", models.UniqueConstraint(fields=["project", "uid"], name="clip_uid_once")
        ),
        migrations.AlterField(
            "import",
            "source",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="imports",
                to=f"{IN}.source",
            ),
        ),
        migrations.AlterField(
            "import",
            "kind",
            models.CharField(
                choices=[
                    ("upload", "Upload"),
                    ("folder", "Folder"),
                    ("film", "Film"),
                    ("jsonl", "Jsonl"),
                    ("archive", "Archive"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            "import",
            models.CheckConstraint(
                condition=models.Q(kind="archive") ^ models.Q(source__isnull=False),
                name="import_has_a_source",
            ),
        ),
        migrations.AlterField(
            "approvedcaption",
            "consolidation",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="approved_caption",
                to=f"{IN}.consolidation",
            ),
        ),
        migrations.AddField("approvedcaption", "imported", models.JSONField(null=True)),
        migrations.AddConstraint(
            "approvedcaption",
            models.CheckConstraint(
                condition=models.Q(consolidation__isnull=True) ^ models.Q(imported__isnull=True),
                name="approved_caption_made_here_or_elsewhere",
            ),
        ),
    ]
