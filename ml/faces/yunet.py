"""YuNet: at each cell, whether there is a face, its centre and size, and its points."""

from __future__ import annotations

import numpy as np

from ml.faces.candidates import Canvas, cell_corners
from ml.faces.onnx_sessions import Network
from ml.faces.records import Backend, Detections, Floats, Picture
from ml.faces.scrfd import STRIDES, fixed_size
from ml.weights import Weights, WeightsUnusable

OVERLAP = 0.3
KINDS = ("cls", "obj", "bbox", "kps")


class YuNet:
    def __init__(self, weights: Weights, *, threads: int, long_side: int, min_score: float) -> None:
        self._network = Network(weights, threads)
        wanted = {f"{kind}_{stride}" for kind in KINDS for stride in STRIDES}
        if not wanted <= set(self._network.outputs):
            raise WeightsUnusable(
                f"{weights.path} is no YuNet network of 2023 or later: it answers "
                f"{', '.join(self._network.outputs)}."
            )
        self._long_side = long_side
        self._min_score = min_score
        self.backend = Backend("yunet", f"{weights.version}-{long_side}-{min_score:g}-{OVERLAP:g}")

    def __call__(self, rgb: Picture) -> Detections:
        canvas = Canvas.of(rgb, self._long_side, fixed_size(self._network))
        # It was trained on blue, green, red.
        answers = self._network.run(canvas.channels_first()[:, ::-1])
        named = dict(zip(self._network.outputs, answers, strict=True))
        rows, columns = canvas.pixels.shape[:2]
        levels = [_decode(named, stride, rows, columns) for stride in STRIDES]
        boxes, scores, landmarks = (np.concatenate(parts) for parts in zip(*levels, strict=True))
        return canvas.faces(boxes, scores, landmarks, min_score=self._min_score, overlap=OVERLAP)


def _decode(
    named: dict[str, Floats], stride: int, rows: int, columns: int
) -> tuple[Floats, Floats, Floats]:
    """Boxes, scores and landmarks of one level on the canvas."""
    cells = cell_corners(rows // stride, columns // stride)
    is_face, is_thing = (
        np.clip(named[f"{kind}_{stride}"].reshape(-1), 0, 1) for kind in ("cls", "obj")
    )
    box = named[f"bbox_{stride}"].reshape(-1, 4)
    centre, extent = (cells + box[:, :2]) * stride, np.exp(box[:, 2:]) * stride
    points = named[f"kps_{stride}"].reshape(-1, 5, 2)
    return (
        np.concatenate([centre - extent / 2, centre + extent / 2], axis=1),
        np.sqrt(is_face * is_thing),
        (points + cells[:, None]) * stride,
    )
