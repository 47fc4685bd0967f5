"""How wide a face's features are and how they lie, known without torch."""

from __future__ import annotations

from ml.facetrack_mm.config import FaceConfig, FaceTrackConfig
from ml.facetrack_mm.landmark_numbers import LANDMARK_NUMBERS

# Features on a square grid, which the connector of the video takes too.
ON_GRID = ("stage4", "fused", "clip")


def face_width(config: FaceTrackConfig, face: FaceConfig) -> int:
    return {
        "stage4": face.encoder.widths[-1],
        "fused": face.encoder.decoder_dim,
        "task_tokens": face.encoder.decoder_dim,
        "clip": config.vision.hidden_size if config.vision else 0,
        "landmarks": LANDMARK_NUMBERS,
    }[face.feature]
