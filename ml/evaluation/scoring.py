"""The metrics by name, and the numbers of each clip that they give for a row of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ml.metrics import autodq, cider, judge_prompts, rouge, tem, tokenizing
from ml.metrics.conversion import Conversion
from ml.metrics.events import JudgedPair
from ml.metrics.judge import ASPECTS, Aspect
from ml.metrics.statistics import OfMeans, Values, column


@dataclass(frozen=True)
class Metric:
    """`columns` are the numbers of a clip; the table shows `of_means` of their means."""

    name: str
    version: str
    columns: tuple[str, ...]
    of_means: OfMeans


def _f_of_means(means: Values) -> Values:
    recall, precision = means[..., 0], means[..., 1]
    total = recall + precision
    return 2 * recall * precision / np.where(total, total, 1)


def _mean_of_halves(means: Values) -> Values:
    halves: Values = means.mean(-1)
    return halves


WORDS = (
    Metric("cider", f"{cider.VERSION}, {tokenizing.VERSION}", ("cider",), column),
    Metric("rouge_l", f"{rouge.VERSION}, {tokenizing.VERSION}", ("rouge_l",), column),
)
EVENTS = (
    Metric("autodq", autodq.VERSION, ("recall", "precision"), _f_of_means),
    Metric("tem", tem.VERSION, ("lcs", "f1"), _mean_of_halves),
)
# Consistency is between two predictions, which one file does not hold.
SCORES = tuple(Metric(aspect, judge_prompts.VERSION, ("score",), column) for aspect in ASPECTS[:-1])
METRICS: dict[str, Metric] = {metric.name: metric for metric in (*WORDS, *EVENTS, *SCORES)}
BY_AN_OFFLINE_JUDGE = tuple(metric.name for metric in (*WORDS, *EVENTS))


@dataclass(frozen=True)
class Judged:
    """One clip by a judge: what was asked for, or why there is nothing."""

    pair: JudgedPair | None = None
    scores: Mapping[Aspect, int] = field(default_factory=dict)
    reason: str = ""
    conversion: Conversion | None = None


@dataclass(frozen=True)
class Row:
    """Numbers (clips, columns) by metric; a clip that was not judged has NaN."""

    name: str
    values: Mapping[str, Values]
    unjudged: Mapping[str, str] = field(default_factory=dict)
    conversions: Mapping[str, Conversion] = field(default_factory=dict)

    def by_clip(self, metric: str) -> Values:
        """The one number of each clip."""
        return METRICS[metric].of_means(self.values[metric])


def score_row(
    name: str,
    predictions: Mapping[str, str],
    references: Mapping[str, str],
    metrics: Sequence[str],
    judged: Mapping[str, Judged] | None,
) -> Row:
    """Clips in the order of the references. Without `judged` only words are counted."""
    values = _count_words(predictions, references, metrics)
    if judged is None:
        return Row(name, values)
    of_clips = [judged[clip] for clip in references]
    values |= {
        metric: _judged_values(metric, of_clips) for metric in metrics if metric not in values
    }
    return Row(
        name,
        values,
        {clip: judged[clip].reason for clip in references if judged[clip].reason},
        {clip: made for clip in references if (made := judged[clip].conversion)},
    )


def _count_words(
    predictions: Mapping[str, str], references: Mapping[str, str], metrics: Sequence[str]
) -> dict[str, Values]:
    ours = [tokenizing.tokenize(predictions[clip]) for clip in references]
    theirs = [tokenizing.tokenize(text) for text in references.values()]
    values = {}
    if "cider" in metrics:
        values["cider"] = cider.cider_d(ours, theirs)
    if "rouge_l" in metrics:
        values["rouge_l"] = [rouge.rouge_l(*pair) for pair in zip(ours, theirs, strict=True)]
    return {metric: np.array(scores).reshape(-1, 1) for metric, scores in values.items()}


def _judged_values(metric: str, of_clips: Sequence[Judged]) -> Values:
    unknown = (np.nan,) * len(METRICS[metric].columns)
    return np.array([unknown if one.reason else _numbers(metric, one) for one in of_clips])


def _numbers(metric: str, judged: Judged) -> tuple[float, ...]:
    if judged.pair and metric == "autodq":
        dq = autodq.auto_dq(judged.pair)
        return dq.recall, dq.precision
    if judged.pair and metric == "tem":
        matching = tem.tem(judged.pair)
        return matching.lcs, matching.f1
    return (float({str(aspect): score for aspect, score in judged.scores.items()}[metric]),)
