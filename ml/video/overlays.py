"""What stands burnt into the margins while the picture moves beneath: headers, footers, logos."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.video.bars import Grey
from ml.video.subtitles import Mask, shrunk

# Of 255: letters and logos stand out from all that passes behind them, and keep their own grey,
# while under and beside them things move by more than compression does.
CONTRAST = 50
STEADY = 60
PASSED = 60
# In so many of the looks, of which fewer than this tell nothing: two seconds at four a second.
ALWAYS = 0.85
LEAST_LOOKS = 8
# The picture must move all around it, or it is a lamp on a wall that the camera never leaves.
MOVING_AROUND = 0.7
# At 640 pixels of width: the thickest stroke of a logo, the height and width of a gap between two
# words, the border that is looked at around it, and what is no more than a speck.
THICKEST = 25
GAP = 11, 21
BORDER = 8
LEAST_STROKES = 40
# A ground that text stands on fills its own rectangle.
SOLID = 0.8
# Shares of the height and of the width; what reaches further in belongs to the picture.
DEEPEST, WIDEST = 0.25, 0.22


@dataclass(frozen=True)
class Edges:
    """What to cut off at each side, as shares of the picture, and from 0 to 1 how sure that is."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    confidence: float = 1.0

    def join(self, other: Edges) -> Edges:
        return Edges(
            max(self.left, other.left),
            max(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
            min(self.confidence, other.confidence),
        )


@dataclass(frozen=True)
class Box:
    left: int
    top: int
    right: int
    bottom: int

    def of(self, mask: Mask, border: int = 0) -> Mask:
        rows = slice(max(0, self.top - border), self.bottom + border)
        return mask[rows, max(0, self.left - border) : self.right + border]

    def cut(self, height: int, width: int, confidence: float) -> Edges | None:
        """By the side that loses least; nothing where that is too much."""
        ways = [
            (self.bottom / height, "top", DEEPEST),
            (1 - self.top / height, "bottom", DEEPEST),
            (self.right / width, "left", WIDEST),
            (1 - self.left / width, "right", WIDEST),
        ]
        share, side, most = min(ways)
        return Edges(**{side: share, "confidence": confidence}) if share <= most else None


@dataclass
class OverlayWatch:
    """Looks at frames, some four a second; keeps three small pictures, whatever the length."""

    _looks: int = 0
    _lowest: Grey = field(default_factory=lambda: np.zeros((0, 0), np.uint8))
    _highest: Grey = field(default_factory=lambda: np.zeros((0, 0), np.uint8))
    _seen: NDArray[np.int_] = field(default_factory=lambda: np.zeros((0, 0), np.int_))

    def look(self, grey: Grey) -> None:
        small = shrunk(grey)
        if not self._looks:
            self._lowest, self._highest = small.copy(), small.copy()
            self._seen = np.zeros(small.shape, np.int_)
        np.minimum(self._lowest, small, out=self._lowest)
        np.maximum(self._highest, small, out=self._highest)
        self._seen += _strokes_of(small)
        self._looks += 1

    def edges(self) -> Edges | None:
        if self._looks < LEAST_LOOKS:
            return None
        height, width = self._lowest.shape
        cuts = [box.cut(height, width, moving) for box, moving in self._overlays()]
        found = [edges for edges in cuts if edges]
        return reduce(Edges.join, found) if found else None

    def _overlays(self) -> Iterator[tuple[Box, float]]:
        """What stands, and in which share of what is around it things moved."""
        passed = cv2.subtract(self._highest, self._lowest)
        standing = (self._seen >= ALWAYS * self._looks) & (passed <= STEADY)
        moves = passed >= PASSED
        thickened = _changed(cv2.MORPH_DILATE, standing, (5, 5))
        for box in _boxes(_changed(cv2.MORPH_CLOSE, standing, GAP)):
            if box.of(standing).sum() >= LEAST_STROKES:
                moving = _share(box.of(moves, BORDER), ~box.of(thickened, BORDER))
                if moving >= MOVING_AROUND:
                    yield box, moving
        # Text on a ground of its own has nothing that moves beside the letters, but the ground has.
        steady = _changed(cv2.MORPH_OPEN, passed <= STEADY, (5, 5))
        for box in _boxes(steady):
            if box.of(standing).sum() >= LEAST_STROKES and box.of(steady).mean() >= SOLID:
                outside = np.ones(steady.shape, np.bool_)
                box.of(outside)[:] = False
                moving = _share(box.of(moves, BORDER), box.of(outside, BORDER))
                if moving >= MOVING_AROUND:
                    yield box, moving


def _strokes_of(grey: Grey) -> Mask:
    kernel = np.ones((THICKEST, THICKEST), np.uint8)
    bright = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, kernel)
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, kernel)
    return np.asarray(np.maximum(bright, dark) >= CONTRAST, np.bool_)


def _changed(how: int, mask: Mask, size: tuple[int, int]) -> Mask:
    return cv2.morphologyEx(mask.astype(np.uint8), how, np.ones(size, np.uint8)) > 0


def _boxes(mask: Mask) -> list[Box]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    found = stats[1:].tolist()  # the first is all that is none
    return [Box(left, top, left + width, top + height) for left, top, width, height, _ in found]


def _share(mask: Mask, where: Mask) -> float:
    beside = mask[where]
    return float(beside.mean()) if beside.size else 0.0
