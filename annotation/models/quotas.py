from __future__ import annotations

from django.db import models

from .clips import Source


class Quota(models.Model):
    """
    How many clips of a source and an emotion a project wants to caption.

    Clips that passed the screening then wait until they are drawn.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="quotas")
    # The source's own label; empty for clips without one.
    emotion = models.CharField(max_length=64, blank=True)
    wanted = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "emotion"], name="quota_once"),
        ]

    def __str__(self) -> str:
        return f"quota {self.pk} of source {self.source_id}"
