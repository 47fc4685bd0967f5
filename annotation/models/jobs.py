from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .projects import Project, new_uid


class JobState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    DEAD = "dead"


class Job(models.Model):
    """
    The truth about one piece of background work; the broker only carries its number.

    `attempts` is also the fencing token: whoever finishes names the attempt it claimed.
    """

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)  # ids only
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="jobs", null=True, blank=True
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    # One at a time of its kind in its project; the next waits its turn.
    runs_alone = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    # By the database's clock, as every time that a claim looks at.
    run_after = models.DateTimeField(db_default=Now())
    dispatched_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    # {"done": 3, "total": 8, "message": "..."}
    progress = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # A dead or cancelled job may be asked for again under the same key.
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state__in=[JobState.QUEUED, JobState.RUNNING, JobState.DONE]),
                name="job_live_key",
            ),
            models.UniqueConstraint(
                fields=["project", "kind"],
                condition=Q(state=JobState.RUNNING, runs_alone=True),
                name="job_one_running_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=JobState.values), name="job_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING) ^ Q(lease_until__isnull=True),
                name="job_lease_matches_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[JobState.QUEUED, JobState.RUNNING])
                ^ Q(ended_at__isnull=False),
                name="job_ended_at_matches_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.DEAD) | ~Q(error=""), name="job_dead_has_a_reason"
            ),
        ]
        indexes = [
            # What the sweeper looks through.
            models.Index(
                fields=["state", "run_after"],
                condition=Q(state__in=["queued", "running"]),
                name="job_live",
            ),
            models.Index(fields=["project", "-id"], name="job_newest"),
        ]

    def __str__(self) -> str:
        return f"job {self.pk} {self.kind} ({self.state})"

    @property
    def can_cancel(self) -> bool:
        is_live = self.state in {JobState.QUEUED, JobState.RUNNING}
        return is_live and self.cancel_requested_at is None

    @property
    def can_retry(self) -> bool:
        return self.state in {JobState.DEAD, JobState.CANCELLED}
