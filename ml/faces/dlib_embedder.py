"""dlib's network: 128 numbers a face, free of any licence, at a tenth of the speed."""

from __future__ import annotations

from typing import Any

import numpy as np

from ml.faces.alignment import TARGET, five_points, similarity, unit
from ml.faces.records import Backend, Floats, Picture
from ml.weights import Weights, WeightsUnusable

# The square, in the pixels of TARGET, that its own detector would draw: middle and side.
MIDDLE = np.array([56.0, 67.4], np.float32)
SIDE = 92.7


class DlibEmbedder:
    dimensions = 128

    def __init__(self, network: Weights, points: Weights) -> None:
        try:
            import dlib
        except ImportError:
            raise WeightsUnusable(
                "The dlib embedder needs dlib. Install it with: pip install dlib-bin==20.0.1.post1"
            ) from None
        self._dlib = dlib
        self._network = dlib.face_recognition_model_v1(str(network.path))
        self._points = dlib.shape_predictor(str(points.path))
        self.backend = Backend("dlib", f"{network.version}-{points.version}")

    def __call__(self, rgb: Picture, landmarks: Floats) -> Floats:
        if not len(landmarks):
            return np.zeros((0, self.dimensions), np.float32)
        picture = np.ascontiguousarray(rgb)
        shapes = self._dlib.full_object_detections()
        for points in five_points(landmarks):
            shapes.append(self._points(picture, self._square(points)))
        faces = self._dlib.get_face_chips(picture, shapes, size=150)
        return unit(np.array(self._network.compute_face_descriptor(faces), np.float32))

    def _square(self, points: Floats) -> Any:
        """Its own five points are other ones, found within the square that it is used to."""
        place = similarity(TARGET, points)
        x, y = place[:, :2] @ MIDDLE + place[:, 2]
        half = SIDE / 2 * float(np.hypot(place[0, 0], place[1, 0]))
        return self._dlib.rectangle(
            *(round(float(v)) for v in (x - half, y - half, x + half, y + half))
        )
