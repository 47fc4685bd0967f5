from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import annotation.models.projects

# What is whole or done stays as it is; parts of it are never changed at all.
FROZEN = {
    "predictionset": "WHEN (OLD.whole_at IS NOT NULL)",
    "evaluation": "WHEN (OLD.done_at IS NOT NULL)",
    "prediction": "",
    "clipscore": "",
    "scoredifference": "",
    "referenceevents": "",
}


def trigger(table: str, when: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_is_frozen BEFORE UPDATE OR DELETE ON annotation_{table} "
        f"FOR EACH ROW {when} EXECUTE FUNCTION annotation_refuse_change()",
        f"DROP TRIGGER {table}_is_frozen ON annotation_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0013_training_runs"),
    ]

    operations = [
        migrations.AddField(
            model_name="modelcall",
            name="job",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calls",
                to="annotation.job",
            ),
        ),
        migrations.CreateModel(
            name="PredictionSet",
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
                (
                    "split",
                    models.CharField(
                        choices=[
                            ("train", "Train"),
                            ("validation", "Validation"),
                            ("test", "Test"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("model", "Model"),
                            ("uploaded", "Uploaded"),
                            ("annotator", "Annotator"),
                            ("reviewers", "Reviewers"),
                            ("chance", "Chance"),
                        ],
                        max_length=16,
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("whole_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.job",
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.modelversion",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prediction_sets",
                        to="annotation.datasetversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Prediction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("against", models.TextField(blank=True)),
                ("failure", models.CharField(blank=True, max_length=32)),
                ("error", models.TextField(blank=True)),
                ("input_tokens", models.PositiveIntegerField(default=0)),
                ("output_tokens", models.PositiveIntegerField(default=0)),
                ("seconds", models.FloatField(default=0.0)),
                (
                    "price",
                    models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=14),
                ),
                (
                    "clip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.clip",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predictions",
                        to="annotation.predictionset",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evaluation",
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
                ("metrics", models.JSONField()),
                ("rewrites", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("judge_name", models.CharField(blank=True, max_length=300)),
                ("set_digest", models.CharField(blank=True, max_length=64)),
                ("clips", models.PositiveIntegerField(default=0)),
                ("unjudged", models.PositiveIntegerField(default=0)),
                ("scores", models.JSONField(default=dict)),
                ("slices", models.JSONField(default=list)),
                (
                    "warnings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                (
                    "price",
                    models.DecimalField(decimal_places=6, default=Decimal("0"), max_digits=14),
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
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.job",
                    ),
                ),
                (
                    "judge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.modelversion",
                    ),
                ),
                (
                    "predictions",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="annotation.predictionset",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReferenceEvents",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("judge_name", models.CharField(max_length=300)),
                ("text_hash", models.CharField(max_length=64)),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("judge_name", "text_hash"), name="reference_events_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreDifference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("metric", models.CharField(max_length=32)),
                ("value", models.FloatField()),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("wins", models.PositiveIntegerField()),
                ("losses", models.PositiveIntegerField()),
                ("ties", models.PositiveIntegerField()),
                ("p", models.FloatField()),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="annotation.evaluation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.evaluation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClipScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("values", models.JSONField()),
                ("columns", models.JSONField()),
                ("alignment", models.JSONField(null=True)),
                ("unjudged", models.TextField(blank=True)),
                ("rewritten", models.TextField(blank=True)),
                ("is_suspicious", models.BooleanField(default=False)),
                (
                    "clip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.clip",
                    ),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="of_clips",
                        to="annotation.evaluation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("evaluation", "clip"), name="clip_score_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="predictionset",
            constraint=models.UniqueConstraint(
                fields=("version", "split", "kind", "subject"), name="prediction_set_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="predictionset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["model", "uploaded", "annotator", "reviewers", "chance"]),
                    ("split__in", ["train", "validation", "test"]),
                ),
                name="prediction_set_is_of_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="predictionset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "model"), ("model__isnull", True), _connector="XOR"),
                    models.Q(("kind", "annotator"), ("person__isnull", True), _connector="XOR"),
                ),
                name="prediction_set_names_its_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="prediction",
            constraint=models.UniqueConstraint(fields=("of", "clip"), name="prediction_once"),
        ),
        migrations.AddConstraint(
            model_name="prediction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("error", ""), ("failure", "")),
                    models.Q(
                        models.Q(("failure", ""), _negated=True),
                        models.Q(("error", ""), _negated=True),
                        ("text", ""),
                    ),
                    _connector="OR",
                ),
                name="prediction_text_or_error",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.UniqueConstraint(
                fields=("predictions", "judge", "metrics", "rewrites"),
                name="evaluation_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at__isnull", True),
                    models.Q(("set_digest", ""), _negated=True),
                    _connector="XOR",
                ),
                name="evaluation_is_done_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.CheckConstraint(
                condition=models.Q(("rewrites", False), ("judge__isnull", False), _connector="OR"),
                name="evaluation_rewritten_by_a_hosted_judge",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoredifference",
            constraint=models.UniqueConstraint(
                fields=("evaluation", "other", "metric"), name="score_difference_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="scoredifference",
            constraint=models.CheckConstraint(
                condition=models.Q(("evaluation", models.F("other")), _negated=True),
                name="score_difference_of_two",
            ),
        ),
        *(trigger(table, when) for table, when in FROZEN.items()),
    ]
