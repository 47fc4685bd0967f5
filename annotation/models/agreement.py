"""How nearly people say the same of a clip: numbers of their texts, never fields of the clip."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .annotations import AnnotationVersion
from .clips import Clip
from .cross_validations import CrossValidation
from .projects import Project


class AgreementKind(models.TextChoices):
    ANNOTATORS = "annotators"
    # The first result of a consolidation and the blind one.
    REVIEWERS = "reviewers"


class AgreementScore(models.Model):
    """
    Two people's texts of a clip as last handed in. The texts never change, so neither do the
    numbers, unless another version of the metric takes their place.
    """

    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="agreement_scores")
    kind = models.CharField(max_length=16, choices=AgreementKind)
    one = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Of annotators: what was compared.
    one_version = models.ForeignKey(
        AnnotationVersion, on_delete=models.CASCADE, related_name="+", null=True
    )
    other_version = models.ForeignKey(
        AnnotationVersion, on_delete=models.CASCADE, related_name="+", null=True
    )
    # Of reviewers: the one who wrote without seeing, against the consolidation.
    cross_validation = models.OneToOneField(
        CrossValidation, on_delete=models.CASCADE, related_name="agreement_score", null=True
    )
    event_f1 = models.FloatField()
    tem = models.FloatField()
    # Words to change, as a share of the longer text.
    word_distance = models.FloatField()
    # Of the words that both wrote: who marked them as inferred.
    marked_by_both = models.PositiveIntegerField()
    marked_by_one = models.PositiveIntegerField()
    marked_by_other = models.PositiveIntegerField()
    marked_by_nobody = models.PositiveIntegerField()
    metric_version = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    computed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one_version", "other_version"], name="agreement_score_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=AgreementKind.ANNOTATORS,
                    one_version__isnull=False,
                    other_version__isnull=False,
                    cross_validation__isnull=True,
                )
                | Q(
                    kind=AgreementKind.REVIEWERS,
                    one_version__isnull=True,
                    other_version__isnull=True,
                    cross_validation__isnull=False,
                ),
                name="agreement_score_has_its_texts",
            ),
            models.CheckConstraint(
                condition=~Q(one=F("other")), name="agreement_score_of_two_people"
            ),
            models.CheckConstraint(
                condition=Q(event_f1__range=(0, 1), tem__range=(0, 1), word_distance__range=(0, 1)),
                name="agreement_score_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement of {self.one_id} and {self.other_id} on clip {self.clip_id}"


class AgreementSummary(models.Model):
    """What all scores of a project's approved clips come to, with intervals. Made by a worker."""

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, related_name="agreement_summary"
    )
    # Equal as long as the scores are: see `workflow.agreement`.
    fingerprint = models.CharField(max_length=100)
    figures = models.JSONField()
    computed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"agreement in project {self.project_id}"
