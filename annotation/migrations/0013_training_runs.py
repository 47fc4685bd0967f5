import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import annotation.models.projects


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0012_imports_of_films"),
    ]

    operations = [
        migrations.CreateModel(
            name="TrainingRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=annotation.models.projects.new_uid,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("seed", models.PositiveIntegerField()),
                ("recipe", models.JSONField()),
                ("memory_gib", models.FloatField(blank=True, null=True)),
                (
                    "launcher",
                    models.CharField(
                        choices=[("local", "Local"), ("torchrun", "Torchrun"), ("slurm", "Slurm")],
                        default="local",
                        max_length=16,
                    ),
                ),
                (
                    "device_kind",
                    models.CharField(choices=[("cpu", "Cpu"), ("cuda", "Cuda")], max_length=16),
                ),
                ("device_count", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("preparing", "Preparing"),
                            ("running", "Running"),
                            ("stopping", "Stopping"),
                            ("stopped", "Stopped"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=16,
                    ),
                ),
                ("host", models.CharField(blank=True, max_length=120)),
                ("process_group", models.PositiveIntegerField(blank=True, null=True)),
                ("process_started", models.CharField(blank=True, max_length=64)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("deaths", models.PositiveSmallIntegerField(default=0)),
                ("stop_requested_at", models.DateTimeField(blank=True, null=True)),
                ("signalled_at", models.DateTimeField(blank=True, null=True)),
                ("polled_at", models.DateTimeField(blank=True, null=True)),
                ("heartbeat_at", models.DateTimeField(blank=True, null=True)),
                ("phase", models.CharField(blank=True, max_length=32)),
                ("step", models.PositiveIntegerField(default=0)),
                ("steps", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("message", models.CharField(blank=True, max_length=500)),
                ("losses", models.JSONField(default=list)),
                ("manifests", models.JSONField(default=dict)),
                ("versions", models.JSONField(default=dict)),
                ("result_sha256", models.CharField(blank=True, max_length=64)),
                ("code", models.CharField(blank=True, max_length=64)),
                ("reason", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cloned_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clones",
                        to="annotation.trainingrun",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "instruction_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.instructionset",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="annotation.job",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_runs",
                        to="annotation.project",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_runs",
                        to="annotation.datasetversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("host", models.CharField(max_length=120)),
                ("name", models.CharField(max_length=16)),
                (
                    "kind",
                    models.CharField(choices=[("cpu", "Cpu"), ("cuda", "Cuda")], max_length=16),
                ),
                ("label", models.CharField(blank=True, max_length=120)),
                ("memory_gib", models.FloatField()),
                (
                    "announced_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("drafting_until", models.DateTimeField(blank=True, null=True)),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="devices",
                        to="annotation.trainingrun",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="modelversion",
            name="training_run",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="model_versions",
                to="annotation.trainingrun",
            ),
        ),
        migrations.AddIndex(
            model_name="trainingrun",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "preparing", "running", "stopping"])),
                fields=["state"],
                name="training_run_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrun",
            constraint=models.UniqueConstraint(
                fields=("project", "number"), name="training_run_number_once"
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
        migrations.AddConstraint(
            model_name="trainingrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["stopped", "done", "failed"]),
                    ("ended_at__isnull", True),
                    _connector="XOR",
                ),
                name="training_run_ended_at_matches_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "failed"), _negated=True),
                    models.Q(
                        models.Q(("code", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="training_run_failed_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), _negated=True),
                    models.Q(("result_sha256", ""), _negated=True),
                    _connector="OR",
                ),
                name="training_run_done_has_a_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "stopping"), _negated=True),
                    ("stop_requested_at__isnull", False),
                    _connector="OR",
                ),
                name="training_run_stops_when_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.UniqueConstraint(fields=("host", "name"), name="device_once"),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["cpu", "cuda"])), name="device_kind_is_known"
            ),
        ),
    ]
