from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0019_archives_from_elsewhere")]

    operations = [
        migrations.AddIndex(
            "modelcall",
            models.Index(
                fields=["created_at"],
                condition=models.Q(status="sent"),
                name="model_call_under_way",
            ),
        ),
    ]
