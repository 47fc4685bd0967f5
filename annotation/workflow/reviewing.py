"""What consolidations and cross-validations share: claims, leases, saving, giving back."""

from __future__ import annotations

from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from annotation import captions
from annotation.errors import LeaseLost, NotFound, TransitionRefused
from annotation.models import (
    Annotation,
    Clip,
    ClipStage,
    Consolidation,
    CrossValidation,
    Project,
    ReviewHold,
    ReviewStatus,
    ReviewWork,
    Role,
    User,
)

from .access import clip_for_update, require_revision, serialize_claims
from .agreement import agreement_of_annotators
from .leases import claimable, lease_end
from .recording import record
from .stages import require_stage

AnyReview = TypeVar("AnyReview", Consolidation, CrossValidation)

# What annotators disagree on is worth the fresh eyes. Clips not compared yet come last.
LEAST_AGREED_FIRST = agreement_of_annotators(OuterRef("pk")).asc(nulls_last=True)

STAGE_OF: dict[type[Consolidation] | type[CrossValidation], ClipStage] = {
    Consolidation: ClipStage.CONSOLIDATING,
    CrossValidation: ClipStage.CROSS_VALIDATING,
}
WORK_OF: dict[type[Consolidation] | type[CrossValidation], ReviewWork] = {
    Consolidation: ReviewWork.CONSOLIDATION,
    CrossValidation: ReviewWork.CROSS_VALIDATION,
}


@transaction.atomic
def claim_review(model: type[AnyReview], *, project_id: int, actor: User) -> AnyReview | None:
    """
    The reviewer's next piece of work: what they hold, else the first that is free for them.

    Asking twice gives the same work. None means that nothing is free for this person.
    """
    project = serialize_claims(project_id, actor, Role.REVIEWER)
    return _resume(model, project, actor) or _claim_new(model, project, actor)


def _resume(model: type[AnyReview], project: Project, actor: User) -> AnyReview | None:
    mine = (
        model._default_manager.filter(
            reviewer_id=actor.pk,
            status=ReviewStatus.HELD,
            clip__project=project,
            clip__stage=STAGE_OF[model],
        )
        .order_by("pk")
        .values_list("pk", "clip_id")
    )
    for review_id, clip_id in mine:
        clip = Clip.objects.select_for_update(of=("self",)).get(pk=clip_id)
        held = model._default_manager.select_for_update(of=("self",))
        review = held.filter(pk=review_id, reviewer=actor, status=ReviewStatus.HELD).first()
        # It may have been finished, or lapsed and taken by somebody, before we held the lock.
        if review is not None:
            clip.project, review.clip = project, clip
            return _hold(review, project)
    return None


def _claim_new(model: type[AnyReview], project: Project, actor: User) -> AnyReview | None:
    for skip_locked in (True, False):
        # As with slots: only a look that waited may say that nothing is free.
        clips = claimable_for_review(model, project.pk, actor).select_for_update(
            of=("self",), skip_locked=skip_locked
        )
        while (clip := clips.order_by("-priority", LEAST_AGREED_FIRST, "id").first()) is not None:
            review = (
                model._default_manager.select_for_update(of=("self",))
                .filter(claimable(), clip=clip)
                .first()
            )
            # The clip was chosen on what was true before we held its lock.
            if review is not None:
                clip.project = project
                review.clip = clip
                return _give(review, project, actor)
    return None


def claimable_for_review(
    model: type[Consolidation] | type[CrossValidation], project_id: int, actor: User
) -> QuerySet[Clip]:
    """
    Clips whose review is free, and that the actor neither annotated nor reviewed otherwise.

    A former holder may take the same work up again; nobody cross-validates what they
    consolidated, and the third reviewer is not the second.
    """
    of_clip = {"clip": OuterRef("pk")}
    holds = ReviewHold.objects.filter(reviewer_id=actor.pk, round=OuterRef("round"), **of_clip)
    free = model._default_manager.filter(claimable(), **of_clip)
    if model is CrossValidation:
        finished = CrossValidation.objects.filter(
            reviewer_id=actor.pk, status=ReviewStatus.FINISHED, **of_clip
        )
        other_part = Q(Exists(holds.filter(work=ReviewWork.CONSOLIDATION))) | Q(Exists(finished))
    else:
        other_part = Q(Exists(holds.filter(work=ReviewWork.CROSS_VALIDATION)))
    return Clip.objects.filter(
        Exists(free),
        ~Exists(Annotation.objects.filter(annotator_id=actor.pk, assignment__clip=OuterRef("pk"))),
        ~other_part,
        project_id=project_id,
        stage=STAGE_OF[model],
    )


def _give(review: AnyReview, project: Project, actor: User) -> AnyReview:
    work = WORK_OF[type(review)]
    if review.reviewer_id is not None and review.status == ReviewStatus.HELD:
        record(f"{work}.expired", clip=review.clip, actor=None)
    review.reviewer = actor
    hold = ReviewHold(clip=review.clip, round=review.clip.round, reviewer=actor, work=work)
    ReviewHold.objects.bulk_create([hold], ignore_conflicts=True)  # held before
    record(f"{work}.claimed", clip=review.clip, actor=actor)
    return _hold(review, project)


def _hold(review: AnyReview, project: Project) -> AnyReview:
    review.status = ReviewStatus.HELD
    review.lease_until = lease_end(project)
    review.save(update_fields=["reviewer", "status", "lease_until"])
    return review


def review_for_update(model: type[AnyReview], review_id: int, actor: User) -> AnyReview:
    """Locks the clip, then the review. Only those who held it once can see that it exists."""
    found = (
        model._default_manager.filter(pk=review_id)
        .filter(
            Exists(
                ReviewHold.objects.filter(
                    clip=OuterRef("clip"), reviewer_id=actor.pk, work=WORK_OF[model]
                )
            )
        )
        .first()
    )
    if found is None:
        raise NotFound("You have no such review.")
    clip = clip_for_update(found.clip_id, actor, Role.REVIEWER)
    review = model._default_manager.select_for_update(of=("self",)).get(pk=review_id)
    review.clip = clip
    return review


def held_review(model: type[AnyReview], review_id: int, actor: User) -> AnyReview:
    """Locked, and the actor may write in it."""
    review = review_for_update(model, review_id, actor)
    if review.reviewer_id != actor.pk:
        raise LeaseLost(
            "Your time on this clip ran out and another reviewer has it. The text is kept."
        )
    if review.status != ReviewStatus.HELD:
        raise LeaseLost(
            f"This review is {review.status} and cannot be changed now.", status=review.status
        )
    require_stage(review.clip, STAGE_OF[model])
    _refuse_own_work(review, actor)
    return review


def _refuse_own_work(review: Consolidation | CrossValidation, actor: User) -> None:
    # Roles change while work is open, so the claim's check is not the last one.
    if Annotation.objects.filter(annotator=actor, assignment__clip=review.clip).exists():
        raise TransitionRefused("You annotated this clip, so another reviewer has to do this.")


@transaction.atomic
def renew_review(model: type[AnyReview], *, review_id: int, actor: User) -> AnyReview:
    review = held_review(model, review_id, actor)
    return _hold(review, review.clip.project)


@transaction.atomic
def release_review(model: type[AnyReview], *, review_id: int, actor: User) -> None:
    review = held_review(model, review_id, actor)
    reopen_review(review)
    record(f"{WORK_OF[model]}.released", clip=review.clip, actor=actor)


def reopen_review(review: Consolidation | CrossValidation) -> None:
    """One that waits for an annotator goes on waiting, and is then anybody's."""
    if review.status == ReviewStatus.HELD:
        review.status = ReviewStatus.OPEN
    review.reviewer = None
    review.lease_until = None
    review.save(update_fields=["reviewer", "status", "lease_until"])


def store_document(review: AnyReview, *, revision: int, document: object) -> bool:
    """
    Saves a held review's text and renews its lease. False if this very save was stored before.
    """
    parsed = captions.parse(document).to_json()
    if review.revision == revision + 1 and review.document == parsed:
        return False
    require_revision(review, revision)
    review.document = parsed
    review.revision = revision + 1
    review.lease_until = lease_end(review.clip.project)
    review.save(update_fields=["document", "revision", "lease_until"])
    return True
