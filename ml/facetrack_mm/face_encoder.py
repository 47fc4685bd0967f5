"""
FaceXFormer: Swin's four maps of a face, their fusion, and the decoder on top.

Shape letters: N faces, D the decoder's width.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate
from transformers import SwinConfig, SwinModel

from ml.facetrack_mm.config import FaceXFormerConfig
from ml.facetrack_mm.face_decoder import FaceDecoder, PlaceCode


class ToFused(nn.Module):
    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.proj = nn.Linear(inner, outer)

    def forward(self, maps: Tensor) -> Tensor:
        projected: Tensor = self.proj(maps.movedim(1, -1))
        return projected.movedim(-1, 1)


class FaceXFormer(nn.Module):
    """Takes faces (N, 3, 224, 224), cut out with room around them and normalised."""

    def __init__(self, config: FaceXFormerConfig) -> None:
        super().__init__()
        swin = SwinConfig(
            image_size=config.image_size,
            patch_size=config.patch_size,
            embed_dim=config.embed_dim,
            depths=config.depths,
            num_heads=config.num_heads,
            window_size=config.window_size,
            drop_path_rate=0.0,
        )
        width = config.decoder_dim
        self.backbone = SwinModel(swin, add_pooling_layer=False)
        self.linear_c = nn.ModuleList(ToFused(inner, width) for inner in config.widths)
        self.linear_fuse = nn.Conv2d(width * len(config.widths), width, 1, bias=False)
        self.pe_layer = PlaceCode(width)
        self.face_decoder = FaceDecoder(config)

    def stages(self, faces: Tensor) -> tuple[Tensor, ...]:
        """After each stage's last block: (N, 128, 56, 56) to (N, 1024, 7, 7) as released."""
        seen = self.backbone(
            faces, output_hidden_states=True, output_hidden_states_before_downsampling=True
        )
        # The first is what went into stage 1.
        stages: tuple[Tensor, ...] = seen.reshaped_hidden_states[1:]
        return stages

    def fuse(self, stages: tuple[Tensor, ...]) -> Tensor:
        """(N, D, 56, 56)."""
        size = stages[0].shape[-2:]
        spread = [
            interpolate(linear(stage), size, mode="bilinear", align_corners=False)
            for linear, stage in zip(self.linear_c, stages, strict=True)
        ]
        fused: Tensor = self.linear_fuse(torch.cat(spread[::-1], dim=1))
        return fused

    def decode(self, fused: Tensor) -> tuple[Tensor, Tensor]:
        """Tokens (N, 18, D) and image tokens (N, 3136, D)."""
        answer: tuple[Tensor, Tensor] = self.face_decoder(fused, self.pe_layer(fused.shape[-1]))
        return answer

    @torch.no_grad()
    def landmarks(self, faces: Tensor) -> Tensor:
        """68 points in pixels of the face, (N, 68, 2)."""
        tokens, _ = self.decode(self.fuse(self.stages(faces)))
        places: Tensor = self.face_decoder.heads(tokens)["landmarks"].reshape(len(faces), -1, 2)
        return ((places + 1) * faces.shape[-1] - 1) / 2
