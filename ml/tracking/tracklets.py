"""One face for as long as it was followed without a doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ml.faces.records import PRESENT, Floats

# A face never seen from the front is one all the same if the detector is as sure as this.
SURE = 700


@dataclass
class Likeness:
    """Sums of unit vectors, so that nothing grows with the length of the clip."""

    total: NDArray[np.float64] | float = 0.0
    count: int = 0
    present_total: NDArray[np.float64] | float = 0.0
    present_count: int = 0

    def add(self, embedding: Floats, presence: float) -> None:
        self.total = self.total + embedding.astype(np.float64)
        self.count += 1
        if presence >= PRESENT:
            self.present_total = self.present_total + embedding.astype(np.float64)
            self.present_count += 1

    def merge(self, other: Likeness) -> Likeness:
        return Likeness(
            self.total + other.total,
            self.count + other.count,
            self.present_total + other.present_total,
            self.present_count + other.present_count,
        )

    @property
    def mean(self) -> Floats:
        """Of the views that show the face well, where there are any; of length one."""
        total = np.asarray(self.present_total if self.present_count else self.total)
        length = max(float(np.linalg.norm(total)), 1e-9)
        return (total / length).astype(np.float32)

    @property
    def similarity(self) -> float:
        """Mean cosine of two different sightings; 0 of a single one."""
        n = self.count
        if n < 2:
            return 0.0
        return float((np.dot(self.total, self.total) - n) / (n * (n - 1)))


@dataclass
class Tracklet:
    """Columns as in `ml.records.TrackRecord`; `measured` has the rows of `ml.signals.columns`."""

    at: list[int] = field(default_factory=list)
    boxes: list[list[int]] = field(default_factory=list)
    scores: list[int] = field(default_factory=list)
    landmarks: list[list[int]] = field(default_factory=list)
    measured: list[Floats] = field(default_factory=list)
    likeness: Likeness = field(default_factory=Likeness)


def keep_faces(tracklets: Sequence[Tracklet], least: int) -> list[Tracklet]:
    """Without the passing and the doubtful ones, unless nothing else is there."""
    lasting = [tracklet for tracklet in tracklets if len(tracklet.at) >= least]
    clear = [tracklet for tracklet in lasting or tracklets if _is_clear(tracklet)]
    return clear or lasting or list(tracklets)


def _is_clear(tracklet: Tracklet) -> bool:
    is_sure = sum(tracklet.scores) >= SURE * len(tracklet.scores)
    return tracklet.likeness.present_count > 0 or is_sure
