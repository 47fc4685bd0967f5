from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0021_calls_under_way"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="evaluation",
            name="evaluation_once",
        ),
        migrations.AddField(
            model_name="evaluation",
            name="edition",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.UniqueConstraint(
                fields=("predictions", "judge", "metrics", "rewrites", "edition"),
                name="evaluation_once",
                nulls_distinct=False,
            ),
        ),
    ]
