"""The screening page: what the rules found, clip by clip."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from annotation.models import (
    Clip,
    ClipStage,
    Project,
    Role,
    ScreeningDecision,
    ScreeningOutcome,
    ScreeningRules,
    User,
)
from annotation.workflow.access import project_for
from annotation.workflow.grouping import count_groups
from annotation.workflow.renewing import outdated
from annotation.workflow.screening_rules import rules_of
from annotation.workflow.tracking import current_backends, in_use

SEERS = (Role.LEAD, Role.ML)
IS_WAITING = Q(stage=ClipStage.SCREENING)
IS_REJECTED = Q(stage=ClipStage.REJECTED, rejected_from=ClipStage.SCREENING)
# A rejection that was taken back leaves a clip that waits, with the former word.
IS_OPEN = IS_WAITING & ~Q(screening__decision=ScreeningDecision.KEPT)
IS_REJECTED_BY_RULE = IS_REJECTED & Q(screening__decision=ScreeningDecision.NONE)
SHOWN = {
    "undecided": IS_OPEN | IS_REJECTED_BY_RULE,
    "flagged": IS_OPEN & Q(screening__outcome=ScreeningOutcome.FLAGGED),
    "rejected_by_rule": IS_REJECTED_BY_RULE,
    "rejected": IS_REJECTED,
    "waiting": IS_WAITING,
    "all": Q(),
}


def screened_clips(project_id: int, actor: User, show: str) -> QuerySet[Clip]:
    project_for(project_id, actor, *SEERS)
    return (
        Clip.objects.filter(SHOWN[show], project_id=project_id, screening__isnull=False)
        .exclude(stage=ClipStage.WITHDRAWN)
        .select_related(
            "source", "screening__job", "screening__decided_by", "face_tracks__backends"
        )
    )


def screened_clip(clip_id: int) -> Clip:
    """For whoever has just decided about it."""
    return Clip.objects.select_related(
        "source", "screening__job", "screening__decided_by", "face_tracks__backends"
    ).get(pk=clip_id)


def screening_rules(project_id: int, actor: User) -> ScreeningRules:
    project: Project = project_for(project_id, actor, *SEERS)
    return rules_of(project)


def count_tracks(project_id: int, actor: User) -> dict[str, int]:
    """How many clips in use have none, how many have outdated ones."""
    clips = in_use(Clip.objects.filter(project=project_for(project_id, actor, *SEERS)))
    backends = current_backends()
    return {
        "missing": clips.filter(face_tracks__isnull=True).count(),
        "outdated": outdated(backends).filter(project=project_id).count() if backends else 0,
    }


def groups_of(project_id: int, actor: User) -> dict[str, int]:
    return count_groups(project_for(project_id, actor, *SEERS))
