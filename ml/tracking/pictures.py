"""What the whole picture of a clip says: how much of it moves, and what it looks like."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.faces.records import Picture

# Area averages over blocks of this many hide the noise of an encoder.
GRID = 64, 36
# A talking mouth moves a few hundredths of the picture. So measured, re-encoded stills with grain
# reach 0.0035, and people who sit and talk 0.019 and more.
MOVING_SHARE = 98
PARTS = 3
# One column more than bits in a row: each bit compares two neighbours.
HASH_SIZE = 9, 8

Grey = NDArray[np.float32]


class Pictures:
    """Sums over a clip; holds one small picture whatever its length."""

    def __init__(self, frame_count: int) -> None:
        self._frame_count = max(frame_count, 1)
        self._before: Grey | None = None
        self._changes: list[float] = []
        self._sums = np.zeros((PARTS, *HASH_SIZE[::-1]))

    def add(self, index: int, rgb: Picture, *, starts_shot: bool) -> None:
        small = cv2.resize(rgb, GRID, interpolation=cv2.INTER_AREA)
        grey: Grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32) / np.float32(255)
        if self._before is not None and not starts_shot:
            self._changes.append(float(np.percentile(np.abs(grey - self._before), MOVING_SHARE)))
        self._before = grey
        part = min(PARTS * index // self._frame_count, PARTS - 1)
        self._sums[part] += cv2.resize(grey, HASH_SIZE, interpolation=cv2.INTER_AREA)

    @property
    def motion(self) -> float:
        return float(np.mean(self._changes)) if self._changes else 0.0

    @property
    def perceptual_hash(self) -> str:
        """
        The difference hash of the mean picture of each third, 64 bits each, as hexadecimal.

        One hash would hold all talking heads before a white wall for the same clip.
        """
        whole = self._sums.sum(axis=0)
        return "".join(_hash(part if part.any() else whole) for part in self._sums)


def _hash(mean: NDArray[np.float64]) -> str:
    return np.packbits(mean[:, 1:] > mean[:, :-1]).tobytes().hex()
