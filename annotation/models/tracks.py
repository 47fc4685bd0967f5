"""The faces of a clip: what was seen frame by frame is a stored file, and what is asked of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .clips import Clip


class FaceBackends(models.Model):
    """The networks and settings that a worker sees faces with. The last announced ones count."""

    key = models.CharField(max_length=64, unique=True)
    # {"detector": "centerface-…", "tracker": "…", …}
    versions = models.JSONField()
    announced_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"face backends {self.key[:12]}"


class FaceTracks(models.Model):
    """
    The tracks of one clip, and of them what lists and rules need.

    The record stays until another takes its place: one of older backends is better than none.
    """

    clip = models.OneToOneField(
        Clip, on_delete=models.CASCADE, related_name="face_tracks", primary_key=True
    )
    backends = models.ForeignKey(FaceBackends, on_delete=models.PROTECT, related_name="+")
    # Storage name of the compressed JSON, which is named after its content.
    record = models.CharField(max_length=255)
    # Grows with every other record and every other choice of main faces.
    revision = models.PositiveIntegerField(default=1)
    main_tracks = ArrayField(models.PositiveSmallIntegerField())
    # Who chose the main faces; nobody where the rule did.
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    # Numbered from 1.
    track_count = models.PositiveSmallIntegerField()
    has_face = models.BooleanField()
    # Mean share of the picture.
    main_area = models.FloatField()
    # Faces that fill at least one per cent of the picture.
    identities = models.PositiveSmallIntegerField()
    # The most in any ten seconds.
    cuts_per_10_s = models.PositiveSmallIntegerField()
    # Near zero where nothing moves.
    motion = models.FloatField()
    perceptual_hash = models.CharField(max_length=64, blank=True)
    tracked_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(main_area__gte=0, main_area__lte=1), name="face_tracks_area_is_a_share"
            ),
            models.CheckConstraint(condition=~Q(record=""), name="face_tracks_have_a_record"),
        ]

    def __str__(self) -> str:
        return f"tracks of clip {self.clip_id}"


class FaceEmbedding(models.Model):
    """
    What tells one person's face from another's. Biometric data: kept only until the clips were
    grouped by person, unless the project says otherwise.
    """

    tracks = models.ForeignKey(FaceTracks, on_delete=models.CASCADE, related_name="embeddings")
    track = models.PositiveSmallIntegerField()
    vector = ArrayField(models.FloatField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tracks", "track"], name="face_embedding_once"),
        ]

    def __str__(self) -> str:
        return f"embedding of track {self.track} of clip {self.tracks_id}"
