"""What a card says of a frozen version is frozen with it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0017_formats_of_exports")]

    operations = [
        migrations.CreateModel(
            name="DataCard",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="card",
                        serialize=False,
                        to="annotation.datasetversion",
                    ),
                ),
                ("content", models.JSONField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RunSQL(
            "CREATE TRIGGER datacard_is_frozen BEFORE UPDATE OR DELETE ON annotation_datacard "
            "FOR EACH ROW EXECUTE FUNCTION annotation_refuse_change()",
            "DROP TRIGGER datacard_is_frozen ON annotation_datacard",
        ),
    ]
