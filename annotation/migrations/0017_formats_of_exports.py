import django.contrib.postgres.fields
from django.db import migrations, models

import annotation.models.datasets

FORMATS = [
    ("native-jsonl", "Native Jsonl"),
    ("ls-json", "Label Studio"),
    ("facialdynamic", "Facialdynamic"),
    ("videollama2", "Videollama2"),
    ("llama-factory", "Llama Factory"),
    ("dpo", "Dpo"),
    ("kto", "Kto"),
    ("csv", "Csv"),
    ("parquet", "Parquet"),
    ("hugging-face", "Hugging Face"),
    ("webdataset", "Webdataset"),
    ("vtt", "Vtt"),
    ("srt", "Srt"),
    ("eaf", "Eaf"),
    ("consolidation-audit", "Consolidation Audit"),
]
RENDERINGS = [("full", "Full"), ("marked", "Marked"), ("stripped", "Stripped")]
SPLITS = [("train", "Train"), ("validation", "Validation"), ("test", "Test")]

# Until now every export had the rendering of its version.
RENDERINGS_OF_VERSIONS = """
UPDATE annotation_export SET rendering = version.rendering
FROM annotation_datasetversion version WHERE version.id = annotation_export.version_id
"""


def known(name, condition):
    return migrations.AddConstraint(
        "export", models.CheckConstraint(condition=condition, name=name)
    )


class Migration(migrations.Migration):
    dependencies = [("annotation", "0016_what_versions_were_made_of")]

    operations = [
        migrations.RemoveConstraint("export", "export_format_is_known"),
        migrations.AlterField("export", "format", models.CharField(choices=FORMATS, max_length=32)),
        migrations.AddField(
            "export",
            "rendering",
            models.CharField(choices=RENDERINGS, default="stripped", max_length=16),
            preserve_default=False,
        ),
        migrations.RunSQL(RENDERINGS_OF_VERSIONS, migrations.RunSQL.noop),
        migrations.AddField(
            "export",
            "splits",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=SPLITS, max_length=16),
                default=annotation.models.datasets.all_splits,
                size=None,
            ),
        ),
        migrations.AddField("export", "with_rule_drafts", models.BooleanField(default=False)),
        known("export_format_is_known", models.Q(format__in=[value for value, _ in FORMATS])),
        known(
            "export_rendering_is_known",
            models.Q(rendering__in=[value for value, _ in RENDERINGS]),
        ),
        known(
            "export_splits_are_known",
            models.Q(splits__contained_by=[value for value, _ in SPLITS]) & ~models.Q(splits=[]),
        ),
    ]
