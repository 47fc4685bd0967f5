"""
How many clips of each source and emotion are wanted, and which they are.

Uniform: every clip that passed the screening is as likely as the next. The order of the draw
hangs on the project's seed alone, so drawing again goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from annotation.drawing import shuffled
from annotation.errors import InvalidInput, TransitionRefused
from annotation.models import Clip, ClipStage, Project, Quota, Role, ScreeningOutcome, User

from .access import project_for
from .draft_requests import open_drafting
from .recording import record_in_project

# A bound on one transaction; the rest is drawn at the next call.
MOST_AT_ONCE = 1000
NOT_TAKEN = [
    ClipStage.IMPORTED,
    ClipStage.SCREENING,
    ClipStage.REJECTED,
    ClipStage.WITHDRAWN,
]
CAN_BE_DRAWN = Q(stage=ClipStage.SCREENING) & (
    Q(screening__isnull=True)
    | Q(screening__decision="kept")
    | Q(screening__decision="", screening__outcome=ScreeningOutcome.PASSED)
)


@dataclass(frozen=True)
class Wanted:
    source_id: int
    emotion: str
    wanted: int


@dataclass(frozen=True)
class QuotaState:
    """`taken` are in work or done; `waiting` have passed the screening and can be drawn."""

    source_id: int
    emotion: str
    wanted: int
    taken: int
    waiting: int


def plan_of(project_id: int, actor: User) -> list[QuotaState]:
    project_for(project_id, actor, Role.LEAD, Role.ML)
    return _states(project_id)


def _states(project_id: int) -> list[QuotaState]:
    counted = {
        (row["source_id"], row["emotion"]): row
        for row in Clip.objects.filter(project_id=project_id)
        .values("source_id", "emotion")
        .annotate(
            taken=Count("pk", filter=~Q(stage__in=NOT_TAKEN)),
            waiting=Count("pk", filter=CAN_BE_DRAWN),
        )
    }
    nothing = {"taken": 0, "waiting": 0}
    quotas = Quota.objects.filter(source__project_id=project_id).order_by("source_id", "emotion")
    states = []
    for quota in quotas:
        row = counted.get((quota.source_id, quota.emotion), nothing)
        states.append(
            QuotaState(quota.source_id, quota.emotion, quota.wanted, row["taken"], row["waiting"])
        )
    return states


@transaction.atomic
def set_plan(*, project_id: int, actor: User, quotas: Sequence[Wanted]) -> list[QuotaState]:
    """
    The whole plan at once. An empty one lets every clip that passes the screening go on, and
    opens those that waited for the draw.
    """
    project = project_for(project_id, actor, Role.LEAD)
    known = set(project.sources.values_list("pk", flat=True))
    if not {quota.source_id for quota in quotas} <= known:
        raise InvalidInput(
            "The project has no such source.",
            errors=[{"field": "quotas", "code": "no_such_source", "message": "Choose another."}],
        )
    if len({(quota.source_id, quota.emotion) for quota in quotas}) < len(quotas):
        raise InvalidInput(
            "A source and an emotion have one quota.",
            errors=[{"field": "quotas", "code": "twice", "message": "Name each once."}],
        )
    Quota.objects.filter(source__project=project).delete()
    Quota.objects.bulk_create(Quota(**vars(quota)) for quota in quotas)
    record_in_project(
        "sampling.planned",
        project=project,
        actor=actor,
        wanted=sum(quota.wanted for quota in quotas),
    )
    if not quotas:
        _open(Clip.objects.filter(CAN_BE_DRAWN, project=project).order_by("pk"))
    return _states(project_id)


@transaction.atomic
def draw_sample(*, project_id: int, actor: User) -> int:
    """Opens clips until the quotas are full or nothing is left to draw; answers how many."""
    project_for(project_id, actor, Role.LEAD)
    # Two draws at once would both fill the same quota.
    project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
    states = _states(project_id)
    if not states:
        raise TransitionRefused("There is no sampling plan. Set quotas first.")
    chosen = [pk for state in states for pk in _drawn(project, state)]
    drawn = _open(Clip.objects.filter(CAN_BE_DRAWN, pk__in=chosen).order_by("pk"))
    if drawn:
        record_in_project("sampling.drawn", project=project, actor=actor, count=drawn)
    return drawn


def _drawn(project: Project, state: QuotaState) -> Iterable[int]:
    waiting = Clip.objects.filter(
        CAN_BE_DRAWN, project=project, source_id=state.source_id, emotion=state.emotion
    ).values_list("uid", "pk")
    order = shuffled(waiting, project.seed, "sample", key=lambda row: row[0])
    return [pk for _, pk in order[: max(0, state.wanted - state.taken)]]


def _open(clips: QuerySet[Clip]) -> int:
    """Locked in the order given; one that somebody else decided about meanwhile is left out."""
    locked = clips.select_for_update(of=("self",)).select_related("project")[:MOST_AT_ONCE]
    opened = 0
    for clip in locked:
        if clip.stage == ClipStage.SCREENING:
            open_drafting(clip)
            opened += 1
    return opened
