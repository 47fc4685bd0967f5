from __future__ import annotations

from django.conf import settings
from django.db import models

from .clips import Clip
from .projects import Project


class WorkflowEvent(models.Model):
    """
    Who did what, when. Written in the transaction of the change, never changed or deleted:
    a trigger of the database refuses both.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="events")
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="events", null=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    kind = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["clip", "id"], name="event_of_clip"),
            models.Index(fields=["project", "-id"], name="event_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
