"""Which texts are scored, by which judge, and what came out. What is done never changes."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from .clips import Clip
from .datasets import DatasetVersion, Split
from .jobs import Job
from .model_versions import ModelVersion
from .projects import new_uid


class SubjectKind(models.TextChoices):
    """Whose texts they are."""

    MODEL = "model"
    # Brought along by a person, from a model that is not registered here.
    UPLOADED = "uploaded"
    ANNOTATOR = "annotator"
    # What second reviewers wrote blind, beside the first results: the ceiling.
    REVIEWERS = "reviewers"
    # Texts that know nothing of their clip.
    CHANCE = "chance"


class PredictionSet(models.Model):
    """
    The texts of one subject for the clips of one split, made once for all judges. A trigger keeps
    it as it is once it is whole.
    """

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    version = models.ForeignKey(
        DatasetVersion, on_delete=models.PROTECT, related_name="prediction_sets"
    )
    split = models.CharField(max_length=16, choices=Split)
    kind = models.CharField(max_length=16, choices=SubjectKind)
    # What tells one subject of a kind from another: a uid, a hash of texts, a name of `ml`.
    subject = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200)
    model = models.ForeignKey(
        ModelVersion, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # Of the last try; only a registered model's texts need one.
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Since when every clip has its text, or the reason why it has none.
    whole_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "split", "kind", "subject"], name="prediction_set_once"
            ),
            models.CheckConstraint(
                condition=Q(split__in=Split.values, kind__in=SubjectKind.values),
                name="prediction_set_is_of_known_kind",
            ),
            models.CheckConstraint(
                condition=(Q(kind=SubjectKind.MODEL) ^ Q(model__isnull=True))
                & (Q(kind=SubjectKind.ANNOTATOR) ^ Q(person__isnull=True)),
                name="prediction_set_names_its_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"predictions {self.pk} of version {self.version_id} ({self.kind})"


class Prediction(models.Model):
    """One text, or why there is none. Append only; a text that is missing is scored as empty."""

    of = models.ForeignKey(PredictionSet, on_delete=models.PROTECT, related_name="predictions")
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    # What it is held against, where that is not the caption of the dataset version.
    against = models.TextField(blank=True)
    failure = models.CharField(max_length=32, blank=True)
    error = models.TextField(blank=True)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    # Of the model at work, without the time in the queue.
    seconds = models.FloatField(default=0.0)
    price = models.DecimalField(max_digits=14, decimal_places=6, default=Decimal(0))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "clip"], name="prediction_once"),
            models.CheckConstraint(
                condition=Q(failure="", error="") | (~Q(failure="") & ~Q(error="") & Q(text="")),
                name="prediction_text_or_error",
            ),
        ]

    def __str__(self) -> str:
        return f"prediction {self.pk} for clip {self.clip_id}"


class Evaluation(models.Model):
    """
    One row of a leaderboard: a prediction set by one judge, with metrics in fixed versions. A
    trigger keeps it as it is once it is done.
    """

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    predictions = models.ForeignKey(
        PredictionSet, on_delete=models.PROTECT, related_name="evaluations"
    )
    # The hosted model that is asked; none where the rules of the offline judge are.
    judge = models.ForeignKey(
        ModelVersion, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # {"tem": "tem-1", …}: the metrics and their versions.
    metrics = models.JSONField()
    # The judge puts predictions into the form of the references first.
    rewrites = models.BooleanField(default=False)
    # Counts how often it was asked for anew, as when the judge has other rules than before.
    edition = models.PositiveSmallIntegerField(default=1)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    # What judged, as it calls itself, with the version of its rules or prompts.
    judge_name = models.CharField(max_length=300, blank=True)
    # Equal for equal clips and references: other numbers do not belong into one table.
    set_digest = models.CharField(max_length=64, blank=True)
    clips = models.PositiveIntegerField(default=0)
    unjudged = models.PositiveIntegerField(default=0)
    # {"tem": {"value", "low", "high", "clips", "parts": {…}}}
    scores = models.JSONField(default=dict)
    # [{"by", "value", "clips", "scores"}]: the same of some of the clips.
    slices = models.JSONField(default=list)
    warnings = ArrayField(models.TextField(), default=list)
    price = models.DecimalField(max_digits=14, decimal_places=6, default=Decimal(0))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predictions", "judge", "metrics", "rewrites", "edition"],
                name="evaluation_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) ^ ~Q(set_digest=""),
                name="evaluation_is_done_whole",
            ),
            models.CheckConstraint(
                condition=Q(rewrites=False) | Q(judge__isnull=False),
                name="evaluation_rewritten_by_a_hosted_judge",
            ),
        ]

    def __str__(self) -> str:
        return f"evaluation {self.pk} of predictions {self.predictions_id}"


class ClipScore(models.Model):
    """The numbers of one clip in an evaluation, and the events that they come from."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="of_clips")
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="+")
    # {"tem": 0.7}: the one number of each metric, and {"tem": [0.5, 0.9]}: its columns.
    values = models.JSONField()
    columns = models.JSONField()
    # The two lists of events and how they lie beside each other; none where none were asked for.
    alignment = models.JSONField(null=True)
    # Why the judge gave nothing; the clip is then missing from the judge's numbers.
    unjudged = models.TextField(blank=True)
    # What was judged instead of the prediction, where the judge rewrote it.
    rewritten = models.TextField(blank=True)
    is_suspicious = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "clip"], name="clip_score_once"),
        ]

    def __str__(self) -> str:
        return f"scores of clip {self.clip_id} in evaluation {self.evaluation_id}"


class ScoreDifference(models.Model):
    """One row over another by one metric, on the clips that both have."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="differences")
    other = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="+")
    metric = models.CharField(max_length=32)
    value = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    wins = models.PositiveIntegerField()
    losses = models.PositiveIntegerField()
    ties = models.PositiveIntegerField()
    # Of the two-sided sign test.
    p = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "other", "metric"], name="score_difference_once"
            ),
            models.CheckConstraint(
                condition=~Q(evaluation=F("other")), name="score_difference_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} of {self.evaluation_id} over {self.other_id}"


class ReferenceEvents(models.Model):
    """The events of one reference as one judge took them out once: the same for every row."""

    judge_name = models.CharField(max_length=300)
    # Hash of the text as it is judged.
    text_hash = models.CharField(max_length=64)
    events = ArrayField(models.TextField())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["judge_name", "text_hash"], name="reference_events_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{len(self.events)} events by {self.judge_name}"
