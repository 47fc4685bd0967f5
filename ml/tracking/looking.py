"""What the networks see in one frame."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.faces.alignment import align, five_points
from ml.faces.protocols import FaceModels
from ml.faces.records import Detections, FaceMesh, Floats, Picture

# Small enough that the jitter of the five points does not count as movement of the skin.
CROP = 56, 56


@dataclass(frozen=True)
class Look:
    """`skin` is each face aligned, grey, without its mean: [N, 56, 56]."""

    faces: Detections
    embeddings: Floats
    mesh: FaceMesh
    skin: Floats


def look(rgb: Picture, models: FaceModels, min_face_px: int) -> Look:
    found = models.detector(rgb)
    sides = (found.boxes[:, 2:] - found.boxes[:, :2]).min(axis=1, initial=np.inf)
    faces = found[sides >= min_face_px]
    faces = Detections(faces.boxes, faces.scores, five_points(faces.landmarks))
    return Look(
        faces,
        models.embedder(rgb, faces.landmarks),
        models.landmarker(rgb, faces.boxes, faces.landmarks),
        _skin(rgb, faces.landmarks),
    )


def _skin(rgb: Picture, landmarks: Floats) -> Floats:
    small = [
        cv2.resize(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY), CROP, interpolation=cv2.INTER_AREA)
        for face in align(rgb, landmarks)
    ]
    grey = np.array(small, np.float32).reshape(-1, *CROP) / 255
    skin: NDArray[np.float32] = grey - grey.mean(axis=(1, 2), keepdims=True)
    return skin
