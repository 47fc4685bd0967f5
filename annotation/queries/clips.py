"""Clips and their history, as a member may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from annotation import captions
from annotation.errors import NotAllowed, NotFound
from annotation.models import (
    ApprovedCaption,
    Assignment,
    AssignmentStatus,
    Clip,
    ClipStage,
    Draft,
    FrameTable,
    Role,
    User,
    WorkflowEvent,
)
from annotation.workflow.access import require_role

OVERSEERS = {Role.LEAD, Role.ML}
WORKERS = {Role.ANNOTATOR, Role.REVIEWER}
MODES: tuple[captions.Mode, ...] = ("full", "marked", "stripped")
ENDED = {ClipStage.APPROVED, ClipStage.REJECTED, ClipStage.WITHDRAWN}


def with_slots(clips: QuerySet[Clip]) -> QuerySet[Clip]:
    submitted = Q(assignments__status=AssignmentStatus.SUBMITTED)
    return clips.select_related("source").annotate(
        slots_total=Count("assignments"),
        slots_submitted=Count("assignments", filter=submitted),
    )


def clips_of(project_id: int, actor: User) -> QuerySet[Clip]:
    require_role(project_id, actor)
    return with_slots(Clip.objects.filter(project_id=project_id))


def clip_for(clip_id: int, actor: User, *allowed: Role) -> Clip:
    """The clip with its slots, for a member with one of the roles."""
    clip = with_slots(Clip.objects.select_related("project")).filter(pk=clip_id).first()
    if clip is None:
        raise NotFound("There is no such clip.")
    try:
        require_role(clip.project_id, actor, *allowed)
    except NotFound:
        raise NotFound("There is no such clip.") from None
    return clip


def watchable_clip(clip_id: int, actor: User) -> Clip:
    """A clip whose pictures may be shown: consent can end at any time."""
    clip = clip_for(clip_id, actor)
    if clip.stage == ClipStage.WITHDRAWN:
        raise NotFound("This clip was withdrawn and is no longer shown.")
    return clip


def frame_table_of(clip_id: int, actor: User) -> FrameTable:
    clip = watchable_clip(clip_id, actor)
    return FrameTable.objects.get(clip=clip)


def _oversees(clip: Clip, actor: User) -> bool:
    """Leads and ML people see everything, unless they may still work on the clip themselves."""
    roles = require_role(clip.project_id, actor)
    if roles.isdisjoint(OVERSEERS):
        return False
    return roles.isdisjoint(WORKERS) or clip.stage in ENDED


def drafts_of(clip_id: int, actor: User) -> QuerySet[Draft]:
    clip = clip_for(clip_id, actor, *OVERSEERS)
    if not _oversees(clip, actor):
        raise NotAllowed(
            "You also annotate or review in this project, so the drafts stay hidden until the "
            "clip is done."
        )
    price = Sum("calls__price", default=Decimal(0))
    return clip.drafts.select_related("version", "job").annotate(price=price)


def slots_of(clip_id: int, actor: User) -> tuple[QuerySet[Assignment], bool]:
    """The clip's places, for its lead, and whether the names of who holds them may be shown."""
    clip = clip_for(clip_id, actor, Role.LEAD)
    return clip.assignments.select_related("annotator"), _oversees(clip, actor)


# What tells others how somebody judged the clip.
TELLING = ("clip.voted_against", "annotation.skipped", "consolidation.returned")


def events_of(clip_id: int, actor: User) -> tuple[QuerySet[WorkflowEvent], bool]:
    """The clip's history, and whether names and details may be shown with it."""
    clip = clip_for(clip_id, actor)
    events = clip.events.select_related("actor")
    if _oversees(clip, actor):
        return events, True
    return events.exclude(kind__in=TELLING), False


@dataclass(frozen=True)
class Approved:
    uid: str
    document: dict[str, Any]
    renderings: dict[str, str]
    approved_at: datetime


def approved_caption_of(clip_id: int, actor: User) -> Approved:
    """
    The clip's caption. Only while it is approved: after a reopening it would tell those who
    work on the next round what the last one said.
    """
    clip = clip_for(clip_id, actor)
    found = ApprovedCaption.objects.filter(clip=clip).order_by("-id").first()
    is_open = clip.stage == ClipStage.APPROVED or (
        clip.stage != ClipStage.WITHDRAWN and _oversees(clip, actor)
    )
    if found is None or not is_open:
        raise NotFound("This clip has no approved caption now.")
    document = captions.parse(found.document)
    renderings: dict[str, str] = {mode: captions.render(document, mode) for mode in MODES}
    return Approved(found.uid, found.document, renderings, found.created_at)
