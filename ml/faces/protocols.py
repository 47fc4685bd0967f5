"""What every face network must do, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ml.faces.records import Backend, Detections, FaceMesh, Floats, Picture


class Detector(Protocol):
    @property
    def backend(self) -> Backend: ...

    def __call__(self, rgb: Picture) -> Detections: ...


class Embedder(Protocol):
    @property
    def backend(self) -> Backend: ...

    @property
    def dimensions(self) -> int: ...

    def __call__(self, rgb: Picture, landmarks: Floats) -> Floats:
        """From five points for each face, (N, 5, 2), unit vectors, (N, dimensions)."""
        ...


class Landmarker(Protocol):
    @property
    def backend(self) -> Backend: ...

    def __call__(self, rgb: Picture, boxes: Floats, landmarks: Floats) -> FaceMesh:
        """From boxes, (N, 4), and five points for each, (N, 5, 2)."""
        ...


@dataclass(frozen=True)
class FaceModels:
    detector: Detector
    embedder: Embedder
    landmarker: Landmarker
