"""MobileFaceNet: 192 numbers a face, through LiteRT."""

from __future__ import annotations

import numpy as np

from ml.faces.alignment import align, unit
from ml.faces.batches import in_batches
from ml.faces.litert import Graph
from ml.faces.records import Backend, Floats, Picture
from ml.weights import Weights

# How red, green and blue of 0 to 255 enter: (value - MIDDLE) / REACH.
MIDDLE, REACH = np.float32(127.5), np.float32(128)


class MobileFaceNet:
    def __init__(self, weights: Weights, *, threads: int) -> None:
        self._graph = Graph(weights.content, threads)
        # Fixed by the file, and not to be changed: another batch fails in its kernels.
        self._batch = self._graph.input_shape[0]
        self.dimensions = self._graph.output_shapes[0][-1]
        self.backend = Backend("mobilefacenet", weights.version)

    def __call__(self, rgb: Picture, landmarks: Floats) -> Floats:
        if not len(landmarks):
            return np.zeros((0, self.dimensions), np.float32)
        faces = (align(rgb, landmarks).astype(np.float32) - MIDDLE) / REACH
        return unit(in_batches(faces, self._batch, lambda batch: self._graph.run(batch)[0]))
