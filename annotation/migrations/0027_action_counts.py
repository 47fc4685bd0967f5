"""What a model counted of a frozen version is frozen too."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0026_media_of_exports")]

    operations = [
        migrations.CreateModel(
            name="ActionCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prompt_version", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.modelversion",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_counts",
                        to="annotation.datasetversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "model"), name="action_count_of_model_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER actioncount_is_frozen BEFORE UPDATE OR DELETE "
            "ON annotation_actioncount "
            "FOR EACH ROW EXECUTE FUNCTION annotation_refuse_change()",
            "DROP TRIGGER actioncount_is_frozen ON annotation_actioncount",
        ),
    ]
