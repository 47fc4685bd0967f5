import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0015_agreement_scores")]

    operations = [
        migrations.AddField("datasetversion", "filter", models.JSONField(default=dict)),
        migrations.AddField("datasetversion", "locks_test", models.BooleanField(default=False)),
        migrations.AddField(
            "datasetentry",
            "hedges",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), null=True, size=None
            ),
        ),
    ]
