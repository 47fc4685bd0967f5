"""How sure a difference is: intervals by resampling clips, and the sign test between two rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

VERSION = "bootstrap-1"

RESAMPLES = 2000
SHARE = 0.95

Values: TypeAlias = NDArray[np.float64]
# From the means of the columns, in the last axis, to the number of the table.
OfMeans: TypeAlias = Callable[[Values], Values]


@dataclass(frozen=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True)
class Difference:
    """
    Of a row over another, on the same clips. `p` is the two-sided sign test's: how likely so many
    more wins than losses are if neither row is better; ties count for neither.
    """

    value: float
    interval: Interval
    wins: int
    losses: int
    ties: int
    p: float


def column(values: Values) -> Values:
    """Of a metric that is the mean of one number a clip."""
    first: Values = values[..., 0]
    return first


def interval(values: Values, of_means: OfMeans, seed: int) -> Interval:
    """Of values (clips, columns). With one clip there is nothing to resample: low is high."""
    return _interval(of_means(_resampled_means(values, seed)))


def difference(
    ours: Values,
    theirs: Values,
    of_means: OfMeans,
    scores: Sequence[tuple[float, float]],
    seed: int,
) -> Difference:
    """Paired: both rows are resampled by the same clips. `scores` has the two of each clip."""
    if len(ours) != len(theirs) or len(scores) != len(ours):
        raise ValueError("A difference needs the same clips on both sides.")
    apart = of_means(_resampled_means(ours, seed)) - of_means(_resampled_means(theirs, seed))
    wins = sum(bool(one > other) for one, other in scores)
    losses = sum(bool(one < other) for one, other in scores)
    return Difference(
        value=(of_means(ours.mean(0)) - of_means(theirs.mean(0))).item(),
        interval=_interval(apart),
        wins=wins,
        losses=losses,
        ties=len(scores) - wins - losses,
        p=sign_test(wins, losses),
    )


def sign_test(wins: int, losses: int) -> float:
    """
    >>> sign_test(5, 0), sign_test(3, 3), sign_test(0, 0)
    (0.0625, 1.0, 1.0)
    """
    total = wins + losses
    tail = sum(comb(total, count) for count in range(min(wins, losses) + 1))
    return min(1.0, 2 * tail / (1 << total))


def _resampled_means(values: Values, seed: int) -> Values:
    """(RESAMPLES, columns): how often each clip is drawn, times its values."""
    clips = len(values)
    draws = np.random.default_rng(seed).multinomial(clips, np.full(clips, 1 / clips), RESAMPLES)
    means: Values = draws @ values / clips
    return means


def _interval(numbers: Values) -> Interval:
    low, high = np.quantile(numbers, [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return Interval(low.item(), high.item())
