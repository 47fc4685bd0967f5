"""Clips that cannot be captioned, and clips whose consent has ended."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from annotation import captions
from annotation.models import (
    ApprovedCaption,
    AssignmentStatus,
    Clip,
    ClipStage,
    Consolidation,
    CrossValidation,
    RejectionVote,
    ReviewStatus,
    Role,
    User,
)

from .access import assignment_for_update, clip_for_update, require_held
from .recording import record
from .slots import reopen_slot
from .stages import move, require_stage

MOST_VOTES_NEEDED = 2


def votes_needed(clip: Clip) -> int:
    return min(MOST_VOTES_NEEDED, clip.project.annotators_per_clip)


@transaction.atomic
def vote_to_reject(*, assignment_id: int, actor: User, reason: str, note: str) -> Clip:
    """
    An annotator's vote. Enough of them reject the clip; until then another takes the slot.

    The voter is told nothing of other votes, which would unblind them.
    """
    assignment, _ = assignment_for_update(assignment_id, actor)
    require_held(assignment, actor)
    clip = assignment.clip
    RejectionVote.objects.create(clip=clip, voter=actor, reason=reason, note=note)
    reopen_slot(assignment)
    record("clip.voted_against", clip=clip, actor=actor, reason=reason, note=note)
    votes = clip.rejection_votes.filter(overruled_at__isnull=True).count()
    if votes >= votes_needed(clip):
        reject(clip, actor=actor, reason=reason, votes=votes)
    return clip


def reject(clip: Clip, *, actor: User | None, reason: str, **detail: object) -> None:
    """Rejects a locked clip; whoever held a part of it loses the hold and keeps the text."""
    move(clip, ClipStage.REJECTED, actor=actor, reason=reason, **detail)
    _end_holds(clip)


@transaction.atomic
def reject_as_lead(*, clip_id: int, actor: User, reason: str, note: str) -> Clip:
    clip = clip_for_update(clip_id, actor, Role.LEAD)
    reject(clip, actor=actor, reason=reason, note=note)
    return clip


@transaction.atomic
def restore(*, clip_id: int, actor: User, note: str) -> Clip:
    """Back to the stage the clip was rejected from. The votes against it are overruled."""
    clip = clip_for_update(clip_id, actor, Role.LEAD)
    require_stage(clip, ClipStage.REJECTED)
    clip.rejection_votes.filter(overruled_at__isnull=True).update(overruled_at=timezone.now())
    move(clip, ClipStage(clip.rejected_from), actor=actor, note=note)
    return clip


@transaction.atomic
def withdraw(*, clip_id: int, actor: User, reason: str) -> Clip:
    """
    Consent or licence has ended. Final: the clip is worked on, shown and exported no more.

    What already used it is for `queries.lineage` to list.
    """
    clip = clip_for_update(clip_id, actor, Role.LEAD)
    move(clip, ClipStage.WITHDRAWN, actor=actor, reason=reason)
    _end_holds(clip)
    return clip


def _end_holds(clip: Clip) -> None:
    for assignment in clip.assignments.select_for_update(of=("self",)).filter(
        status=AssignmentStatus.HELD
    ):
        reopen_slot(assignment)
    for reviews in (Consolidation.objects, CrossValidation.objects):
        reviews.filter(clip=clip, status=ReviewStatus.HELD).update(
            status=ReviewStatus.OPEN, reviewer=None, lease_until=None
        )


@transaction.atomic
def reopen_approved(*, clip_id: int, actor: User, reason: str) -> Clip:
    """The lead has an approved caption made anew; the former one stays in frozen versions."""
    clip = clip_for_update(clip_id, actor, Role.LEAD)
    require_stage(clip, ClipStage.APPROVED)
    former = ApprovedCaption.objects.filter(clip=clip).latest("id")
    begin_round(clip, actor=actor, document=former.document, reason=reason)
    return clip


def begin_round(clip: Clip, *, actor: User, document: object, reason: str) -> None:
    """A new consolidation that starts from an earlier result. The clip is locked."""
    clip.round += 1
    move(clip, ClipStage.CONSOLIDATING, actor=actor, reason=reason, round=clip.round)
    Consolidation.objects.create(
        clip=clip, round=clip.round, document=captions.parse(document).to_json()
    )
