"""A table of predictions, of others beside them, and of chance."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ml.evaluation.judging import Progress, freeze_references, judge_clips
from ml.evaluation.scoring import METRICS, WORDS, Row, score_row
from ml.metrics.chance import BASELINES
from ml.metrics.frozen_events import FrozenEvents
from ml.metrics.judge import EventJudge
from ml.metrics.statistics import Difference, Interval, Values, difference, interval

Captions = Mapping[str, str]


@dataclass(frozen=True)
class Score:
    value: float
    interval: Interval
    # The means of a metric's columns, such as recall and precision.
    parts: Mapping[str, float]
    clips: int


@dataclass(frozen=True)
class Evaluation:
    """`set_digest` is equal for equal clips and references; rows of other sets are no rows here."""

    judge: str
    set_digest: str
    clips: tuple[str, ...]
    metrics: tuple[str, ...]
    seed: int
    rows: tuple[Row, ...]
    warnings: tuple[str, ...] = field(default=())

    def score(self, row: Row, metric: str) -> Score | None:
        """None where nothing was judged."""
        if metric not in row.values or np.isnan(row.values[metric]).all():
            return None
        values, chosen = _judged_only(row.values[metric]), METRICS[metric]
        means = values.mean(0)
        return Score(
            value=chosen.of_means(means).item(),
            interval=interval(values, chosen.of_means, self.seed),
            parts=dict(zip(chosen.columns, means.tolist(), strict=True)),
            clips=len(values),
        )

    def difference(self, row: Row, other: Row, metric: str) -> Difference | None:
        """Of the first over the second, on the clips that both have."""
        if not {metric} <= row.values.keys() & other.values.keys():
            return None
        ours, theirs = row.values[metric], other.values[metric]
        both = ~(np.isnan(ours).any(1) | np.isnan(theirs).any(1))
        if not both.any():
            return None
        scores = zip(row.by_clip(metric)[both], other.by_clip(metric)[both], strict=True)
        of_means = METRICS[metric].of_means
        return difference(ours[both], theirs[both], of_means, list(scores), self.seed)


def evaluate(
    candidates: Mapping[str, Captions],
    references: Captions,
    *,
    metrics: Sequence[str],
    judge: EventJudge,
    frozen: FrozenEvents,
    progress: Progress,
    judges_chance: bool,
    rewrites: bool,
    seed: int,
) -> Evaluation:
    """
    Every candidate has a text for every reference. The chance rows come after them; they have the
    form of the references, so only candidates are rewritten.
    """
    chance = {
        name: make(references, seed) for name, make in BASELINES.items() if len(references) > 1
    }
    is_judged = any(metric not in {each.name for each in WORDS} for metric in metrics)
    if is_judged:
        freeze_references(judge, references.values(), frozen, progress)
    rows = []
    for name, captions in {**candidates, **chance}.items():
        judged = None
        if is_judged and (name in candidates or judges_chance):
            rewrite = rewrites and name in candidates
            judged = judge_clips(
                judge, captions, references, frozen, metrics, progress, rewrites=rewrite
            )
        rows.append(score_row(name, captions, references, metrics, judged))
    return Evaluation(
        judge=judge.name if is_judged else "",
        set_digest=digest_of(references),
        clips=tuple(references),
        metrics=tuple(metrics),
        seed=seed,
        rows=tuple(rows),
        warnings=tuple(_warnings(rows, candidates)),
    )


def digest_of(references: Captions) -> str:
    text = json.dumps(references, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _judged_only(values: Values) -> Values:
    judged: Values = values[~np.isnan(values).any(1)]
    return judged


def _warnings(rows: Sequence[Row], candidates: Mapping[str, Captions]) -> Iterator[str]:
    for name, captions in candidates.items():
        if empty := sum(not text.strip() for text in captions.values()):
            yield f"{name}: {empty} empty predictions are scored as empty."
    for row in rows:
        if row.unjudged:
            yield (
                f"{row.name}: {len(row.unjudged)} clips are unjudged and missing from the judge's "
                "numbers."
            )
        if changed := sum(each.is_suspicious for each in row.conversions.values()):
            yield (
                f"{row.name}: {changed} rewritten predictions changed by more than 30 %. Look at "
                "them before trusting the judge's numbers."
            )
