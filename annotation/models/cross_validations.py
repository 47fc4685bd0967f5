from __future__ import annotations

from django.db import models
from django.db.models import Q

from .clips import Clip
from .consolidations import Consolidation, Review
from .projects import new_uid


class CrossValidationMode(models.TextChoices):
    CHECK = "check"  # sees the first result
    BLIND = "blind"  # consolidates anew, then both are compared
    SETTLEMENT = "settlement"  # the third reviewer, after a dispute


class Outcome(models.TextChoices):
    AGREED = "agreed"
    DISPUTED = "disputed"
    SENT_BACK = "sent_back"


class CrossValidation(Review):
    """Another reviewer's check of a consolidation; never k-fold."""

    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="cross_validations")
    consolidation = models.ForeignKey(
        Consolidation, on_delete=models.PROTECT, related_name="cross_validations"
    )
    mode = models.CharField(max_length=16, choices=CrossValidationMode)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    # What a blind reviewer wrote before the first result was uncovered.
    blind_document = models.JSONField(null=True)

    class Meta(Review.Meta):
        constraints = [
            *Review.Meta.constraints,
            models.UniqueConstraint(
                fields=["consolidation"],
                condition=Q(mode=CrossValidationMode.SETTLEMENT),
                name="cross_validation_one_settlement",
            ),
            models.UniqueConstraint(
                fields=["consolidation"],
                condition=~Q(mode=CrossValidationMode.SETTLEMENT),
                name="cross_validation_one_second_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=CrossValidationMode.values),
                name="cross_validation_mode_is_known",
            ),
            models.CheckConstraint(
                condition=Q(mode=CrossValidationMode.BLIND) | Q(blind_document__isnull=True),
                name="cross_validation_blind_document_in_blind_mode",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[Outcome.DISPUTED, Outcome.SENT_BACK]) | ~Q(reason=""),
                name="cross_validation_dispute_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) ^ ~Q(outcome=""),
                name="cross_validation_outcome_when_finished",
            ),
        ]
        indexes = [
            models.Index(fields=["reviewer", "status"], name="cross_validation_of_person"),
        ]

    def __str__(self) -> str:
        return f"cross-validation {self.pk} of clip {self.clip_id} ({self.mode}, {self.status})"


class Mark(models.TextChoices):
    OK = "ok"
    MINOR = "minor"
    MAJOR = "major"


class SentenceMark(models.Model):
    """A second reviewer's word on one sentence of the first result."""

    cross_validation = models.ForeignKey(
        CrossValidation, on_delete=models.CASCADE, related_name="marks"
    )
    sentence = models.CharField(max_length=64)
    mark = models.CharField(max_length=8, choices=Mark)
    note = models.TextField(blank=True, max_length=2000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cross_validation", "sentence"], name="sentence_mark_once"
            ),
            models.CheckConstraint(
                condition=Q(mark__in=Mark.values), name="sentence_mark_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sentence}: {self.mark}"


class ApprovedCaption(models.Model):
    """The caption that came out of a round. Dataset versions point here; it never changes."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="approved_captions")
    consolidation = models.OneToOneField(
        Consolidation, on_delete=models.PROTECT, related_name="approved_caption", null=True
    )
    cross_validation = models.OneToOneField(
        CrossValidation,
        on_delete=models.PROTECT,
        related_name="approved_caption",
        null=True,
        blank=True,
    )
    # Of one that was approved elsewhere: what its export said of how it came about.
    imported = models.JSONField(null=True)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(consolidation__isnull=True) ^ Q(imported__isnull=True),
                name="approved_caption_made_here_or_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"approved caption {self.pk} of clip {self.clip_id}"
