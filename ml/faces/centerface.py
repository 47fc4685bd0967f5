"""CenterFace: a map of face centres, and sizes, offsets and points at each."""

from __future__ import annotations

import numpy as np

from ml.faces.candidates import Canvas
from ml.faces.onnx_sessions import Network, with_free_sizes
from ml.faces.records import Backend, Detections, Floats, Picture
from ml.weights import Weights

# Pixels of the input for each cell of the maps.
STRIDE = 4
OVERLAP = 0.3


class CenterFace:
    def __init__(self, weights: Weights, *, threads: int, long_side: int, min_score: float) -> None:
        self._network = Network(weights, threads, content=with_free_sizes(weights.content))
        self._long_side = long_side
        self._min_score = min_score
        self.backend = Backend(
            "centerface", f"{weights.version}-{long_side}-{min_score:g}-{OVERLAP:g}"
        )

    def __call__(self, rgb: Picture) -> Detections:
        canvas = Canvas.of(rgb, self._long_side)
        maps = self._network.run(canvas.channels_first())
        boxes, scores, landmarks = _decode([map_[0] for map_ in maps], self._min_score)
        return canvas.faces(boxes, scores, landmarks, min_score=self._min_score, overlap=OVERLAP)


def _decode(maps: list[Floats], min_score: float) -> tuple[Floats, Floats, Floats]:
    """
    Boxes, scores and landmarks on the canvas.

    heat (1, R, C), sizes (2, R, C), offsets (2, R, C), points (10, R, C); pairs are y, x.
    """
    heat, sizes, offsets, points = maps
    rows, columns = np.nonzero(heat[0] >= min_score)
    cells = np.stack([rows, columns], axis=1)
    # y, x all along; turned round at the end.
    extent = np.exp(sizes[:, rows, columns].T) * STRIDE
    centre = (cells + offsets[:, rows, columns].T + 0.5) * STRIDE
    corner = centre - extent / 2
    marks = points[:, rows, columns].T.reshape(-1, 5, 2) * extent[:, None] + corner[:, None]
    boxes = np.concatenate([corner[:, ::-1], (corner + extent)[:, ::-1]], axis=1)
    return boxes, heat[0, rows, columns], marks[..., ::-1]
