from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from .projects import Project, new_uid


class SourceKind(models.TextChoices):
    EXISTING = "existing"
    COLLECTED = "collected"


class Source(models.Model):
    """Where clips come from: a published dataset or a collection of one's own."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sources")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=SourceKind)
    licence = models.CharField(max_length=500)
    url = models.URLField(blank=True, max_length=500)
    external_processing_allowed = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="source_name_once"),
            models.CheckConstraint(
                condition=Q(kind__in=SourceKind.values), name="source_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"source {self.pk} of project {self.project_id}"


class ClipStage(models.TextChoices):
    IMPORTED = "imported"
    SCREENING = "screening"
    DRAFTING = "drafting"
    ANNOTATING = "annotating"
    CONSOLIDATING = "consolidating"
    CROSS_VALIDATING = "cross_validating"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Clip(models.Model):
    """The video shown and captioned; the unit of work and the first lock of every change."""

    # Kept by an import from another project, so that a version made there is the same here.
    uid = models.CharField(max_length=32, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="clips")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="clips")
    name = models.CharField(max_length=255)
    stage = models.CharField(max_length=20, choices=ClipStage, default=ClipStage.IMPORTED)
    stage_since = models.DateTimeField()
    # Where a restored clip goes back to; kept only while it is rejected.
    rejected_from = models.CharField(max_length=20, choices=ClipStage, blank=True)
    # Counts how often the caption was made anew: one consolidation each.
    round = models.PositiveSmallIntegerField(default=1)
    priority = models.IntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    # The source's own label, never inferred by a model.
    emotion = models.CharField(max_length=64, blank=True)
    source_video = models.CharField(max_length=255, blank=True)
    group = models.CharField(max_length=255, blank=True)
    # Found by comparing clips: one of those that look the same, or show the same person.
    duplicate_group = models.CharField(max_length=32, blank=True)
    person_group = models.CharField(max_length=32, blank=True)
    licence = models.CharField(max_length=500, blank=True)
    consent_until = models.DateField(null=True, blank=True)

    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    duration_s = models.FloatField()
    frame_count = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # Left, top, width and height of what is shown of the upright original; nothing cuts nothing.
    crop = ArrayField(models.PositiveIntegerField(), size=4, null=True, blank=True)
    video_codec = models.CharField(max_length=32)
    has_audio = models.BooleanField()
    # Storage names. The proxy is empty where browsers play the original itself.
    original = models.CharField(max_length=255)
    proxy = models.CharField(max_length=255, blank=True)
    poster = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "sha256"], name="clip_file_once"),
            models.UniqueConstraint(fields=["project", "uid"], name="clip_uid_once"),
            models.CheckConstraint(
                condition=Q(stage__in=ClipStage.values), name="clip_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(stage=ClipStage.REJECTED) ^ Q(rejected_from=""),
                name="clip_rejected_from_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(frame_count__gte=1, duration_s__gte=0, width__gte=1, height__gte=1),
                name="clip_has_frames",
            ),
        ]
        indexes = [
            # The claim reads the front of this index and stops at its first free row.
            models.Index(fields=["project", "stage", "-priority", "id"], name="clip_queue"),
            models.Index(fields=["project", "-id"], name="clip_newest"),
        ]

    def __str__(self) -> str:
        return f"clip {self.pk} ({self.stage})"

    @property
    def playable(self) -> str:
        """Storage name of what the browser plays."""
        return self.proxy or self.original


class FrameTable(models.Model):
    """The presentation time of every frame. Apart from the clip, so that lists stay light."""

    clip = models.OneToOneField(
        Clip, on_delete=models.CASCADE, related_name="frame_table", primary_key=True
    )
    time_base_num = models.PositiveIntegerField()
    time_base_den = models.PositiveIntegerField()
    pts = ArrayField(models.BigIntegerField())

    def __str__(self) -> str:
        return f"frames of clip {self.clip_id}"
