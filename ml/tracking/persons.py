"""The tracklets of one person, as the columns of one track."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby

import numpy as np

from ml.faces.records import Floats
from ml.records import TrackRecord
from ml.tracking.areas import DIGITS, box_area
from ml.tracking.selection import Trajectory
from ml.tracking.tracklets import Likeness, Tracklet


@dataclass(frozen=True)
class Person:
    at: list[int]
    boxes: list[list[int]]
    scores: list[int]
    landmarks: list[list[int]]
    measured: Floats  # [N, ml.signals.columns.ROW]
    tracklets: list[list[int]]
    likeness: Likeness
    mean_area: float

    @classmethod
    def of(cls, group: Sequence[Tracklet], picture_area: int) -> Person:
        rows = sorted(
            (position, number, row)
            for number, tracklet in enumerate(group)
            for row, position in enumerate(tracklet.at)
        )
        places = [(group[number], row) for _, number, row in rows]
        boxes = [tracklet.boxes[row] for tracklet, row in places]
        return cls(
            at=[position for position, _, _ in rows],
            boxes=boxes,
            scores=[tracklet.scores[row] for tracklet, row in places],
            landmarks=[tracklet.landmarks[row] for tracklet, row in places],
            measured=np.stack([tracklet.measured[row] for tracklet, row in places]),
            tracklets=_spans([number for _, number, _ in rows]),
            likeness=reduce(Likeness.merge, (tracklet.likeness for tracklet in group)),
            mean_area=float(np.mean([box_area(box) for box in boxes])) / picture_area,
        )

    @property
    def trajectory(self) -> Trajectory:
        return Trajectory(self.mean_area, self.likeness.similarity, len(self.at))

    def record(self, number: int, *, is_main: bool) -> TrackRecord:
        return TrackRecord(
            number=number,
            is_main=is_main,
            at=self.at,
            boxes=self.boxes,
            scores=self.scores,
            landmarks=self.landmarks,
            tracklets=self.tracklets,
            mean_area=round(self.mean_area, DIGITS),
            similarity=round(self.likeness.similarity, DIGITS),
        )


def _spans(numbers: Sequence[int]) -> list[list[int]]:
    """Ranges of equal neighbours. One tracklet may lie in a gap of another."""
    spans, start = [], 0
    for _, group in groupby(numbers):
        stop = start + sum(1 for _ in group)
        spans.append([start, stop])
        start = stop
    return spans
