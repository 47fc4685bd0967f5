"""Another reviewer's check of a consolidation, and the third one's settlement of a dispute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from annotation import captions
from annotation.captions import CaptionDocument, Sentence
from annotation.errors import InvalidInput, TransitionRefused
from annotation.models import (
    Clip,
    CrossValidation,
    CrossValidationMode,
    Mark,
    Outcome,
    ReviewStatus,
    SentenceMark,
    User,
)

from .access import require_revision
from .agreement import REVEALED, ask_for_agreement
from .approving import approve
from .provenance import all_sentences
from .recording import record
from .rejecting import begin_round, reject
from .reviewing import held_review, store_document


@transaction.atomic
def save_cross_validation(
    *, cross_validation_id: int, actor: User, revision: int, document: object
) -> CrossValidation:
    held = held_review(CrossValidation, cross_validation_id, actor)
    store_document(held, revision=revision, document=document)
    return held


@transaction.atomic
def set_marks(
    *, cross_validation_id: int, actor: User, marks: Sequence[Mapping[str, str]]
) -> CrossValidation:
    """Replaces the marks on the first result's sentences. Only where it is being checked."""
    held = held_review(CrossValidation, cross_validation_id, actor)
    _require_mode(held, CrossValidationMode.CHECK)
    known = {sentence.id for sentence in all_sentences(_first_result(held))}
    unknown = [mark["sentence"] for mark in marks if mark["sentence"] not in known]
    if unknown:
        raise InvalidInput(
            "A mark names a sentence that the first result does not have.",
            errors=[
                {"field": "marks", "code": "unknown_sentence", "message": f"No sentence {name}."}
                for name in unknown
            ],
        )
    held.marks.all().delete()
    SentenceMark.objects.bulk_create(
        SentenceMark(
            cross_validation=held,
            sentence=mark["sentence"],
            mark=mark["mark"],
            note=mark.get("note", ""),
        )
        for mark in {mark["sentence"]: mark for mark in marks}.values()
    )
    return held


@transaction.atomic
def reveal(*, cross_validation_id: int, actor: User, revision: int) -> CrossValidation:
    """Ends the blind step: fixes what the second reviewer wrote, then uncovers the first result."""
    held = held_review(CrossValidation, cross_validation_id, actor)
    _require_mode(held, CrossValidationMode.BLIND)
    if held.blind_document is not None:
        return held
    require_revision(held, revision)
    _require_complete(held)
    held.blind_document = held.document
    held.save(update_fields=["blind_document"])
    record(REVEALED, clip=held.clip, actor=actor)
    ask_for_agreement(held.clip)
    return held


@transaction.atomic
def agree(*, cross_validation_id: int, actor: User, revision: int) -> CrossValidation:
    """The second reviewer's caption, mended where marked, is the clip's."""
    held = held_review(CrossValidation, cross_validation_id, actor)
    _require_mode(held, CrossValidationMode.CHECK, CrossValidationMode.BLIND)
    require_revision(held, revision)
    if held.mode == CrossValidationMode.CHECK:
        _require_marks(held)
    elif held.blind_document is None:
        raise TransitionRefused("Uncover the first result and compare it before you agree.")
    _require_complete(held)
    _finish(held, Outcome.AGREED, actor=actor)
    approve(held.consolidation, document=held.document, actor=actor, cross_validation=held)
    return held


@transaction.atomic
def dispute(*, cross_validation_id: int, actor: User, reason: str) -> CrossValidation:
    """Asks for a third reviewer, who sees both results and the reason."""
    held = held_review(CrossValidation, cross_validation_id, actor)
    _require_mode(held, CrossValidationMode.CHECK, CrossValidationMode.BLIND)
    if held.mode == CrossValidationMode.BLIND and held.blind_document is None:
        raise TransitionRefused("Uncover the first result and compare it before you dispute it.")
    _finish(held, Outcome.DISPUTED, actor=actor, reason=reason)
    CrossValidation.objects.create(
        clip=held.clip,
        consolidation=held.consolidation,
        mode=CrossValidationMode.SETTLEMENT,
        document=held.consolidation.document,
    )
    return held


@transaction.atomic
def settle(*, cross_validation_id: int, actor: User, revision: int) -> CrossValidation:
    """The third reviewer's word is final."""
    held = held_review(CrossValidation, cross_validation_id, actor)
    _require_mode(held, CrossValidationMode.SETTLEMENT)
    require_revision(held, revision)
    _require_complete(held)
    _finish(held, Outcome.AGREED, actor=actor)
    approve(held.consolidation, document=held.document, actor=actor, cross_validation=held)
    return held


@transaction.atomic
def send_back(*, cross_validation_id: int, actor: User, reason: str) -> CrossValidation:
    """The third reviewer has the clip consolidated anew."""
    held = held_review(CrossValidation, cross_validation_id, actor)
    _require_mode(held, CrossValidationMode.SETTLEMENT)
    _finish(held, Outcome.SENT_BACK, actor=actor, reason=reason)
    begin_round(held.clip, actor=actor, document=held.consolidation.document, reason=reason)
    return held


@transaction.atomic
def reject_in_cross_validation(
    *, cross_validation_id: int, actor: User, reason: str, note: str
) -> Clip:
    held = held_review(CrossValidation, cross_validation_id, actor)
    _require_mode(held, CrossValidationMode.SETTLEMENT)
    reject(held.clip, actor=actor, reason=reason, note=note)
    return held.clip


def _finish(held: CrossValidation, outcome: Outcome, *, actor: User, reason: str = "") -> None:
    held.status = ReviewStatus.FINISHED
    held.lease_until = None
    held.outcome = outcome
    held.reason = reason
    held.finished_at = timezone.now()
    held.save(update_fields=["status", "lease_until", "outcome", "reason", "finished_at"])
    held.consolidation.clip = held.clip
    record(f"cross_validation.{outcome}", clip=held.clip, actor=actor, mode=held.mode)


def _require_mode(held: CrossValidation, *modes: CrossValidationMode) -> None:
    if held.mode not in modes:
        raise TransitionRefused(f"This is not possible in a {held.mode}.", mode=held.mode)


def _require_complete(held: CrossValidation) -> None:
    captions.check_complete(
        captions.parse(held.document), attributes_required=held.clip.project.attributes_required
    )


def _first_result(held: CrossValidation) -> CaptionDocument:
    return captions.parse(held.consolidation.document)


def _require_marks(held: CrossValidation) -> None:
    """Every sentence has a mark, and none marked major stands unchanged."""
    marks = {mark.sentence: mark.mark for mark in held.marks.all()}
    kept = {
        sentence.id: _content(sentence) for sentence in all_sentences(captions.parse(held.document))
    }
    errors = []
    for sentence in all_sentences(_first_result(held)):
        if sentence.id not in marks:
            code, message = "mark_missing", "Mark this sentence ok, minor or major."
        elif marks[sentence.id] == Mark.MAJOR and kept.get(sentence.id) == _content(sentence):
            code, message = "major_unchanged", "Change this sentence, or dispute the result."
        else:
            continue
        errors.append({"field": f"marks.{sentence.id}", "code": code, "message": message})
    if errors:
        raise InvalidInput("Some sentences still need your decision.", errors=errors)


def _content(sentence: Sentence) -> tuple[object, ...]:
    return (sentence.text, sentence.inferences, sentence.phase, sentence.frames)
