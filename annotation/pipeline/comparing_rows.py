"""One row over each other row of its table, on the clips that both have."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from annotation.models import ClipScore, Evaluation, ScoreDifference
from annotation.workflow.scoring import store_differences
from ml.evaluation.scoring import METRICS
from ml.metrics.statistics import Values, difference

from .other_texts import SEED

Columns = dict[int, dict[str, list[float]]]


def compare_with_others(evaluation: Evaluation) -> None:
    """
    With all rows that are done by now: of two that end at once, whoever is stored last sees the
    other. Each pair is stored in one direction, the later row over the earlier.
    """
    whole = evaluation.predictions
    others = Evaluation.objects.filter(
        predictions__version=whole.version_id,
        predictions__split=whole.split,
        judge=evaluation.judge_id,
        done_at__isnull=False,
    ).exclude(pk=evaluation.pk)
    ours = _columns(evaluation)
    for other in others:
        store_differences(list(_between(evaluation, other, ours)))


def _columns(evaluation: Evaluation) -> Columns:
    rows = ClipScore.objects.filter(evaluation=evaluation)
    return dict(rows.values_list("clip_id", "columns"))


def _between(one: Evaluation, other: Evaluation, of_one: Columns) -> Iterator[ScoreDifference]:
    of_other = _columns(other)
    later, earlier = (one, other) if one.pk > other.pk else (other, one)
    of_later, of_earlier = (of_one, of_other) if later is one else (of_other, of_one)
    clips = sorted(of_later.keys() & of_earlier.keys())
    for metric in later.metrics:
        both = [c for c in clips if metric in of_later[c] and metric in of_earlier[c]]
        if both:
            yield _difference(
                later,
                earlier,
                metric,
                np.array([of_later[clip][metric] for clip in both]),
                np.array([of_earlier[clip][metric] for clip in both]),
            )


def _difference(
    later: Evaluation, earlier: Evaluation, metric: str, ours: Values, theirs: Values
) -> ScoreDifference:
    of_means = METRICS[metric].of_means
    scores = list(zip(of_means(ours), of_means(theirs), strict=True))
    found = difference(ours, theirs, of_means, scores, SEED)
    return ScoreDifference(
        evaluation=later,
        other=earlier,
        metric=metric,
        value=found.value,
        low=found.interval.low,
        high=found.interval.high,
        wins=found.wins,
        losses=found.losses,
        ties=found.ties,
        p=found.p,
    )
