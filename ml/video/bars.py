"""Black bars around a picture: rows and columns that stay black up to a straight, sharp edge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]  # [height, width]
# Of 255. Bars of films wrongly marked as full range are at 16, and compression rings beside edges.
BLACKEST_BAR = 40
RINGING = 24
JUMP = 10
# Of all columns: text may stand in a bar, and a film may be dark at its edge.
BLACK_SHARE = 0.98
STRAIGHT = 0.5
# Bars come in pairs, but subtitles may stand in the lower one and a dark coat end at it.
STRAIGHT_OPPOSITE = 0.25
# Nothing stands on the other side to compare with, so the edge must speak for itself.
STRAIGHT_ALONE = 0.8
LARGEST_BAR = 0.4
SMALLEST_BAR = 0.01
UNEVEN = 0.04


@dataclass(frozen=True)
class Margins:
    """What to cut off at each side, in pixels, and how straight the edges are, from 0 to 1."""

    left: int
    top: int
    right: int
    bottom: int
    straightness: float


class BarWatch:
    """Looks at frame after frame and keeps two pictures: the brightest of each pixel."""

    def __init__(self) -> None:
        self._highest: Grey | None = None

    def look(self, grey: Grey) -> None:
        if self._highest is None:
            self._highest = grey.copy()
        else:
            np.maximum(self._highest, grey, out=self._highest)

    def margins(self) -> Margins | None:
        if self._highest is None:
            return None
        top, bottom, level = _both(self._highest)
        left, right, across = _both(self._highest.T)
        if not (top or bottom or left or right):
            return None
        return Margins(left, top, right, bottom, min(level or across, across or level))


def _both(highest: Grey) -> tuple[int, int, float]:
    """What to cut off at the first and last rows, and how straight the worse edge is."""
    first, first_edge = _bar(highest)
    last, last_edge = _bar(highest[::-1])
    if first and last and abs(first - last) <= UNEVEN * len(highest):
        return first, last, min(first_edge, last_edge)
    larger = first if first_edge >= last_edge else last
    opposite = _straightness_near(highest[::-1] if larger == first else highest, larger)
    if larger and opposite >= STRAIGHT_OPPOSITE:
        return larger, larger, min(max(first_edge, last_edge), opposite)
    first = first if first_edge >= STRAIGHT_ALONE else 0
    last = last if last_edge >= STRAIGHT_ALONE else 0
    return first, last, max(first_edge, last_edge) if first or last else 0.0


def _bar(highest: Grey) -> tuple[int, float]:
    """The height of a bar at the first rows, zero for none, and how straight its edge is."""
    height = len(highest)
    level = int(np.median(highest[:2]))
    black = (highest <= level + RINGING).mean(axis=1) >= BLACK_SHARE
    blacks = height if black.all() else int(black.argmin())
    if level > BLACKEST_BAR or blacks == height:
        return 0, 0.0
    rows = range(2, min(blacks + 3, round(LARGEST_BAR * height)))
    edges = [_straightness(highest, row) for row in rows]
    straightest = max(edges, default=0.0)
    if straightest < STRAIGHT:
        return 0, 0.0
    # A scaled edge is straight over two or three rows; all of it goes.
    row = max(row for row, edge in zip(rows, edges, strict=True) if edge >= 0.9 * straightest)
    return (row, straightest) if row >= SMALLEST_BAR * height else (0, 0.0)


def _straightness_near(highest: Grey, row: int) -> float:
    return max(_straightness(highest, near) for near in range(max(2, row - 2), row + 3))


def _straightness(highest: Grey, row: int) -> float:
    """In how many of the columns the picture begins at this row, coming from the first."""
    before, after = highest[row - 2].astype(np.int16), highest[row + 1].astype(np.int16)
    is_black = highest[row - 2] <= BLACKEST_BAR + RINGING
    return float((is_black & (after - before >= JUMP)).mean())
