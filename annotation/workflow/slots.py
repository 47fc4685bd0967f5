"""The places on a clip: how they come to be and become free. Callers hold the clip's lock."""

from __future__ import annotations

from django.db import transaction

from annotation.errors import InvalidInput, NotFound, TransitionRefused
from annotation.models import (
    Assignment,
    AssignmentStatus,
    Clip,
    ClipStage,
    Consolidation,
    ReviewStatus,
    Role,
    User,
)

from .access import clip_for_update
from .leases import lease_end
from .recording import record
from .stages import move, require_stage

MOST_SLOTS = 9


def open_for_annotation(clip: Clip) -> None:
    """Moves a locked clip into `annotating` with the slots its project asks for."""
    move(clip, ClipStage.ANNOTATING, actor=None)
    Assignment.objects.bulk_create(
        (
            Assignment(clip=clip, slot=slot)
            for slot in range(1, clip.project.annotators_per_clip + 1)
        ),
        ignore_conflicts=True,  # a restored clip has its slots already
    )


@transaction.atomic
def add_slots(*, clip_id: int, actor: User, count: int) -> Clip:
    """More annotators for one clip. A clip that waits for its reviewer goes back for them."""
    clip = clip_for_update(clip_id, actor, Role.LEAD)
    require_stage(clip, ClipStage.ANNOTATING, ClipStage.CONSOLIDATING)
    present = clip.assignments.count()
    if count < 1 or present + count > MOST_SLOTS:
        raise InvalidInput(
            f"A clip takes at most {MOST_SLOTS} annotators and has {present}.",
            errors=[{"field": "count", "code": "out_of_range", "message": "Choose fewer."}],
        )
    Assignment.objects.bulk_create(
        Assignment(clip=clip, slot=present + number) for number in range(1, count + 1)
    )
    record("assignment.added", clip=clip, actor=actor, count=count)
    if clip.stage == ClipStage.CONSOLIDATING:
        send_back_to_annotators(clip, actor=actor)
    return clip


def send_back_to_annotators(clip: Clip, *, actor: User) -> None:
    """From `consolidating` to `annotating`; the reviewer's decisions so far wait."""
    Consolidation.objects.filter(clip=clip, round=clip.round).update(
        status=ReviewStatus.WAITING, lease_until=None
    )
    move(clip, ClipStage.ANNOTATING, actor=actor)


def hold_slot(assignment: Assignment, annotator: User) -> None:
    assignment.annotator = annotator
    assignment.status = AssignmentStatus.HELD
    assignment.lease_until = lease_end(assignment.clip.project)
    assignment.save(update_fields=["annotator", "status", "lease_until"])


def reopen_slot(assignment: Assignment) -> None:
    assignment.annotator = None
    assignment.status = AssignmentStatus.OPEN
    assignment.lease_until = None
    assignment.submitted_at = None
    assignment.save(update_fields=["annotator", "status", "lease_until", "submitted_at"])


@transaction.atomic
def free_slot(*, clip_id: int, slot: int, actor: User) -> None:
    """
    The lead takes a held or returned slot from someone who does not come back. Their text stays.

    Freeing a free slot changes nothing.
    """
    clip = clip_for_update(clip_id, actor, Role.LEAD)
    assignment = clip.assignments.select_for_update(of=("self",)).filter(slot=slot).first()
    if assignment is None:
        raise NotFound("The clip has no such place.")
    if assignment.status == AssignmentStatus.SUBMITTED:
        raise TransitionRefused(
            "The annotation of this place is handed in. Have its reviewer return it instead.",
            status=assignment.status,
        )
    if assignment.status != AssignmentStatus.OPEN:
        reopen_slot(assignment)
        record("assignment.released", clip=clip, actor=actor, slot=slot, by_lead=True)
