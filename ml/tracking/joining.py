"""Which tracklets are the same person."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from scipy.cluster.hierarchy import fcluster, linkage

from ml.tracking.tracklets import Tracklet

# Farther than any mean of distances within a join, however many pairs are averaged.
NEVER = 1e6


def join_tracklets(tracklets: Sequence[Tracklet], least: float) -> list[list[Tracklet]]:
    """
    Groups of a mean cosine similarity of at least `least` (average linkage).

    Nobody is in two places at once, and a face never seen well says nothing about whose it is.
    """
    if len(tracklets) < 2:
        return [[tracklet] for tracklet in tracklets]
    distances = [_distance(one, other) for one, other in combinations(tracklets, 2)]
    labels = fcluster(linkage(distances, "average"), 1 - least, "distance").tolist()
    groups: dict[int, list[Tracklet]] = {label: [] for label in labels}
    for label, tracklet in zip(labels, tracklets, strict=True):
        groups[label].append(tracklet)
    return list(groups.values())


def _distance(one: Tracklet, other: Tracklet) -> float:
    is_unclear = not (one.likeness.present_count and other.likeness.present_count)
    if is_unclear or not set(one.at).isdisjoint(other.at):
        return NEVER
    # Rounding may take it below zero.
    return max(0.0, 1 - float(one.likeness.mean @ other.likeness.mean))
