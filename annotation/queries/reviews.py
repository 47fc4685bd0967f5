"""What a reviewer sees of a clip. Who annotated it, they never learn here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef

from annotation.errors import NotFound
from annotation.models import (
    AgreementScore,
    Clip,
    Consolidation,
    CrossValidation,
    CrossValidationMode,
    Outcome,
    Pick,
    RejectionVote,
    ReviewHold,
    Role,
    SentenceMark,
    User,
)
from annotation.workflow.reviewing import WORK_OF

from .agreement import ClipAgreement, agreement_on, agreement_with_first
from .clips import clip_for
from .evidence import (
    LabelledAnnotation,
    labelled_annotations,
    labelled_drafts,
)
from .projects import Rules
from .workspace import LabelledDraft

AnyReview = TypeVar("AnyReview", Consolidation, CrossValidation)


@dataclass(frozen=True)
class ReviewWorkspace:
    """What both kinds of review show."""

    id: int
    uid: str
    project_id: int
    clip: Clip
    status: str
    lease_until: datetime | None
    revision: int
    document: dict[str, Any]
    annotations: list[LabelledAnnotation]
    drafts: list[LabelledDraft]
    rules: Rules


@dataclass(frozen=True)
class ConsolidationWorkspace(ReviewWorkspace):
    round: int
    picks: Sequence[Pick]
    votes: Sequence[RejectionVote]
    return_cap: int
    agreement: ClipAgreement | None


@dataclass(frozen=True)
class SecondOpinion:
    """The disputed result, for the third reviewer."""

    document: dict[str, Any]
    marks: Sequence[SentenceMark]
    reason: str


@dataclass(frozen=True)
class CrossValidationWorkspace(ReviewWorkspace):
    mode: str
    step: int
    first_result: dict[str, Any] | None
    blind_document: dict[str, Any] | None
    agreement: AgreementScore | None
    second: SecondOpinion | None
    marks: Sequence[SentenceMark]


def consolidation_workspace(consolidation_id: int, actor: User) -> ConsolidationWorkspace:
    review, clip = _held_once(Consolidation, consolidation_id, actor)
    annotations = labelled_annotations(clip, actor)
    return ConsolidationWorkspace(
        **_shared(review, clip, actor),
        annotations=annotations,
        agreement=agreement_on(clip, annotations),
        drafts=labelled_drafts(clip, actor),
        round=review.round,
        picks=list(review.picks.order_by("id")),
        votes=list(clip.rejection_votes.filter(overruled_at__isnull=True).order_by("id")),
        return_cap=clip.project.return_cap,
    )


def cross_validation_workspace(cross_validation_id: int, actor: User) -> CrossValidationWorkspace:
    """
    Check mode shows the first result and no annotations; the blind step shows the annotations
    and no result; a settlement shows everything.
    """
    review, clip = _held_once(CrossValidation, cross_validation_id, actor)
    is_check = review.mode == CrossValidationMode.CHECK
    is_blind_step = review.mode == CrossValidationMode.BLIND and review.blind_document is None
    return CrossValidationWorkspace(
        **_shared(review, clip, actor),
        annotations=[] if is_check else labelled_annotations(clip, actor),
        drafts=[] if is_check or is_blind_step else labelled_drafts(clip, actor),
        mode=review.mode,
        step=1 if is_blind_step else 2,
        first_result=None if is_blind_step else {"document": review.consolidation.document},
        blind_document=review.blind_document,
        agreement=agreement_with_first(review),
        second=_second_opinion(review),
        marks=list(review.marks.order_by("id")),
    )


def _held_once(model: type[AnyReview], review_id: int, actor: User) -> tuple[AnyReview, Clip]:
    """A review that the actor holds or held; to everybody else it does not exist."""
    held = ReviewHold.objects.filter(clip=OuterRef("clip"), reviewer=actor, work=WORK_OF[model])
    review = model._default_manager.filter(Exists(held), pk=review_id).first()
    if review is None:
        raise NotFound("You have no such review.")
    return review, clip_for(review.clip_id, actor, Role.REVIEWER)


def _shared(review: Consolidation | CrossValidation, clip: Clip, actor: User) -> dict[str, Any]:
    is_taken = review.reviewer_id is not None and review.reviewer_id != actor.pk
    return {
        "id": review.pk,
        "uid": review.uid,
        "project_id": clip.project_id,
        "clip": clip,
        "status": "lost" if is_taken else review.status,
        "lease_until": None if is_taken else review.lease_until,
        "revision": review.revision,
        "document": review.document,
        "rules": Rules.of(clip.project),
    }


def _second_opinion(review: CrossValidation) -> SecondOpinion | None:
    if review.mode != CrossValidationMode.SETTLEMENT:
        return None
    disputed = review.consolidation.cross_validations.get(outcome=Outcome.DISPUTED)
    return SecondOpinion(disputed.document, list(disputed.marks.order_by("id")), disputed.reason)
