"""From a picture to a detector's input, and from its candidates to faces."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from ml.faces.records import Detections, Floats, Picture

# The coarsest step of every detector here.
STEP = 32


@dataclass(frozen=True)
class Canvas:
    """
    A picture scaled into the top left corner of a detector's input, the rest of it black.

    `scale` (2,) takes x and y of the picture to those of the canvas.
    """

    pixels: Picture
    scale: Floats
    width: int
    height: int

    @classmethod
    def of(cls, rgb: Picture, long_side: int, fixed: tuple[int, int] | None = None) -> Canvas:
        """`fixed` is the height and width of an input that takes no other."""
        height, width = rgb.shape[:2]
        shrink = min(1.0, long_side / max(height, width))
        if fixed:
            shrink = min(fixed[0] / height, fixed[1] / width)
        inner = max(1, round(width * shrink)), max(1, round(height * shrink))
        rows, columns = fixed or (_steps(inner[1]), _steps(inner[0]))
        pixels = np.zeros((rows, columns, 3), np.uint8)
        pixels[: inner[1], : inner[0]] = cv2.resize(rgb, inner, interpolation=cv2.INTER_AREA)
        scale = np.array([inner[0] / width, inner[1] / height], np.float32)
        return cls(pixels, scale, width, height)

    def channels_first(self) -> Floats:
        """[1, 3, rows, columns] in 0 to 255."""
        return self.pixels.transpose(2, 0, 1)[None].astype(np.float32)

    def faces(
        self, boxes: Floats, scores: Floats, landmarks: Floats, *, min_score: float, overlap: float
    ) -> Detections:
        """
        The best of each heap of candidates, in pixels of the picture.

        `overlap` is the intersection over union from which on two are the same face.
        """
        limits = np.array([self.width, self.height] * 2, np.float32)
        boxes = np.clip(boxes / np.tile(self.scale, 2), 0, limits).astype(np.float32)
        sizes = boxes[:, 2:] - boxes[:, :2]
        # Below one pixel there is nothing to see; the comparison also drops what is no number.
        seen = np.flatnonzero((sizes >= 1).all(axis=1) & (scores >= min_score))
        corners_and_sizes = np.concatenate([boxes[:, :2], sizes], axis=1)[seen]
        kept = cv2.dnn.NMSBoxes(
            corners_and_sizes.tolist(), scores[seen].tolist(), min_score, overlap
        )
        best = seen[np.asarray(kept, np.intp).ravel()]
        points = (landmarks[best] / self.scale).astype(np.float32)
        return Detections(boxes[best], scores[best].astype(np.float32), points)


def _steps(length: int) -> int:
    return math.ceil(length / STEP) * STEP


def cell_corners(rows: int, columns: int) -> Floats:
    """x and y of every cell of a grid, row by row: (rows x columns, 2)."""
    y, x = np.mgrid[:rows, :columns]
    return np.stack([x, y], axis=-1).reshape(-1, 2).astype(np.float32)
