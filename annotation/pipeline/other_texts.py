"""The texts that stand beside every model's: those of chance, and those of people."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from annotation import captions
from annotation.models import AnnotationVersion, Prediction, PredictionSet, SubjectKind
from annotation.workflow.beside import annotations_of, blind_reviews_of
from annotation.workflow.evaluated_clips import evaluated_entries
from annotation.workflow.evaluating import end_predictions
from ml.metrics.chance import BASELINES

from .predicting import rendered

# Of chance rows and of resampling, so that all tables are drawn alike.
SEED = 0
MAKE = {make.__name__: make for make in BASELINES.values()}


def write_others(predictions: PredictionSet) -> None:
    """Safe to run by two at once."""
    made = WRITERS[SubjectKind(predictions.kind)](predictions)
    with transaction.atomic():
        Prediction.objects.bulk_create(list(made), ignore_conflicts=True)
        end_predictions(predictions.pk)
    predictions.refresh_from_db()


def _of_chance(predictions: PredictionSet) -> Iterator[Prediction]:
    entries = list(evaluated_entries(predictions.version, predictions.split))
    references = {entry.clip.uid: entry.text for entry in entries}
    texts = MAKE[predictions.subject.split()[0]](references, SEED)
    for entry in entries:
        yield Prediction(of=predictions, clip=entry.clip, text=texts[entry.clip.uid])


def _of_an_annotator(predictions: PredictionSet) -> Iterator[Prediction]:
    """The last that was submitted of each clip."""
    theirs = annotations_of(predictions).filter(annotation__annotator=predictions.person)
    last: dict[int, AnnotationVersion] = {
        each.annotation.assignment.clip_id: each for each in theirs
    }
    for clip_id, found in last.items():
        document = captions.parse(found.document)
        text = rendered(document, predictions.version)
        yield Prediction(of=predictions, clip_id=clip_id, text=text)


def _of_reviewers(predictions: PredictionSet) -> Iterator[Prediction]:
    """Against the first result, not against the caption, which the two made together."""
    for review in blind_reviews_of(predictions):
        theirs, first = review.blind_document, review.consolidation.document
        yield Prediction(
            of=predictions,
            clip_id=review.clip_id,
            text=rendered(captions.parse(theirs), predictions.version),
            against=rendered(captions.parse(first), predictions.version),
        )


WRITERS = {
    SubjectKind.CHANCE: _of_chance,
    SubjectKind.ANNOTATOR: _of_an_annotator,
    SubjectKind.REVIEWERS: _of_reviewers,
}
