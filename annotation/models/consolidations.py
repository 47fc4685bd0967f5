from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .annotations import Annotation
from .clips import Clip
from .projects import new_uid


class ReviewStatus(models.TextChoices):
    """Of consolidations and cross-validations, which are claimed and leased like slots."""

    OPEN = "open"
    HELD = "held"
    WAITING = "waiting"  # while the clip is back with an annotator
    FINISHED = "finished"
    CANCELLED = "cancelled"  # the clip was rejected, withdrawn or sent to a new round


class Review(models.Model):
    """What a reviewer claims: shared by consolidations and cross-validations."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        null=True,
        blank=True,
    )
    status = models.CharField(max_length=16, choices=ReviewStatus, default=ReviewStatus.OPEN)
    lease_until = models.DateTimeField(null=True, blank=True)
    document = models.JSONField()
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ReviewStatus.values), name="%(class)s_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status=ReviewStatus.HELD) ^ Q(lease_until__isnull=True),
                name="%(class)s_lease_matches_status",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ReviewStatus.HELD, ReviewStatus.FINISHED])
                | Q(reviewer__isnull=False),
                name="%(class)s_has_a_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(status=ReviewStatus.FINISHED) ^ Q(finished_at__isnull=True),
                name="%(class)s_finished_at_matches_status",
            ),
        ]


class Consolidation(Review):
    """A reviewer's making of one caption out of the annotations, once per round."""

    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="consolidations")
    round = models.PositiveSmallIntegerField()

    class Meta(Review.Meta):
        constraints = [
            *Review.Meta.constraints,
            models.UniqueConstraint(fields=["clip", "round"], name="consolidation_once_per_round"),
        ]
        indexes = [
            models.Index(fields=["reviewer", "status"], name="consolidation_of_person"),
        ]

    def __str__(self) -> str:
        return f"consolidation {self.pk} of clip {self.clip_id} ({self.status})"


class ReviewWork(models.TextChoices):
    CONSOLIDATION = "consolidation"
    CROSS_VALIDATION = "cross_validation"


class ReviewHold(models.Model):
    """
    A reviewer who once held a review of this clip in this round.

    Kept when the lease is lost, because the text may be theirs in part: nobody cross-validates
    what they consolidated, and nobody annotates what they have reviewed.
    """

    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="review_holds")
    round = models.PositiveSmallIntegerField()
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    work = models.CharField(max_length=20, choices=ReviewWork)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clip", "round", "reviewer", "work"], name="review_hold_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work} of clip {self.clip_id}, round {self.round}"


class PickAction(models.TextChoices):
    TAKE = "take"
    MERGE = "merge"
    EDIT = "edit"
    WRITE = "write"
    DROP = "drop"


class Pick(models.Model):
    """One decision of a consolidation, in the order it was made. Append only."""

    consolidation = models.ForeignKey(Consolidation, on_delete=models.CASCADE, related_name="picks")
    action = models.CharField(max_length=8, choices=PickAction)
    # Sentence of the result; of a dropped one, what it was called at the source.
    sentence = models.CharField(max_length=64)
    # [{"kind": "annotation" | "draft", "uid": ..., "sentence": ...}]
    sources = models.JSONField(default=list)
    text_before = models.TextField(blank=True)
    text_after = models.TextField(blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(action__in=PickAction.values), name="pick_action_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.sentence}"


class Verdict(models.TextChoices):
    ACCEPTED = "accepted"
    MINOR = "minor"
    MAJOR = "major"
    TO_BE_REVISED = "to_be_revised"


class AnnotationVerdict(models.Model):
    """How much of an annotation the reviewer had to change; shown to its writer."""

    consolidation = models.ForeignKey(
        Consolidation, on_delete=models.CASCADE, related_name="verdicts"
    )
    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=16, choices=Verdict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consolidation", "annotation"], name="verdict_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="verdict_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"annotation {self.annotation_id}: {self.verdict}"


class AnnotationReturn(models.Model):
    """An annotation sent back to its writer with a reason, and the writer's answer."""

    consolidation = models.ForeignKey(
        Consolidation, on_delete=models.CASCADE, related_name="returns"
    )
    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="returns")
    reason = models.TextField(max_length=2000)
    # Ids of the sentences meant; empty for the whole annotation.
    sentences = models.JSONField(default=list)
    answer = models.TextField(blank=True, max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="return_has_a_reason"),
            models.UniqueConstraint(
                fields=["annotation"],
                condition=Q(answered_at__isnull=True),
                name="return_one_open_per_annotation",
            ),
        ]

    def __str__(self) -> str:
        return f"return of annotation {self.annotation_id}"
