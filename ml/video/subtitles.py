"""Text burnt into the lower part of a picture: thin bright strokes that do not move with it."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.video.bars import Grey

Mask = NDArray[np.bool_]
# At this width the strokes of ordinary subtitles are one to four pixels thick.
WIDTH = 640
THICKEST_STROKE = 9
# Of 255: letters are white or yellow and stand out from what is behind them.
BRIGHT = 170
CONTRAST = 60
SAME = 24
# A line of text has many strokes and keeps to the middle of the picture.
STROKES_IN_ROW = 8
MIDDLE = (0.2, 0.8)
# Shares of the picture's height: one line of small text, and the highest band that is no title.
LOWEST_LINE, HIGHEST_BAND = 0.015, 0.3
BLOCK = 16
# Of 255, the mean change of a block in which something moves; compression makes less.
MOVED = 4
MOVING_SHARE = 0.6
QUIET_SHARE = 0.6
# Half a second at four frames a second: nothing else stands still for as long in a moving shot.
OFTEN = 3


@dataclass(frozen=True)
class TextBand:
    """`top` is a share of the height; from there on there is text. Confidence is from 0 to 1."""

    top: float
    confidence: float


@dataclass
class TextWatch:
    """
    Looks at frames, some four a second.

    Two things tell text from a fence or a shelf: strokes that stand still while the whole picture
    moves, and strokes that come or go at once, and stand, while all beside them stays.
    """

    _grey: Grey | None = None
    _strokes: Mask = field(default_factory=lambda: np.zeros((0, 0), np.bool_))
    _standing: list[Mask] = field(default_factory=list)
    _standing_in_motion: list[Mask] = field(default_factory=list)
    _changed: list[Mask] = field(default_factory=list)

    def look(self, grey: Grey) -> None:
        small = shrunk(grey)
        strokes = _strokes_of(small)
        if self._grey is not None:
            self._compare(np.asarray(cv2.absdiff(small, self._grey), np.uint8), strokes)
        self._grey, self._strokes = small, strokes

    def _compare(self, change: Grey, strokes: Mask) -> None:
        is_same = change <= SAME
        standing = _text_rows(strokes & self._strokes & is_same)
        self._standing.append(standing)
        if _moving_share(change) >= MOVING_SHARE:
            self._standing_in_motion.append(standing)
            return
        came_or_gone = (strokes ^ self._strokes) & (change >= CONTRAST)
        is_quiet = is_same.mean(axis=1) >= QUIET_SHARE
        self._changed.append(_text_rows(came_or_gone) & is_quiet)

    def band(self) -> TextBand | None:
        if not self._standing:
            return None
        still = np.sum(self._standing, axis=0)
        still_in_motion = _count(self._standing_in_motion, len(still))
        changed = _count(self._changed, len(still))
        # A line is read for a second or more; the stripes of a shirt come and go all the time.
        is_read = (changed >= 1) & (still >= np.maximum(OFTEN, 2 * changed))
        is_text = (still_in_motion >= OFTEN) | is_read
        height = len(is_text)
        is_text[: round((1 - HIGHEST_BAND) * height)] = False
        if is_text.sum() < LOWEST_LINE * height:
            return None
        seen = float(np.median((still_in_motion + 4 * changed)[is_text]))
        return TextBand(int(is_text.argmax()) / height, round(seen / (seen + OFTEN), 2))


def shrunk(grey: Grey) -> Grey:
    height, width = grey.shape
    if width <= WIDTH:
        return grey
    size = WIDTH, max(1, round(height * WIDTH / width))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _strokes_of(grey: Grey) -> Mask:
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (THICKEST_STROKE, THICKEST_STROKE))
    above_its_surroundings = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, kernel)
    return np.asarray((above_its_surroundings >= CONTRAST) & (grey >= BRIGHT), np.bool_)


def _text_rows(mask: Mask) -> Mask:
    strokes = (mask[:, 1:] & ~mask[:, :-1]).sum(axis=1)
    pixels = mask.sum(axis=1)
    centre = mask @ np.arange(mask.shape[1]) / np.maximum(pixels, 1) / mask.shape[1]
    return np.asarray(
        (strokes >= STROKES_IN_ROW) & (centre >= MIDDLE[0]) & (centre <= MIDDLE[1]), np.bool_
    )


def _moving_share(change: Grey) -> float:
    """Of the blocks above the lowest third, where the text would be."""
    upper = change[: round((1 - HIGHEST_BAND) * len(change))]
    size = max(1, upper.shape[1] // BLOCK), max(1, upper.shape[0] // BLOCK)
    blocks = cv2.resize(upper, size, interpolation=cv2.INTER_AREA)
    return float((blocks >= MOVED).mean())


def _count(rows: list[Mask], height: int) -> NDArray[np.int_]:
    return np.sum(rows, axis=0, dtype=np.int_) if rows else np.zeros(height, np.int_)
