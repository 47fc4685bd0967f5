"""MediaPipe's face landmarker, network by network, on faces that another detector found."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import cv2
import numpy as np

from ml.faces.alignment import five_points, similarity
from ml.faces.blendshapes import POINTS
from ml.faces.litert import Graph
from ml.faces.pose import CanonicalFace
from ml.faces.records import Backend, FaceMesh, Floats, Picture
from ml.weights import Weights, WeightsUnusable

MESH = "face_landmarks_detector.tflite"
BLENDSHAPES = "face_blendshapes.tflite"
GEOMETRY = "geometry_pipeline_metadata_landmarks.binarypb"
# The cut-out is this many times as long as the longer side of the box.
AROUND = 1.5
WHITE = np.float32(255)


class MeshLandmarker:
    def __init__(self, weights: Weights, *, threads: int) -> None:
        try:
            with ZipFile(BytesIO(weights.content)) as bundle:
                mesh, blendshapes, geometry = map(bundle.read, (MESH, BLENDSHAPES, GEOMETRY))
        except (BadZipFile, KeyError) as problem:
            raise WeightsUnusable(f"{weights.path} is no face landmarker: {problem}") from None
        self._mesh = Graph(mesh, threads)
        self._blendshapes = Graph(blendshapes, threads)
        self._head = CanonicalFace.parse(geometry)
        self._side = self._mesh.input_shape[1]
        self.backend = Backend("facemesh", f"{weights.version}-{AROUND:g}")

    def __call__(self, rgb: Picture, boxes: Floats, landmarks: Floats) -> FaceMesh:
        """One face at a time: another batch costs its kernels more than it saves."""
        if not len(boxes):
            return FaceMesh.none()
        eyes = five_points(landmarks)[:, :2]
        found = [self._measure(rgb, box, pair) for box, pair in zip(boxes, eyes, strict=True)]
        return FaceMesh(*(np.stack(column) for column in zip(*found, strict=True)))

    def _measure(
        self, rgb: Picture, box: Floats, eyes: Floats
    ) -> tuple[Floats, np.floating[Any], Floats, Floats]:
        cut = cut_out(box, eyes, self._side)
        face = cv2.warpAffine(rgb, cut, (self._side, self._side)).astype(np.float32)[None] / WHITE
        points, certainty, _ = self._mesh.run(face)
        mesh = _in_picture(points.reshape(-1, 3), cut)
        presence = 1 / (1 + np.exp(-certainty.ravel()[0]))
        (blendshapes,) = self._blendshapes.run(mesh[list(POINTS), :2][None])
        return mesh, np.float32(presence), blendshapes.ravel(), self._head.angles(mesh)


def cut_out(box: Floats, eyes: Floats, side: int) -> Floats:
    """
    The transform (2, 3) of the picture to an upright square around one face.

    eyes (2, 2), the left one of the viewer first; they give the turn, the box place and size.
    """
    middle = (box[:2] + box[2:]) / 2
    half = (box[2:] - box[:2]).max() * AROUND / 2
    across = eyes[1] - eyes[0]
    length = np.linalg.norm(across)
    right = across / length if length else np.array([1.0, 0.0])
    # A left and a right edge fix a turn, a scale and a shift.
    edges = np.stack([middle - right * half, middle + right * half])
    return similarity(edges, np.array([[0, side / 2], [side, side / 2]]))


def _in_picture(points: Floats, cut: Floats) -> Floats:
    back = cv2.invertAffineTransform(cut)
    flat = points[:, :2] @ back[:, :2].T + back[:, 2]
    # Depth has the unit of the cut-out's pixels and turns with none of them.
    depth = points[:, 2:] * np.hypot(back[0, 0], back[1, 0])
    return np.concatenate([flat, depth], axis=1).astype(np.float32)
