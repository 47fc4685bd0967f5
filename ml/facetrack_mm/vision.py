"""The CLIP tower, of which only the patches' hidden states are used; it is never trained."""

from __future__ import annotations

import torch
from torch import Tensor
from transformers import CLIPVisionConfig, CLIPVisionModel

from ml.facetrack_mm.config import VisionConfig


def build_vision_tower(config: VisionConfig) -> CLIPVisionModel:
    return CLIPVisionModel(
        CLIPVisionConfig(
            hidden_size=config.hidden_size,
            intermediate_size=config.intermediate_size,
            num_hidden_layers=config.num_hidden_layers,
            num_attention_heads=config.num_attention_heads,
            image_size=config.image_size,
            patch_size=config.patch_size,
            hidden_act="quick_gelu",
        )
    )


@torch.no_grad()
def vision_features(tower: CLIPVisionModel, pixels: Tensor, feature_layer: int) -> Tensor:
    """
    pixels   (N, 3, S, S)
    returns  (N, L, C), patches by row and column, without the class position

    Runs layer by layer: asked for all its hidden states, the tower would hold them all at once,
    half a gigabyte for a clip of the released size, and run a layer that nobody looks at.
    """
    hidden = tower.pre_layrnorm(tower.embeddings(pixels))
    for layer in tower.encoder.layers[: len(tower.encoder.layers) + 1 + feature_layer]:
        hidden = layer(hidden, None)
    features: Tensor = hidden[:, 1:]
    return features
