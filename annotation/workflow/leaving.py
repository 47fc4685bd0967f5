"""What becomes of the work of a person who leaves a project or loses a role in it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from annotation.models import (
    Annotation,
    Assignment,
    Clip,
    ClipStage,
    Consolidation,
    CrossValidation,
    Project,
    ReviewHold,
    ReviewStatus,
    Role,
    User,
    VersionKind,
)

from .access import BEING_WRITTEN
from .recording import record
from .reviewing import WORK_OF, reopen_review
from .slots import reopen_slot
from .writing import keep_version


def free_work(project: Project, person: User, *, roles: Collection[str], actor: User) -> None:
    """
    Frees at once what the person holds in these roles; what they wrote is kept.

    Call when their memberships are deleted: that waits for a claim under way, and keeps the
    next one off.
    """
    clips = _lock_clips_of(project, person)
    if Role.ANNOTATOR in roles:
        _free_slots(clips, person, actor)
    if Role.REVIEWER in roles:
        for model in (Consolidation, CrossValidation):
            _free_reviews(model, clips, person, actor)


def _lock_clips_of(project: Project, person: User) -> list[int]:
    """
    Every unfinished clip that the person has a part in, held now or not: taking a place back
    asks for no claim, so only the clip's lock keeps it off.
    """
    annotated = Annotation.objects.filter(annotator=person, assignment__clip=OuterRef("pk"))
    reviewed = ReviewHold.objects.filter(reviewer=person, clip=OuterRef("pk"))
    clips = (
        Clip.objects.filter(Q(Exists(annotated)) | Q(Exists(reviewed)), project=project)
        .exclude(stage__in=[ClipStage.APPROVED, ClipStage.WITHDRAWN])
        .order_by("pk")
    )
    return list(clips.select_for_update(of=("self",)).values_list("pk", flat=True))


def _free_slots(clips: list[int], person: User, actor: User) -> None:
    held = Assignment.objects.filter(clip__in=clips, annotator=person, status__in=BEING_WRITTEN)
    for assignment in held.select_for_update(of=("self",)).select_related("clip").order_by("pk"):
        keep_version(assignment.annotations.get(annotator=person), VersionKind.CHECKPOINT)
        reopen_slot(assignment)
        slot = assignment.slot
        record(
            "assignment.released", clip=assignment.clip, actor=actor, slot=slot, member_left=True
        )


def _free_reviews(
    model: type[Consolidation] | type[CrossValidation],
    clips: list[int],
    person: User,
    actor: User,
) -> None:
    held = model._default_manager.filter(
        clip__in=clips, reviewer=person, status__in=[ReviewStatus.HELD, ReviewStatus.WAITING]
    )
    for review in held.select_for_update(of=("self",)).select_related("clip").order_by("pk"):
        reopen_review(review)
        record(f"{WORK_OF[model]}.released", clip=review.clip, actor=actor, member_left=True)
