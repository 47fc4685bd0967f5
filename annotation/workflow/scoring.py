"""What came out of an evaluation, stored once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotation.models import ClipScore, Evaluation, ScoreDifference

from .recording import record_in_project

BATCH = 500


@dataclass(frozen=True)
class ScoredClip:
    clip_id: int
    values: dict[str, float]
    columns: dict[str, list[float]]
    alignment: dict[str, Any] | None
    unjudged: str
    rewritten: str
    is_suspicious: bool


@dataclass(frozen=True)
class Scored:
    """As JSON, since the web process computes nothing of it anew."""

    judge_name: str
    set_digest: str
    scores: dict[str, Any]
    slices: list[dict[str, Any]]
    warnings: list[str]
    clips: Sequence[ScoredClip] = field(repr=False)


@transaction.atomic
def store_scores(evaluation: Evaluation, scored: Scored, *, price: Decimal) -> None:
    """By compare and set: a worker that lost its lease finds the evaluation done."""
    is_first = Evaluation.objects.filter(pk=evaluation.pk, done_at__isnull=True).update(
        done_at=timezone.now(),
        judge_name=scored.judge_name,
        set_digest=scored.set_digest,
        clips=len(scored.clips),
        unjudged=sum(bool(clip.unjudged) for clip in scored.clips),
        scores=scored.scores,
        slices=scored.slices,
        warnings=scored.warnings,
        price=price,
    )
    if not is_first:
        return
    ClipScore.objects.bulk_create(
        [ClipScore(evaluation=evaluation, **vars(clip)) for clip in scored.clips], batch_size=BATCH
    )
    record_in_project(
        "evaluation.finished",
        project=evaluation.predictions.version.project,
        actor=None,
        evaluation=evaluation.uid,
    )


def store_differences(differences: Sequence[ScoreDifference]) -> None:
    """The same two rows may be compared by two workers, which find the same."""
    ScoreDifference.objects.bulk_create(differences, ignore_conflicts=True)
