"""One caption out of several annotations, by a reviewer who wrote none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotation import captions
from annotation.drawing import draw
from annotation.errors import InvalidInput, NotFound, TransitionRefused
from annotation.models import (
    Annotation,
    AnnotationReturn,
    AnnotationVerdict,
    AssignmentStatus,
    Clip,
    ClipStage,
    Consolidation,
    CrossValidation,
    CrossValidationMode,
    Pick,
    ReviewStatus,
    User,
    Verdict,
)

from .access import require_revision
from .approving import approve
from .provenance import with_distances
from .recording import record
from .rejecting import reject
from .reviewing import held_review, store_document
from .slots import send_back_to_annotators
from .stages import move


@dataclass(frozen=True)
class PickMade:
    """One decision, as the reviewer's screen reports it."""

    action: str
    sentence: str
    sources: Sequence[Mapping[str, str]] = ()
    text_before: str = ""
    text_after: str = ""
    reason: str = ""


def submitted_annotations(clip: Clip) -> list[Annotation]:
    """What the reviewer reads: of each slot, the annotation of the person who submitted it."""
    return [
        annotation
        for annotation in Annotation.objects.filter(
            assignment__clip=clip,
            assignment__status=AssignmentStatus.SUBMITTED,
        ).select_related("assignment")
        if annotation.annotator_id == annotation.assignment.annotator_id
    ]


@transaction.atomic
def save_consolidation(
    *,
    consolidation_id: int,
    actor: User,
    revision: int,
    document: object,
    picks: Sequence[PickMade] = (),
) -> Consolidation:
    """Stores the caption so far with the decisions that led from the last revision to it."""
    consolidation = held_review(Consolidation, consolidation_id, actor)
    parsed = captions.parse(document)
    sourced = with_distances(parsed, consolidation.clip)
    if store_document(consolidation, revision=revision, document=sourced.to_json()):
        Pick.objects.bulk_create(
            Pick(
                consolidation=consolidation,
                action=pick.action,
                sentence=pick.sentence,
                sources=[dict(source) for source in pick.sources],
                text_before=pick.text_before,
                text_after=pick.text_after,
                reason=pick.reason,
            )
            for pick in picks
        )
    return consolidation


@transaction.atomic
def return_annotation(
    *,
    consolidation_id: int,
    actor: User,
    annotation_uid: str,
    reason: str,
    sentences: Sequence[str] = (),
) -> Consolidation:
    """Sends one annotation back to its writer; the decisions made so far wait for the answer."""
    consolidation = held_review(Consolidation, consolidation_id, actor)
    clip = consolidation.clip
    annotation = next(
        (found for found in submitted_annotations(clip) if found.uid == annotation_uid), None
    )
    if annotation is None:
        raise NotFound("This clip has no such annotation.")
    _refuse_past_cap(annotation, clip)
    AnnotationReturn.objects.create(
        consolidation=consolidation,
        annotation=annotation,
        reason=reason,
        sentences=list(sentences),
    )
    assignment = annotation.assignment
    assignment.status = AssignmentStatus.RETURNED
    assignment.submitted_at = None
    assignment.save(update_fields=["status", "submitted_at"])
    record("consolidation.returned", clip=clip, actor=actor, slot=assignment.slot)
    send_back_to_annotators(clip, actor=actor)
    consolidation.refresh_from_db(fields=["status", "lease_until"])
    return consolidation


def _refuse_past_cap(annotation: Annotation, clip: Clip) -> None:
    cap = clip.project.return_cap
    if annotation.returns.count() >= cap:
        raise TransitionRefused(
            f"This annotation was returned {cap} times, as often as the project allows. "
            "Decide without it.",
            cap=cap,
        )


@transaction.atomic
def reject_in_consolidation(*, consolidation_id: int, actor: User, reason: str, note: str) -> Clip:
    consolidation = held_review(Consolidation, consolidation_id, actor)
    reject(consolidation.clip, actor=actor, reason=reason, note=note)
    return consolidation.clip


@transaction.atomic
def finish(
    *, consolidation_id: int, actor: User, revision: int, verdicts: Mapping[str, str]
) -> Consolidation:
    """
    Closes the consolidation: to cross-validation if one was drawn for the clip, else approved.

    Needs a complete caption and a verdict on every annotation.
    """
    consolidation = held_review(Consolidation, consolidation_id, actor)
    require_revision(consolidation, revision)
    clip = consolidation.clip
    captions.check_complete(
        captions.parse(consolidation.document), attributes_required=clip.project.attributes_required
    )
    _store_verdicts(consolidation, verdicts)
    consolidation.status = ReviewStatus.FINISHED
    consolidation.lease_until = None
    consolidation.finished_at = timezone.now()
    consolidation.save(update_fields=["status", "lease_until", "finished_at"])
    record("consolidation.finished", clip=clip, actor=actor, round=clip.round)
    mode = drawn_mode(clip)
    if mode is None:
        approve(consolidation, document=consolidation.document, actor=actor)
    else:
        _open_cross_validation(consolidation, mode)
    return consolidation


def drawn_mode(clip: Clip) -> CrossValidationMode | None:
    """Which cross-validation this round of the clip gets: a draw that anybody can repeat."""
    project = clip.project
    if draw(project.seed, "blind", clip.uid, clip.round) < project.cross_validation_blind_share:
        return CrossValidationMode.BLIND
    if draw(project.seed, "check", clip.uid, clip.round) < project.cross_validation_check_share:
        return CrossValidationMode.CHECK
    return None


def _store_verdicts(consolidation: Consolidation, verdicts: Mapping[str, str]) -> None:
    annotations = {found.uid: found for found in submitted_annotations(consolidation.clip)}
    errors: list[dict[str, Any]] = [
        {
            "field": f"verdicts.{uid}",
            "code": "verdict_missing" if uid in annotations else "unknown_annotation",
            "message": "Every annotation of the clip needs one verdict.",
        }
        for uid in annotations.keys() ^ verdicts.keys()
    ]
    errors += [
        {"field": f"verdicts.{uid}", "code": "unknown_verdict", "message": "No such verdict."}
        for uid, verdict in verdicts.items()
        if verdict not in Verdict.values
    ]
    if errors:
        raise InvalidInput("Give every annotation a verdict before you finish.", errors=errors)
    AnnotationVerdict.objects.bulk_create(
        AnnotationVerdict(consolidation=consolidation, annotation=annotations[uid], verdict=verdict)
        for uid, verdict in verdicts.items()
    )


def _open_cross_validation(consolidation: Consolidation, mode: CrossValidationMode) -> None:
    clip = consolidation.clip
    is_blind = mode == CrossValidationMode.BLIND
    CrossValidation.objects.create(
        clip=clip,
        consolidation=consolidation,
        mode=mode,
        document=captions.empty().to_json() if is_blind else consolidation.document,
    )
    move(clip, ClipStage.CROSS_VALIDATING, actor=None, mode=mode)
