"""Splitting a few points into two groups, the same way every time and in any order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # [K, F]
Labels = NDArray[np.int_]  # [K], 0 and 1

# Every split of so many points is tried; of more there are too many.
MAX_EXACT = 10
# Below this a difference is rounding.
DIGITS = 9


def two_means(points: Points) -> Labels:
    """
    The split with the least squared distance to the two centres; which group is 1 means nothing.

    Equal points are one group. Points in another order get the same groups.
    """
    rounded = points.round(DIGITS)
    if (rounded == rounded[:1]).all():
        return np.zeros(len(points), np.int_)
    order = np.lexsort(rounded.T)
    split = _exact if len(points) <= MAX_EXACT else _seeded
    labels = np.empty(len(points), np.int_)
    labels[order] = split(rounded[order])
    return labels


def _exact(points: Points) -> Labels:
    count = len(points)
    # The last point is always in group 0, so that no split comes twice.
    numbers = np.arange(1, 2 ** (count - 1))
    splits = (numbers[:, None] >> np.arange(count)) & 1  # [S, K]
    spread = _spread(splits, points) + _spread(1 - splits, points)
    chosen: Labels = splits[np.argmin(spread.round(DIGITS))]
    return chosen


def _spread(members: NDArray[np.int_], points: Points) -> NDArray[np.float64]:
    """Squared distances to the group's centre, [S]: sum of squares less square of sums over n."""
    sums = members @ points
    squares = members @ (points**2).sum(axis=1)
    spread: NDArray[np.float64] = squares - (sums**2).sum(axis=1) / members.sum(axis=1)
    return spread


def _seeded(points: Points) -> Labels:
    # Slow to import, and a clip with so many faces is rare.
    from sklearn.cluster import KMeans

    labels: Labels = KMeans(n_clusters=2, n_init=10, random_state=0).fit_predict(points)
    return labels
