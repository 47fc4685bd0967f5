"""
How far two judges say the same of the same texts. Neither of them is right by definition: a metric
that depends on its judge says less than its digits do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from scipy import stats

from ml.metrics.events import Events, Relation, Relations
from ml.metrics.tem import aligned
from ml.metrics.word_overlap import word_points

VERSION = "consistency-1"
# Of the words of two events, before they are taken to be the same event.
ALIKE = 0.5
# Below these a correlation is a coincidence.
FEWEST = 3


@dataclass(frozen=True)
class JudgedEvents:
    """What one judge found in a reference and a prediction."""

    reference: Events
    prediction: Events
    relations: Relations


@dataclass(frozen=True)
class Correlation:
    """None where there are too few, or where one side is always the same."""

    count: int
    pearson: float | None
    spearman: float | None
    # Kendall's, of the order: 1 is the same order, -1 the reversed one.
    tau: float | None


@dataclass(frozen=True)
class Labels:
    """The relations that both gave to the same two events. Kappa is beyond what chance explains."""

    count: int
    equal: float | None
    kappa: float | None


def correlation(ours: Sequence[float], theirs: Sequence[float]) -> Correlation:
    """
    >>> correlation([1, 2, 3, 4], [2, 4, 6, 8])
    Correlation(count=4, pearson=1.0, spearman=1.0, tau=1.0)
    >>> correlation([1, 2, 3], [5, 5, 5])
    Correlation(count=3, pearson=None, spearman=None, tau=None)
    """
    if len(ours) < FEWEST or len(set(ours)) == 1 or len(set(theirs)) == 1:
        return Correlation(len(ours), None, None, None)
    return Correlation(
        len(ours),
        _number(stats.pearsonr(ours, theirs).statistic),
        _number(stats.spearmanr(ours, theirs).statistic),
        _number(stats.kendalltau(ours, theirs).statistic),
    )


def shared_events(one: Events, other: Events) -> list[tuple[int, int]]:
    """
    Positions of events that both judges took out of a text, in its order, told by their words.

    >>> shared_events(("he blinks", "he smiles widely"), ("he smiles", "he nods"))
    [(1, 0)]
    """
    if not (one and other):
        return []
    points = word_points([*one, *other])
    close = points[: len(one)] @ points[len(one) :].T
    return aligned((close >= ALIKE).tolist())


def event_f1(one: Events, other: Events) -> float:
    """
    >>> event_f1(("he blinks", "he smiles widely"), ("he smiles", "he nods")), event_f1((), ())
    (0.5, 1.0)
    """
    total = len(one) + len(other)
    return 2 * len(shared_events(one, other)) / total if total else 1.0


def shared_relations(one: JudgedEvents, other: JudgedEvents) -> list[tuple[Relation, Relation]]:
    """What each said of two events, one of either text, that both took out."""
    rows = shared_events(one.reference, other.reference)
    columns = shared_events(one.prediction, other.prediction)
    return [
        (one.relations[row][column], other.relations[same_row][same_column])
        for row, same_row in rows
        for column, same_column in columns
    ]


def label_agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> Labels:
    """
    Cohen's kappa; None where chance alone explains all.

    >>> label_agreement([("s", "s"), ("s", "."), (".", "s"), (".", ".")])
    Labels(count=4, equal=0.5, kappa=0.0)
    >>> label_agreement([(".", ".")])
    Labels(count=1, equal=1.0, kappa=None)
    """
    count = len(pairs)
    if not count:
        return Labels(0, None, None)
    equal = sum(one == other for one, other in pairs) / count
    ours, theirs = (Counter(side) for side in zip(*pairs, strict=True))
    by_chance = sum(ours[label] * theirs[label] for label in ours) / count**2
    return Labels(count, equal, (equal - by_chance) / (1 - by_chance) if by_chance < 1 else None)


def order_of_rows(ours: Mapping[str, float], theirs: Mapping[str, float]) -> Correlation:
    """Whether both put the rows of a table, by name, into the same order."""
    names = sorted(ours.keys() & theirs.keys())
    return correlation([ours[name] for name in names], [theirs[name] for name in names])


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 12)
