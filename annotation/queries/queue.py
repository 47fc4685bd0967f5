"""What a person can take up next, and, where it is nothing, why: in numbers that add up."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from annotation.models import (
    Annotation,
    Assignment,
    AssignmentStatus,
    Clip,
    ClipStage,
    Consolidation,
    CrossValidation,
    RejectionVote,
    ReviewHold,
    ReviewStatus,
    Role,
    Skip,
    User,
    WorkflowEvent,
)
from annotation.workflow.access import require_role
from annotation.workflow.assigning import claimable_clips
from annotation.workflow.reviewing import claimable_for_review

ORDER = [
    ClipStage.IMPORTED,
    ClipStage.SCREENING,
    ClipStage.DRAFTING,
    ClipStage.ANNOTATING,
    ClipStage.CONSOLIDATING,
    ClipStage.CROSS_VALIDATING,
    ClipStage.APPROVED,
]


class Work(StrEnum):
    ANNOTATOR = "annotator"
    REVIEWER = "reviewer"
    CROSS_VALIDATOR = "cross_validator"


ROLE_OF_WORK = {
    Work.ANNOTATOR: Role.ANNOTATOR,
    Work.REVIEWER: Role.REVIEWER,
    Work.CROSS_VALIDATOR: Role.REVIEWER,
}
HANDED_IN = [
    "annotation.submitted",
    "consolidation.finished",
    "cross_validation.agreed",
    "cross_validation.disputed",
]
STAGE_OF_WORK = {
    Work.ANNOTATOR: ClipStage.ANNOTATING,
    Work.REVIEWER: ClipStage.CONSOLIDATING,
    Work.CROSS_VALIDATOR: ClipStage.CROSS_VALIDATING,
}


@dataclass(frozen=True)
class Reasons:
    """Every clip of the project is in exactly one of these, for one person and kind of work."""

    claimable: int = 0
    already_yours: int = 0
    held_by_others: int = 0
    full: int = 0
    skipped_by_you: int = 0
    excluded_by_role_rule: int = 0
    earlier_stage: int = 0
    later_stage: int = 0
    rejected_or_withdrawn: int = 0

    @property
    def clips_total(self) -> int:
        return sum(int(getattr(self, field.name)) for field in fields(self))


@dataclass(frozen=True)
class HeldWork:
    """One piece of work that is the person's now."""

    kind: str
    id: int
    clip_id: int
    clip_name: str
    lease_until: datetime | None
    status: str


@dataclass(frozen=True)
class RoleQueue:
    mine: list[HeldWork]
    reasons: Reasons

    @property
    def available(self) -> int:
        return self.reasons.claimable


def queue_of(project_id: int, actor: User) -> dict[str, RoleQueue]:
    """By kind of work, for the roles that the person holds."""
    roles = require_role(project_id, actor)
    return {
        work.value: RoleQueue(
            held_work(work, project_id=project_id, actor=actor),
            reasons_for(work, project_id=project_id, actor=actor),
        )
        for work in Work
        if ROLE_OF_WORK[work] in roles
    }


def submitted_today(project_id: int, actor: User) -> int:
    """Days end at midnight UTC, as everywhere on the server."""
    return WorkflowEvent.objects.filter(
        project_id=project_id, actor=actor, kind__in=HANDED_IN, created_at__gte=start_of_today()
    ).count()


def start_of_today() -> datetime:
    return timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)


def reasons_for(work: Work, *, project_id: int, actor: User) -> Reasons:
    """One query. The look at slots and holds is made for clips of the right stage only."""
    stage = STAGE_OF_WORK[work]
    place = ORDER.index(stage)
    counted = (
        Clip.objects.filter(project_id=project_id)
        .annotate(
            why=Case(
                When(
                    stage__in=[ClipStage.REJECTED, ClipStage.WITHDRAWN],
                    then=Value("rejected_or_withdrawn"),
                ),
                When(stage__in=ORDER[:place], then=Value("earlier_stage")),
                When(stage__in=ORDER[place + 1 :], then=Value("later_stage")),
                *_reasons_at_stage(work, project_id, actor),
                default=Value("full" if work == Work.ANNOTATOR else "held_by_others"),
            )
        )
        .values_list("why")
        .annotate(count=Count("pk"))
    )
    return Reasons(**dict(counted))


def _reasons_at_stage(work: Work, project_id: int, actor: User) -> list[When]:
    of_clip = {"clip": OuterRef("pk")}
    if work == Work.ANNOTATOR:
        held = Assignment.objects.filter(status=AssignmentStatus.HELD, **of_clip)
        votes = RejectionVote.objects.filter(voter=actor, overruled_at__isnull=True, **of_clip)
        return [
            _when(Assignment.objects.filter(annotator=actor, **of_clip), "already_yours"),
            _when(Skip.objects.filter(annotator=actor, **of_clip), "skipped_by_you"),
            _when(votes, "skipped_by_you"),
            _when(ReviewHold.objects.filter(reviewer=actor, **of_clip), "excluded_by_role_rule"),
            _when(claimable_clips(project_id, actor).filter(pk=OuterRef("pk")), "claimable"),
            _when(held, "held_by_others"),
        ]
    model = Consolidation if work == Work.REVIEWER else CrossValidation
    open_reviews = model._default_manager.filter(
        status__in=[ReviewStatus.OPEN, ReviewStatus.HELD], **of_clip
    )
    annotated = Annotation.objects.filter(annotator=actor, assignment__clip=OuterRef("pk"))
    mine = model._default_manager.filter(reviewer=actor, status=ReviewStatus.HELD, **of_clip)
    free = claimable_for_review(model, project_id, actor).filter(pk=OuterRef("pk"))
    reviewed = ReviewHold.objects.filter(reviewer=actor, round=OuterRef("round"), **of_clip)
    return [
        _when(mine, "already_yours"),
        _when(free, "claimable"),
        _when(annotated, "excluded_by_role_rule"),
        When(Q(Exists(open_reviews)) & Q(Exists(reviewed)), then=Value("excluded_by_role_rule")),
    ]


def _when(rows: QuerySet[Any], reason: str) -> When:
    return When(Exists(rows), then=Value(reason))


def held_work(work: Work, *, project_id: int, actor: User) -> list[HeldWork]:
    """What the person holds, or was given back, oldest first."""
    rows: QuerySet[Assignment] | QuerySet[Consolidation] | QuerySet[CrossValidation]
    if work == Work.ANNOTATOR:
        rows = Assignment.objects.filter(
            annotator=actor, status__in=[AssignmentStatus.HELD, AssignmentStatus.RETURNED]
        )
    elif work == Work.REVIEWER:
        rows = Consolidation.objects.filter(reviewer=actor, status=ReviewStatus.HELD)
    else:
        rows = CrossValidation.objects.filter(reviewer=actor, status=ReviewStatus.HELD)
    stage = STAGE_OF_WORK[work]
    held = rows.filter(clip__project_id=project_id, clip__stage=stage).select_related("clip")
    return [as_held_work(row) for row in held.order_by("pk")]


def as_held_work(row: Assignment | Consolidation | CrossValidation) -> HeldWork:
    kinds = {
        Assignment: "assignment",
        Consolidation: "consolidation",
        CrossValidation: "cross_validation",
    }
    return HeldWork(
        kind=kinds[type(row)],
        id=row.pk,
        clip_id=row.clip_id,
        clip_name=row.clip.name,
        lease_until=row.lease_until,
        status=row.status,
    )
