from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0023_launchers_of_runs"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="trainingrun",
            name="training_run_is_known",
        ),
        migrations.AlterField(
            model_name="trainingrun",
            name="launcher",
            field=models.CharField(
                choices=[("local", "Local"), ("torchrun", "Torchrun"), ("slurm", "Slurm")],
                default="local",
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("device_count__gte", 1),
                    ("device_kind__in", ["cpu", "cuda"]),
                    ("launcher__in", ["local", "torchrun", "slurm"]),
                    (
                        "state__in",
                        ["queued", "preparing", "running", "stopping", "stopped", "done", "failed"],
                    ),
                ),
                name="training_run_is_known",
            ),
        ),
    ]
