"""What the face networks answer. Shape letters: N faces, D numbers of an embedding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

# Red, green, blue; upright. [H, W, 3]
Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]

FIVE_POINTS = ("left eye", "right eye", "nose", "left mouth corner", "right mouth corner")


@dataclass(frozen=True)
class Backend:
    """Which network answered, and with what settings: equal keys give equal answers."""

    name: str
    version: str

    @property
    def key(self) -> str:
        return f"{self.name}-{self.version}"


@dataclass(frozen=True)
class Detections:
    """
    The faces of one picture, the most certain one first, in its pixels.

    boxes      (N, 4)     left, top, right, bottom, within the picture
    scores     (N,)       0 to 1
    landmarks  (N, 5, 2)  FIVE_POINTS, left and right as the viewer sees them; or (N, 68, 2)
    """

    boxes: Floats
    scores: Floats
    landmarks: Floats

    def __len__(self) -> int:
        return len(self.boxes)

    def __getitem__(self, rows: slice | NDArray[Any]) -> Self:
        return type(self)(self.boxes[rows], self.scores[rows], self.landmarks[rows])

    @classmethod
    def none(cls) -> Self:
        return cls(
            np.zeros((0, 4), np.float32), np.zeros(0, np.float32), np.zeros((0, 5, 2), np.float32)
        )


@dataclass(frozen=True)
class FaceMesh:
    """
    The surface of each face and what its parts do.

    points       (N, 478, 3)  pixels of the picture; depth in the same unit, smaller is nearer
    presence     (N,)         0 to 1; below PRESENT the other columns mean nothing
    blendshapes  (N, 52)      0 to 1, in the order of `ml.faces.blendshapes.NAMES`
    pose         (N, 3)       degrees: yaw is positive when the face turns to the viewer's right,
                              pitch when it looks up, roll when it tilts clockwise for the viewer
    """

    points: Floats
    presence: Floats
    blendshapes: Floats
    pose: Floats

    def __len__(self) -> int:
        return len(self.points)

    @classmethod
    def none(cls) -> Self:
        return cls(
            np.zeros((0, 478, 3), np.float32),
            np.zeros(0, np.float32),
            np.zeros((0, 52), np.float32),
            np.zeros((0, 3), np.float32),
        )


# Frontal faces reach 0.99; profiles, dark background people and false boxes stay under 0.13.
PRESENT = 0.5
