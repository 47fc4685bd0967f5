from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .clips import Clip
from .drafts import Draft
from .projects import new_uid


class AssignmentStatus(models.TextChoices):
    OPEN = "open"
    HELD = "held"
    SUBMITTED = "submitted"
    RETURNED = "returned"


class Assignment(models.Model):
    """
    One of the N places on a clip.

    The rows are made when the clip enters `annotating`, so their number is the bound: there can
    never be more submissions than slots, whatever runs at once.
    """

    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="assignments")
    slot = models.PositiveSmallIntegerField()
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assignments",
        null=True,
        blank=True,
    )
    status = models.CharField(
        max_length=16, choices=AssignmentStatus, default=AssignmentStatus.OPEN
    )
    # A lease that has run out still holds until somebody else claims the slot.
    lease_until = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clip", "slot"], name="assignment_slot_once"),
            models.UniqueConstraint(
                fields=["clip", "annotator"],
                condition=Q(annotator__isnull=False),
                name="assignment_one_place_per_person",
            ),
            models.CheckConstraint(
                condition=Q(status=AssignmentStatus.OPEN) ^ Q(annotator__isnull=False),
                name="assignment_open_has_no_annotator",
            ),
            models.CheckConstraint(
                condition=Q(status=AssignmentStatus.HELD) ^ Q(lease_until__isnull=True),
                name="assignment_lease_matches_status",
            ),
            models.CheckConstraint(
                condition=Q(status=AssignmentStatus.SUBMITTED) ^ Q(submitted_at__isnull=True),
                name="assignment_submitted_at_matches_status",
            ),
            models.CheckConstraint(
                condition=Q(status__in=AssignmentStatus.values),
                name="assignment_status_is_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["clip", "slot"],
                condition=Q(status__in=["open", "held"]),
                name="assignment_claimable",
            ),
            models.Index(fields=["annotator", "status"], name="assignment_of_person"),
        ]

    def __str__(self) -> str:
        return f"clip {self.clip_id} slot {self.slot} ({self.status})"


class Annotation(models.Model):
    """The caption document that a person writes for an assignment."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="annotations")
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="annotations"
    )
    document = models.JSONField()
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "annotator"], name="annotation_once_per_holder"
            ),
        ]

    def __str__(self) -> str:
        return f"annotation {self.pk} revision {self.revision}"


class VersionKind(models.TextChoices):
    CHECKPOINT = "checkpoint"
    SUBMITTED = "submitted"


class AnnotationVersion(models.Model):
    """What an annotation said at one revision. Append only."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="versions")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=VersionKind)
    document = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["annotation", "revision", "kind"], name="annotation_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"annotation {self.annotation_id} at revision {self.revision}"


class ShownDraft(models.Model):
    """Which draft an annotator saw, and at which place: what anchoring is measured from."""

    annotation = models.ForeignKey(
        Annotation, on_delete=models.CASCADE, related_name="shown_drafts"
    )
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    # Later than the claim where the project shows drafts only after a first version.
    shown_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["annotation", "draft"], name="shown_draft_once"),
            models.UniqueConstraint(
                fields=["annotation", "position"], name="shown_draft_one_per_position"
            ),
            models.CheckConstraint(condition=Q(position__lte=1), name="shown_draft_at_most_two"),
        ]

    def __str__(self) -> str:
        return f"draft {self.draft_id} at place {self.position}"


class ClipReason(models.TextChoices):
    """Why a person would not caption a clip."""

    STATIC = "static"
    VIOLENT = "violent"
    PERSPECTIVE_SWITCHES = "perspective_switches"
    NO_FACE = "no_face"
    TOO_MANY_PEOPLE = "too_many_people"
    BAD_PICTURE = "bad_picture"
    KNOWS_PERSON = "knows_person"
    OTHER = "other"


class Skip(models.Model):
    """A person who passed on a clip is not given it again."""

    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="skips")
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=32, choices=ClipReason)
    note = models.TextField(blank=True, max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clip", "annotator"], name="skip_once"),
        ]

    def __str__(self) -> str:
        return f"clip {self.clip_id} skipped ({self.reason})"


class RejectionVote(models.Model):
    """One of the min(2, N) independent votes that reject a clip."""

    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="rejection_votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=32, choices=ClipReason)
    note = models.TextField(blank=True, max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    # A restored clip starts with no votes against it; the old ones stay readable.
    overruled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clip", "voter"],
                condition=Q(overruled_at__isnull=True),
                name="rejection_vote_once",
            ),
        ]

    def __str__(self) -> str:
        return f"vote against clip {self.clip_id} ({self.reason})"
