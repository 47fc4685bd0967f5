"""Drafts of one model version for many clips at once: what that would cost, and the job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from annotation.errors import TransitionRefused
from annotation.jobs import JobKind, Progress, enqueue
from annotation.models import (
    Clip,
    Draft,
    DraftRole,
    DraftStatus,
    Job,
    ModelCall,
    ModelKind,
    ModelVersion,
    Project,
    Role,
    RoleKind,
    User,
    new_uid,
)

from .access import clip_for_update, project_for
from .draft_requests import DRAFTED_IN, HINDRANCES, Wanted, hindrance, request_draft
from .promoting import REGISTRARS, version_in
from .recording import record, record_in_project
from .spending import budget_of

# Sixteen pictures, a prompt and an answer: until a version has drafted, this is all one knows.
TOKENS_IN, TOKENS_OUT = 16 * 1200 + 1500, 400
NOTHING_TO_DO = "No clip of this choice can be drafted by this model. Look at the estimate."


@dataclass(frozen=True)
class Estimate:
    """How many clips are chosen, of them have a draft of the version, cannot get one, and will."""

    clips: int
    drafted: int
    hindered: int
    to_draft: int
    cost: Decimal
    # From what the version's drafts cost so far; else from the size of a request.
    is_measured: bool
    budget_left: Decimal


def estimate_drafts(
    *, project_id: int, actor: User, version: str, filters: Mapping[str, Any]
) -> Estimate:
    project = project_for(project_id, actor, Role.LEAD, Role.ML)
    found = version_in(project_id, version)
    chosen = _chosen(project, filters)
    to_draft = _to_draft(project, found, filters).count()
    drafted = chosen.filter(_has_draft_of(found)).count()
    total = chosen.count()
    each = _measured_cost(project, found)
    budget = budget_of(project)
    return Estimate(
        clips=total,
        drafted=drafted,
        hindered=total - drafted - to_draft,
        to_draft=to_draft,
        cost=to_draft * (found.price_of(TOKENS_IN, TOKENS_OUT) if each is None else each),
        is_measured=each is not None,
        budget_left=max(Decimal(0), budget.limit - budget.spent - budget.reserved),
    )


@transaction.atomic
def draft_again(*, project_id: int, actor: User, version: str, filters: Mapping[str, Any]) -> Job:
    """Asks for what is missing, failed or stale. One such job runs at a time in a project."""
    project = project_for(project_id, actor, *REGISTRARS)
    found = version_in(project_id, version)
    count = _to_draft(project, found, filters).count()
    if not count:
        raise TransitionRefused(NOTHING_TO_DO)
    record_in_project(
        "drafts.asked_for", project=project, actor=actor, model=found.uid, count=count, **filters
    )
    return enqueue(
        JobKind.DRAFT_AGAIN,
        key=f"draft-again:{project.uid}:{new_uid()}",
        payload={"project": project.pk, "version": found.pk, **filters},
        project=project,
        started_by=actor,
        runs_alone=True,
    )


@transaction.atomic
def draft_clip_again(*, clip_id: int, actor: User, version: str) -> Draft:
    """Of one clip, where the draft is missing, failed or stale. Locks the clip."""
    clip = clip_for_update(clip_id, actor, *REGISTRARS)
    found = version_in(clip.project_id, version)
    if why := hindrance(clip, found):
        raise TransitionRefused(HINDRANCES[why], hindrance=why)
    draft = request_draft(clip, Wanted(found, _is_unseen(clip, found)), actor)
    if draft is None:
        raise TransitionRefused("This model's draft of the clip is there, or under way.")
    record("draft.asked_for", clip=clip, actor=actor, model=found.uid)
    return draft


def run_drafting_again(progress: Progress) -> dict[str, object]:
    """Clip by clip, so that nobody's work waits for a lock of thousands. Safe to run twice."""
    payload = dict(progress.job.payload)
    project = Project.objects.get(pk=payload.pop("project"))
    version = ModelVersion.objects.select_related("prompt").get(pk=payload.pop("version"))
    clips = list(_to_draft(project, version, payload).order_by("pk").values_list("pk", flat=True))
    asked = 0
    for done, clip_id in enumerate(clips):
        progress.report(done, len(clips), f"Asking for draft {done + 1} of {len(clips)}.")
        asked += _ask(clip_id, version, progress.job.started_by)
    return {"asked": asked}


@transaction.atomic
def _ask(clip_id: int, version: ModelVersion, actor: User | None) -> bool:
    clip = (
        Clip.objects.select_for_update(of=("self",))
        .select_related("project", "source")
        .get(pk=clip_id)
    )
    if hindrance(clip, version):
        return False
    return request_draft(clip, Wanted(version, _is_unseen(clip, version)), actor) is not None


def _is_unseen(clip: Clip, version: ModelVersion) -> bool:
    """People are shown the drafts of defaults and canaries only."""
    current = DraftRole.objects.filter(
        project_id=clip.project_id, version=version, ended_at__isnull=True
    )
    return not current.filter(role__in=[RoleKind.DEFAULT, RoleKind.CANARY]).exists()


def _chosen(project: Project, filters: Mapping[str, Any]) -> QuerySet[Clip]:
    """`filters` are columns of a clip that callers name one by one."""
    return Clip.objects.filter(project=project, **filters)


def _to_draft(
    project: Project, version: ModelVersion, filters: Mapping[str, Any]
) -> QuerySet[Clip]:
    """The same as `hindrance` says of one clip, for many."""
    clips = _chosen(project, filters).filter(stage__in=DRAFTED_IN)
    if version.kind == ModelKind.SIGNALS:
        clips = clips.filter(face_tracks__isnull=False)
    if version.kind == ModelKind.OPENAI:
        clips = clips.filter(
            source__external_processing_allowed=True, project__external_processing_allowed=True
        )
    return clips.exclude(_has_draft_of(version))


def _has_draft_of(version: ModelVersion) -> Q:
    drafts = Draft.objects.filter(clip=OuterRef("pk"), version=version, stale_since__isnull=True)
    return Q(Exists(drafts.exclude(status=DraftStatus.FAILED)))


def _measured_cost(project: Project, version: ModelVersion) -> Decimal | None:
    """Of one draft on average, failed ones and repairs included."""
    drafts = Draft.objects.filter(version=version, clip__project=project, ended_at__isnull=False)
    count = drafts.count()
    if not count:
        return None
    calls = ModelCall.objects.filter(version=version, project=project, draft__isnull=False)
    total = calls.aggregate(total=Sum("price"))["total"] or Decimal(0)
    return (total / count).quantize(Decimal("0.000001"))
