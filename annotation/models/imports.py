from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .clips import Clip, Source
from .jobs import Job
from .projects import Project, new_uid


class ImportKind(models.TextChoices):
    UPLOAD = "upload"  # files sent by the browser or a program
    FOLDER = "folder"  # files under one of the server's import folders
    FILM = "film"  # long videos there, each cut into clips
    JSONL = "jsonl"  # records that name files, with drafts and labels
    ARCHIVE = "archive"  # a native export: approved captions, with their sources


class Import(models.Model):
    """One bringing-in of clips, with what became of every file."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="imports")
    # Of an archive each record names its own.
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="imports", null=True, blank=True
    )
    kind = models.CharField(max_length=16, choices=ImportKind)
    dry_run = models.BooleanField(default=False)
    # JSONL only: pass over keys that no record has, and where the records are stored.
    lenient = models.BooleanField(default=False)
    records = models.CharField(max_length=255, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True)
    # [{"line": 12, "field": "drafts[0].text", "code": ..., "message": ...}]: JSONL only.
    errors = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ImportKind.ARCHIVE) ^ Q(source__isnull=False),
                name="import_has_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk} ({self.kind})"


class ImportItemStatus(models.TextChoices):
    PENDING = "pending"
    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    FAILED = "failed"


class ImportItem(models.Model):
    """One file of an import. A failed one can be tried again by itself."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    # The name as the sender gave it: a label, never a path.
    name = models.CharField(max_length=255)
    # Below MEDIA_ROOT for uploads, below an import folder otherwise.
    location = models.CharField(max_length=1000)
    # Checked labels and drafts of a JSONL record.
    record = models.JSONField(default=dict)
    status = models.CharField(
        max_length=16, choices=ImportItemStatus, default=ImportItemStatus.PENDING
    )
    code = models.CharField(max_length=32, blank=True)
    message = models.TextField(blank=True)
    clip = models.ForeignKey(
        Clip, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="import_item_position_once"),
            models.CheckConstraint(
                condition=Q(status__in=["imported", "duplicate"]) ^ Q(clip__isnull=True),
                name="import_item_clip_matches_status",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(message=""),
                name="import_item_failure_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.position} of import {self.batch_id} ({self.status})"
