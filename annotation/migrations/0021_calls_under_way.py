from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0020_template_candidates")]

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
