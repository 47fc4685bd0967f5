"""What leads and ML staff see of models, prompts, roles and money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from annotation.errors import NotFound
from annotation.jobs import JobKind
from annotation.models import (
    CallStatus,
    DraftRole,
    Job,
    ModelCall,
    ModelVersion,
    ProjectBudget,
    PromptVersion,
    User,
)
from annotation.workflow.access import project_for
from annotation.workflow.promoting import REGISTRARS, prompts_in, version_in, versions_in
from annotation.workflow.spending import budget_of

from .clips import drafts_of

DAYS_SHOWN = 30


def prompts_of(project_id: int, actor: User) -> QuerySet[PromptVersion]:
    project_for(project_id, actor, *REGISTRARS)
    return prompts_in(project_id).select_related("written_by")


def model_versions_of(project_id: int, actor: User) -> QuerySet[ModelVersion]:
    """Each with `role_here`: its role in the project now, or an empty list."""
    project_for(project_id, actor, *REGISTRARS)
    now = DraftRole.objects.filter(project_id=project_id, ended_at__isnull=True)
    return (
        versions_in(project_id)
        .select_related("prompt", "registered_by", "training_run")
        .prefetch_related(Prefetch("roles", now, to_attr="role_here"))
    )


def model_version_of(project_id: int, actor: User, uid: str) -> ModelVersion:
    version_in(project_id, uid)
    return model_versions_of(project_id, actor).get(uid=uid)


def roles_of(project_id: int, actor: User) -> QuerySet[DraftRole]:
    """Who gave which model which role, when and why."""
    project_for(project_id, actor, *REGISTRARS)
    roles = DraftRole.objects.filter(project_id=project_id)
    return roles.select_related("version", "given_by")


def endpoints_for(project_id: int, actor: User) -> list[str]:
    """Names only: addresses and keys are the operator's."""
    project_for(project_id, actor, *REGISTRARS)
    return sorted(settings.DRAFT_ENDPOINTS)


@dataclass(frozen=True)
class Spending:
    budget: ProjectBudget
    by_model: Sequence[dict[str, Any]]
    by_day: Sequence[dict[str, Any]]


def spending_of(project_id: int, actor: User) -> Spending:
    project = project_for(project_id, actor, *REGISTRARS)
    calls = ModelCall.objects.filter(project=project).values("version__uid", "version__name")
    without_answer = Q(status__in=[CallStatus.FAILED, CallStatus.LOST])
    by_model = calls.annotate(
        calls=Count("pk"),
        unanswered=Count("pk", filter=without_answer),
        input_tokens=Sum("input_tokens"),
        output_tokens=Sum("output_tokens"),
        price=Sum("price", default=Decimal(0)),
    )
    rows = [dict(row) for row in by_model.order_by("version__name", "version__uid")]
    return Spending(budget_of(project), rows, _spent_by_day(project_id))


def _spent_by_day(project_id: int) -> list[dict[str, Any]]:
    """Days on which nothing was asked are left out."""
    since = timezone.now() - timedelta(days=DAYS_SHOWN)
    calls = ModelCall.objects.filter(project_id=project_id, created_at__gt=since)
    days = calls.annotate(day=TruncDate("created_at")).values("day")
    return [dict(day) for day in days.annotate(price=Sum("price")).order_by("day")]


def preview_of(job_uid: str, actor: User) -> Job:
    """
    What a prompt made of a clip, by the same rule as the clip's drafts: who still annotates or
    reviews the clip sees no text of a model beforehand.
    """
    job = Job.objects.filter(uid=job_uid, kind=JobKind.PREVIEW_PROMPT).first()
    if job is None:
        raise NotFound("There is no such preview.")
    drafts_of(job.payload["clip"], actor)
    return job
