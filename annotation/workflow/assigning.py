"""Who holds which slot: claims, leases, and giving back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from annotation import captions
from annotation.errors import TransitionRefused
from annotation.models import (
    Annotation,
    AnnotationReturn,
    Assignment,
    Clip,
    ClipStage,
    Project,
    RejectionVote,
    ReviewHold,
    Role,
    Skip,
    User,
)

from . import drafting
from .access import (
    BEING_WRITTEN,
    assignment_for_update,
    require_held,
    serialize_claims,
)
from .leases import claimable
from .recording import record
from .slots import hold_slot, reopen_slot
from .stages import require_stage


@transaction.atomic
def claim_annotation(*, project_id: int, actor: User) -> Assignment | None:
    """
    The actor's next clip: what came back to them, then what they hold, then a free slot.

    Asking twice gives the same slot. None means that nothing is free for this person;
    `queries.queue` says why.
    """
    project = serialize_claims(project_id, actor, Role.ANNOTATOR)
    return _resume(project, actor) or _claim_new(project, actor)


def _resume(project: Project, actor: User) -> Assignment | None:
    # A reviewer waits for these.
    unanswered = AnnotationReturn.objects.filter(
        annotation__assignment=OuterRef("pk"),
        annotation__annotator_id=actor.pk,
        answered_at__isnull=True,
    )
    mine = (
        Assignment.objects.filter(
            annotator_id=actor.pk,
            status__in=BEING_WRITTEN,
            clip__project=project,
            clip__stage=ClipStage.ANNOTATING,
        )
        .annotate(is_awaited=Exists(unanswered))
        # Asking twice gives the same: what was taken up before what waits ("held" comes before
        # "returned"), and of several the one worked on last.
        .order_by("-is_awaited", "status", "-lease_until", "clip_id")
        .values_list("pk", "clip_id")
    )
    for assignment_id, clip_id in mine:
        clip = Clip.objects.select_for_update(of=("self",)).get(pk=clip_id)
        slots = clip.assignments.select_for_update(of=("self",))
        slot = slots.filter(pk=assignment_id, annotator=actor, status__in=BEING_WRITTEN).first()
        # It may have been handed in, or lapsed and taken by somebody, before we held the lock.
        if slot is not None and clip.stage == ClipStage.ANNOTATING:
            clip.project, slot.clip = project, clip
            hold_slot(slot, actor)
            return slot
    return None


def _claim_new(project: Project, actor: User) -> Assignment | None:
    for skip_locked in (True, False):
        # Skipping only spreads the claimers over the clips. "Nothing free" has to come from a
        # look that waited, or a busy moment would read as an empty queue.
        while (clip := _next_clip(project, actor, skip_locked=skip_locked)) is not None:
            slot = (
                clip.assignments.select_for_update(of=("self",))
                .filter(claimable())
                .order_by("slot")
                .first()
            )
            # The clip was chosen on what was true before we held its lock.
            if slot is not None:
                slot.clip = clip
                return _give(slot, actor)
    return None


def _next_clip(project: Project, actor: User, *, skip_locked: bool) -> Clip | None:
    clip = (
        claimable_clips(project.pk, actor)
        .select_for_update(of=("self",), skip_locked=skip_locked)
        .order_by("-priority", "id")
        .first()
    )
    if clip is not None:
        clip.project = project
    return clip


def claimable_clips(project_id: int, actor: User) -> QuerySet[Clip]:
    """Clips with a free slot that this person has no part in yet."""
    of_clip = {"clip": OuterRef("pk")}
    return Clip.objects.filter(
        Exists(Assignment.objects.filter(claimable(), **of_clip)),
        ~Exists(Assignment.objects.filter(annotator_id=actor.pk, **of_clip)),
        ~Exists(Skip.objects.filter(annotator_id=actor.pk, **of_clip)),
        ~Exists(
            RejectionVote.objects.filter(voter_id=actor.pk, overruled_at__isnull=True, **of_clip)
        ),
        ~Exists(ReviewHold.objects.filter(reviewer_id=actor.pk, **of_clip)),
        project_id=project_id,
        stage=ClipStage.ANNOTATING,
    )


def _give(assignment: Assignment, actor: User) -> Assignment:
    if assignment.annotator_id is not None:
        record("assignment.expired", clip=assignment.clip, actor=None, slot=assignment.slot)
    hold_slot(assignment, actor)
    record("assignment.claimed", clip=assignment.clip, actor=actor, slot=assignment.slot)
    # Whoever lost a slot of this clip finds their own text again, on whichever slot is free.
    found = Annotation.objects.filter(
        annotator_id=actor.pk, assignment__clip=assignment.clip
    ).update(assignment=assignment)
    if not found:
        annotation = Annotation.objects.create(
            assignment=assignment, annotator=actor, document=captions.empty().to_json()
        )
        drafting.show_drafts(annotation, assignment.clip)
    return assignment


@transaction.atomic
def renew(*, assignment_id: int, actor: User) -> Assignment:
    assignment, _ = assignment_for_update(assignment_id, actor)
    require_held(assignment, actor)
    hold_slot(assignment, actor)
    return assignment


@transaction.atomic
def release(*, assignment_id: int, actor: User) -> None:
    """Gives the slot back. The text stays and is found again at the next claim of the clip."""
    assignment, _ = assignment_for_update(assignment_id, actor)
    require_held(assignment, actor)
    reopen_slot(assignment)
    record("assignment.released", clip=assignment.clip, actor=actor, slot=assignment.slot)


@transaction.atomic
def reclaim(*, assignment_id: int, actor: User) -> Assignment:
    """Takes a clip back after the lease was lost, where it still has a place."""
    assignment, _ = assignment_for_update(assignment_id, actor)
    clip = assignment.clip
    if assignment.annotator_id == actor.pk:
        require_held(assignment, actor)
        hold_slot(assignment, actor)
        return assignment
    require_stage(clip, ClipStage.ANNOTATING)
    excluded = not claimable_clips(clip.project_id, actor).filter(pk=clip.pk).exists()
    slot = (
        None
        if excluded
        else clip.assignments.select_for_update(of=("self",))
        .filter(claimable())
        .order_by("slot")
        .first()
    )
    if slot is None:
        raise TransitionRefused(
            "All places on this clip are taken. Your text is kept; copy it if you need it."
        )
    slot.clip = clip
    return _give(slot, actor)


@transaction.atomic
def skip(*, assignment_id: int, actor: User, reason: str, note: str) -> None:
    """Gives the slot back for good: this person is not asked about the clip again."""
    assignment, _ = assignment_for_update(assignment_id, actor)
    require_held(assignment, actor)
    Skip.objects.get_or_create(
        clip=assignment.clip, annotator=actor, defaults={"reason": reason, "note": note}
    )
    reopen_slot(assignment)
    said = {"reason": reason, "note": note}
    record("annotation.skipped", clip=assignment.clip, actor=actor, slot=assignment.slot, **said)
