from __future__ import annotations

from django.db import models
from django.db.models import Q

from .clips import Clip
from .jobs import Job
from .model_versions import ModelVersion
from .projects import new_uid


class DraftKind(models.TextChoices):
    IMPORTED = "imported"
    OPENAI = "openai"
    FACETRACK_MM = "facetrack_mm"
    SIGNALS = "signals"


class DraftStatus(models.TextChoices):
    REQUESTED = "requested"
    READY = "ready"
    FAILED = "failed"


class Draft(models.Model):
    """A caption document made by a model, or brought along at import. Its text never changes."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=16, choices=DraftKind)
    # Which model, or who wrote it: shown to leads, never to those who work blind.
    generator = models.CharField(max_length=120)
    prompt_version = models.CharField(max_length=64, blank=True)
    version = models.ForeignKey(
        ModelVersion, on_delete=models.PROTECT, related_name="drafts", null=True, blank=True
    )
    # Made to be compared: nobody is shown it, and no clip waits for it.
    is_shadow = models.BooleanField(default=False)
    job = models.ForeignKey(
        Job, on_delete=models.PROTECT, related_name="drafts", null=True, blank=True
    )
    status = models.CharField(max_length=16, choices=DraftStatus)
    document = models.JSONField(null=True)
    error = models.TextField(blank=True)
    # What the error is in one word, to count by.
    failure = models.CharField(max_length=32, blank=True)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    # Of the model at work, without the time in the queue.
    seconds = models.FloatField(default=0.0)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    # Since when another face is the main one than the one that the model looked at.
    stale_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # One that failed, or looked at another face, may be asked for again.
            models.UniqueConstraint(
                fields=["clip", "kind", "generator", "prompt_version"],
                condition=~Q(status=DraftStatus.FAILED) & Q(stale_since__isnull=True),
                name="draft_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=DraftKind.IMPORTED) ^ Q(version__isnull=False),
                name="draft_of_a_model_has_its_version",
            ),
            models.CheckConstraint(
                condition=Q(status=DraftStatus.REQUESTED, document__isnull=True, error="")
                | Q(status=DraftStatus.READY, document__isnull=False, error="")
                | (Q(status=DraftStatus.FAILED, document__isnull=True) & ~Q(error="")),
                name="draft_text_or_error",
            ),
            models.CheckConstraint(
                condition=Q(status=DraftStatus.REQUESTED) ^ Q(ended_at__isnull=False),
                name="draft_ended_at_matches_status",
            ),
        ]
        indexes = [
            models.Index(
                fields=["job"], condition=Q(status=DraftStatus.REQUESTED), name="draft_under_way"
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk} of clip {self.clip_id} ({self.status})"

    @property
    def job_under_way(self) -> Job | None:
        return self.job if self.status == DraftStatus.REQUESTED else None
