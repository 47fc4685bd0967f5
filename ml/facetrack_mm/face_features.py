"""
The readings of what a face's features are, and what makes tokens of each.

Shape letters: N faces, L positions, C width, R streams of faces, T frames, D width of words.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import adaptive_avg_pool2d

from ml.facetrack_mm.config import FaceConfig, FaceTrackConfig
from ml.facetrack_mm.face_encoder import FaceXFormer
from ml.facetrack_mm.face_widths import ON_GRID, face_width
from ml.facetrack_mm.stc import SpatioTemporalConnector

ENCODED = ("stage4", "fused", "task_tokens")


class PositionProjector(nn.Module):
    """Every position becomes a token of its own."""

    def __init__(self, width_in: int, width_out: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(width_in, width_out), nn.GELU(), nn.Linear(width_out, width_out)
        )

    def forward(self, features: Tensor) -> Tensor:
        """From (R, T, L, C) to (R, T * L, D), by time."""
        tokens: Tensor = self.layers(features.flatten(1, 2))
        return tokens


@torch.no_grad()
def encoded_features(encoder: FaceXFormer, faces: Tensor, config: FaceConfig) -> Tensor:
    """From (N, 3, 224, 224) to (N, L, C)."""
    stages = encoder.stages(faces)
    if config.feature == "stage4":
        return stages[-1].flatten(2).transpose(1, 2)
    fused = encoder.fuse(stages)
    if config.feature == "fused":
        return adaptive_avg_pool2d(fused, config.fused_side).flatten(2).transpose(1, 2)
    tokens, _ = encoder.decode(fused)
    return tokens[:, : config.task_tokens]


def build_face_projector(config: FaceTrackConfig) -> SpatioTemporalConnector | PositionProjector:
    face = config.face
    if face is None:
        raise ValueError("the model has no faces")
    width_in, width_out = face_width(config, face), config.language.hidden_size
    if face.feature in ON_GRID:
        return SpatioTemporalConnector(width_in, width_out, config.connector_depth)
    return PositionProjector(width_in, width_out)
