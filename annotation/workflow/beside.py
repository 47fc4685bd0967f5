"""The rows that stand beside every model: chance, and the platform's own people."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from annotation.metric_versions import CHANCE_ROWS, CHANCE_VERSION
from annotation.models import (
    AnnotationVersion,
    CrossValidation,
    CrossValidationMode,
    PredictionSet,
    SubjectKind,
    User,
    VersionKind,
)

from .evaluated_clips import evaluated_entries


def subjects_beside(predictions: PredictionSet, actor: User) -> Iterator[PredictionSet]:
    """Their texts are there already, so that the job that scores them reads them."""
    # One clip has no other whose text it could be given.
    has_others = evaluated_entries(predictions.version, predictions.split).count() > 1
    for subject, name in CHANCE_ROWS.items() if has_others else []:
        yield _set(predictions, actor, SubjectKind.CHANCE, f"{subject} {CHANCE_VERSION}", name)
    writers = annotations_of(predictions).values_list("annotation__annotator", flat=True)
    for number, person in enumerate(sorted(set(writers)), start=1):
        # Without names: who may know them is told them by the leaderboard.
        name = f"annotator {number}"
        yield _set(predictions, actor, SubjectKind.ANNOTATOR, str(person), name, person)
    if blind_reviews_of(predictions).exists():
        yield _set(predictions, actor, SubjectKind.REVIEWERS, "", "second reviewers, blind")


def annotations_of(predictions: PredictionSet) -> QuerySet[AnnotationVersion]:
    """What was submitted before the clip's caption was approved, in the order of writing."""
    clips = evaluated_entries(predictions.version, predictions.split).values("clip")
    submitted = AnnotationVersion.objects.filter(
        kind=VersionKind.SUBMITTED,
        annotation__assignment__clip__in=clips,
        created_at__lt=predictions.version.created_at,
    )
    return submitted.select_related("annotation__assignment").order_by("pk")


def blind_reviews_of(predictions: PredictionSet) -> QuerySet[CrossValidation]:
    """Of the rounds that the captions came out of."""
    entries = evaluated_entries(predictions.version, predictions.split)
    return CrossValidation.objects.filter(
        mode=CrossValidationMode.BLIND,
        blind_document__isnull=False,
        consolidation__in=entries.values("caption__consolidation"),
    ).select_related("consolidation")


def _set(
    predictions: PredictionSet,
    actor: User,
    kind: SubjectKind,
    subject: str,
    name: str,
    person_id: int | None = None,
) -> PredictionSet:
    found, _ = PredictionSet.objects.get_or_create(
        version=predictions.version,
        split=predictions.split,
        kind=kind,
        subject=subject,
        defaults={"name": name, "person_id": person_id, "created_by": actor},
    )
    return found
