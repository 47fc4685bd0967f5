"""How much of the picture faces take."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from ml.records import TrackRecord

# Of a share in the record: a face of one pixel in the largest picture is still above zero.
DIGITS = 6


def main_area(tracks: Sequence[TrackRecord], area: int) -> float:
    """Mean share of the picture that the largest main face takes, where there is one."""
    largest: dict[int, float] = {}
    for track in tracks:
        if track.is_main:
            for position, box in zip(track.at, track.boxes, strict=True):
                largest[position] = max(largest.get(position, 0.0), box_area(box) / area)
    return round(fmean(largest.values()), DIGITS) if largest else 0.0


def box_area(box: Sequence[int]) -> float:
    """Pixels, of a box in tenths of them."""
    left, top, right, bottom = box
    return (right - left) * (bottom - top) / 100
