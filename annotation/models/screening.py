"""Whether a clip is worth captioning: what was measured, against which bound, and who decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .clips import Clip
from .jobs import Job
from .projects import Project
from .tracks import FaceBackends


class ScreeningRules(models.Model):
    """A project's bounds. A project without a row goes by the defaults."""

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, related_name="screening_rules", primary_key=True
    )
    # Beyond these two a clip is rejected at once; a lead can restore it.
    max_seconds = models.FloatField(default=20.0)
    needs_face = models.BooleanField(default=True)
    # Beyond these a clip waits for a lead.
    min_main_area = models.FloatField(default=0.05)
    max_identities = models.PositiveSmallIntegerField(default=5)
    max_cuts_per_10_s = models.PositiveSmallIntegerField(default=2)
    # A re-encoded still has 0 to 0.001, a quietly spoken sentence 0.01.
    min_motion = models.FloatField(default=0.004)
    # What keeps clips in one split: bits that differ of 192, and the cosine of two faces. Copies
    # of one video differ in 0 to 2 bits, two takes of one person before one wall in 11 to 35.
    near_duplicate_bits = models.PositiveSmallIntegerField(default=8)
    same_person_cosine = models.FloatField(default=0.5)
    keeps_embeddings = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(max_seconds__gt=0, max_seconds__lte=600)
                & Q(min_main_area__gte=0, min_main_area__lte=1)
                & Q(min_motion__gte=0)
                & Q(near_duplicate_bits__lte=192)
                & Q(same_person_cosine__gte=0, same_person_cosine__lte=1),
                name="screening_rules_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"screening rules of project {self.project_id}"


class ScreeningOutcome(models.TextChoices):
    WAITING = "waiting"
    PASSED = "passed"
    FLAGGED = "flagged"
    REJECTED = "rejected"


class ScreeningDecision(models.TextChoices):
    NONE = ""
    KEPT = "kept"
    REJECTED = "rejected"


class Screening(models.Model):
    """What the rules say of a clip, and what a person said, which counts."""

    clip = models.OneToOneField(
        Clip, on_delete=models.CASCADE, related_name="screening", primary_key=True
    )
    # The newest job that measures the clip; its error is why there is nothing measured.
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True)
    # Those that the job was asked for.
    backends = models.ForeignKey(
        FaceBackends, on_delete=models.PROTECT, related_name="+", null=True
    )
    # [{"rule": "main_area", "value": 0.03, "threshold": 0.05, "outcome": "flagged"}]
    findings = models.JSONField(default=list)
    # {"crop": [left, top, width, height], "reason": "…"}: bars or bands that a lead may cut off.
    crop_proposal = models.JSONField(null=True, blank=True)
    outcome = models.CharField(
        max_length=16, choices=ScreeningOutcome, default=ScreeningOutcome.WAITING
    )
    decision = models.CharField(
        max_length=16, choices=ScreeningDecision, default=ScreeningDecision.NONE, blank=True
    )
    reason = models.TextField(blank=True, max_length=2000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=ScreeningOutcome.values), name="screening_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=ScreeningDecision.values),
                name="screening_decision_is_known",
            ),
            models.CheckConstraint(
                condition=(Q(decision="") & Q(decided_by__isnull=True, decided_at__isnull=True))
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="screening_decided_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"screening of clip {self.clip_id} ({self.outcome})"
