from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from .drafts import Draft
from .jobs import Job
from .model_versions import ModelVersion
from .projects import Project, new_uid

LIVE = ("sent", "answered", "used")


class ProjectBudget(models.Model):
    """
    What a project may spend on models, and has. A project without a row may spend nothing.

    `reserved` is the most that calls under way can cost; it is taken before a call is sent.
    """

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, related_name="budget", primary_key=True
    )
    limit = models.DecimalField(max_digits=14, decimal_places=6, default=Decimal(0))
    spent = models.DecimalField(max_digits=14, decimal_places=6, default=Decimal(0))
    reserved = models.DecimalField(max_digits=14, decimal_places=6, default=Decimal(0))
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(limit__gte=0, spent__gte=0, reserved__gte=0),
                name="project_budget_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"budget of project {self.project_id}"


class CallStatus(models.TextChoices):
    SENT = "sent"
    # Stored as it came, not read yet.
    ANSWERED = "answered"
    USED = "used"
    # Read, and no caption: the same request may be sent again.
    UNUSABLE = "unusable"
    # No answer and nothing to pay, as when the server is down.
    FAILED = "failed"
    # No answer, but it may have to be paid: counted at all that was reserved.
    LOST = "lost"


class ModelCall(models.Model):
    """
    One request to a hosted model: what was asked (as a hash), what came back, what it cost.

    The answer is stored before anybody reads it, so that a worker that dies then pays nothing
    when the request comes again.
    """

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="model_calls")
    version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="calls")
    # A preview of a prompt makes no draft.
    draft = models.ForeignKey(
        Draft, on_delete=models.PROTECT, related_name="calls", null=True, blank=True
    )
    # Of an evaluation, which sends many: by it, its next attempt finds what this one left behind.
    job = models.ForeignKey(
        Job, on_delete=models.PROTECT, related_name="calls", null=True, blank=True
    )
    request_hash = models.CharField(max_length=64)
    status = models.CharField(max_length=16, choices=CallStatus, default=CallStatus.SENT)
    answer = models.TextField(blank=True)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    reserved = models.DecimalField(max_digits=14, decimal_places=6)
    price = models.DecimalField(max_digits=14, decimal_places=6, default=Decimal(0))
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # Two workers never pay for one request.
            models.UniqueConstraint(
                fields=["project", "request_hash"],
                condition=Q(status__in=LIVE),
                name="model_call_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CallStatus.values), name="model_call_status_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(status__in=["answered", "used", "unusable"]) & ~Q(answer=""))
                | Q(status__in=["sent", "failed", "lost"], answer=""),
                name="model_call_answer_matches_status",
            ),
            models.CheckConstraint(
                condition=Q(status=CallStatus.SENT) ^ Q(ended_at__isnull=False),
                name="model_call_ended_at_matches_status",
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, price__gte=0), name="model_call_price_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "-id"], name="model_call_newest"),
            # What the timetable looks through for calls that nobody will end.
            models.Index(
                fields=["created_at"],
                condition=Q(status=CallStatus.SENT),
                name="model_call_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.pk} ({self.status})"
