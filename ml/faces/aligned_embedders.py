"""Embedders that somebody brought as an ONNX file: SFace, ArcFace, TransFace."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ml.faces.alignment import SIDE, align, unit
from ml.faces.batches import in_batches
from ml.faces.onnx_sessions import UNREADABLE, Network, first_operations
from ml.faces.records import Backend, Floats, Picture
from ml.weights import Weights, WeightsUnusable

# Where in a graph its own scaling of pixels would stand.
HEAD = 8


@dataclass(frozen=True)
class Pixels:
    """How red, green and blue of 0 to 255 enter: (value - middle) / reach."""

    middle: np.float32
    reach: np.float32


AS_THEY_ARE = Pixels(np.float32(0), np.float32(1))
AROUND_ZERO = Pixels(np.float32(127.5), np.float32(127.5))
PIXELS = {"sface": AS_THEY_ARE, "arcface": AROUND_ZERO, "transface": AROUND_ZERO}


class AlignedEmbedder:
    def __init__(self, name: str, weights: Weights, *, threads: int) -> None:
        self._network = Network(weights, threads)
        self._batch = self._network.input_shape[0]
        self._pixels = PIXELS[name]
        # Older ArcFace exports begin with the scaling itself.
        if {"Sub", "Mul"} <= set(first_operations(weights.content, HEAD)):
            self._pixels = AS_THEY_ARE
        try:
            blank = self._network.run(np.zeros((self._batch or 1, 3, SIDE, SIDE), np.float32))[0]
        except UNREADABLE as refusal:
            raise WeightsUnusable(
                f"{weights.path} takes no faces of {SIDE}x{SIDE} pixels: {refusal}"
            ) from None
        self.dimensions = blank.shape[-1]
        self.backend = Backend(name, weights.version)

    def __call__(self, rgb: Picture, landmarks: Floats) -> Floats:
        if not len(landmarks):
            return np.zeros((0, self.dimensions), np.float32)
        squares = align(rgb, landmarks).astype(np.float32).transpose(0, 3, 1, 2)
        faces = (squares - self._pixels.middle) / self._pixels.reach
        batch = self._batch or len(faces)
        return unit(in_batches(faces, batch, lambda some: self._network.run(some)[0]))
