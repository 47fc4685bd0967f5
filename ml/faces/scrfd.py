"""SCRFD and its kin DaMoFD: at each cell, the distances from it to a face's edges and points."""

from __future__ import annotations

import numpy as np

from ml.faces.candidates import Canvas, cell_corners
from ml.faces.onnx_sessions import Network
from ml.faces.records import Backend, Detections, Floats, Picture
from ml.weights import Weights, WeightsUnusable

STRIDES = (8, 16, 32)
OVERLAP = 0.4
# How red, green and blue of 0 to 255 enter: (value - MIDDLE) / REACH.
MIDDLE, REACH = np.float32(127.5), np.float32(128)
# Numbers at each cell: the score, the edges, and two for each of five points.
SCORE, EDGES, POINTS = 1, 4, 10


class Scrfd:
    def __init__(
        self, name: str, weights: Weights, *, threads: int, long_side: int, min_score: float
    ) -> None:
        self._network = Network(weights, threads)
        self._path = weights.path
        self._long_side = long_side
        self._min_score = min_score
        self.backend = Backend(name, f"{weights.version}-{long_side}-{min_score:g}-{OVERLAP:g}")

    def __call__(self, rgb: Picture) -> Detections:
        canvas = Canvas.of(rgb, self._long_side, fixed_size(self._network))
        answers = self._network.run((canvas.channels_first() - MIDDLE) / REACH)
        scores, edges, points = (self._levels(answers, width) for width in (SCORE, EDGES, POINTS))
        cells = _cells(canvas.pixels.shape[:2], [len(level) for level in scores])
        reach = np.concatenate([level * s for level, s in zip(edges, STRIDES, strict=True)])
        marks = np.concatenate([level * s for level, s in zip(points, STRIDES, strict=True)])
        return canvas.faces(
            np.concatenate([cells - reach[:, :2], cells + reach[:, 2:]], axis=1),
            np.concatenate(scores)[:, 0],
            cells[:, None] + marks.reshape(-1, 5, 2),
            min_score=self._min_score,
            overlap=OVERLAP,
        )

    def _levels(self, answers: list[Floats], width: int) -> list[Floats]:
        """The finest first: exports differ in order and names, never in how many cells each has."""
        levels = [answer.reshape(-1, width) for answer in answers if answer.shape[-1] == width]
        if len(levels) != len(STRIDES):
            raise WeightsUnusable(
                f"{self._path} is no SCRFD network with five points: it answers "
                f"{[answer.shape for answer in answers]}."
            )
        return sorted(levels, key=len, reverse=True)


def fixed_size(network: Network) -> tuple[int, int] | None:
    height, width = network.input_shape[2:]
    return (height, width) if height and width else None


def _cells(size: tuple[int, ...], counts: list[int]) -> Floats:
    """Where each answer stands on the canvas; a level has one or more answers for each cell."""
    levels = []
    for stride, count in zip(STRIDES, counts, strict=True):
        corners = cell_corners(size[0] // stride, size[1] // stride) * stride
        levels.append(np.repeat(corners, count // len(corners), axis=0))
    return np.concatenate(levels)
