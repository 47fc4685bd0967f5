"""
FaceXFormer's decoder: learned tokens, one for each question about a face, look at its map.

Modules have the names that the released weights have. Shape letters: N faces, Q tokens,
P positions of the map, D width.
"""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import layer_norm, relu, scaled_dot_product_attention

from ml.facetrack_mm.config import FaceXFormerConfig

# Numbers that each head gives: 68 points, pitch, yaw and roll in radians, and classes.
HEADS = {
    "landmarks": 136,
    "pose": 3,
    "attribute": 40,
    "visibility": 29,
    "age": 8,
    "gender": 2,
    "race": 5,
}
MASKS = 11
# Cross-attention works in a space this many times narrower.
NARROWING = 2
UPSCALING_EPS = 1e-6


class Attention(nn.Module):
    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(width, inner)
        self.k_proj = nn.Linear(width, inner)
        self.v_proj = nn.Linear(width, inner)
        self.out_proj = nn.Linear(inner, width)

    def forward(self, queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        split = [
            projected.unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for projected in (self.q_proj(queries), self.k_proj(keys), self.v_proj(values))
        ]
        answer: Tensor = self.out_proj(
            scaled_dot_product_attention(*split).transpose(1, 2).flatten(2)
        )
        return answer


class TokenMlp(nn.Module):
    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.lin1 = nn.Linear(width, inner)
        self.lin2 = nn.Linear(inner, width)

    def forward(self, tokens: Tensor) -> Tensor:
        answer: Tensor = self.lin2(relu(self.lin1(tokens)))
        return answer


class TwoWayLayer(nn.Module):
    """The first layer's tokens are their own place and look at each other without it."""

    def __init__(self, config: FaceXFormerConfig, *, is_first: bool) -> None:
        super().__init__()
        width, heads = config.decoder_dim, config.decoder_heads
        narrow = width // NARROWING
        self.is_first = is_first
        self.self_attn = Attention(width, heads, width)
        self.norm1 = nn.LayerNorm(width)
        self.cross_attn_token_to_image = Attention(width, heads, narrow)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = TokenMlp(width, config.decoder_mlp_dim)
        self.norm3 = nn.LayerNorm(width)
        self.cross_attn_image_to_token = Attention(width, heads, narrow)
        self.norm4 = nn.LayerNorm(width)

    def forward(
        self, tokens: Tensor, image: Tensor, token_places: Tensor, image_places: Tensor
    ) -> tuple[Tensor, Tensor]:
        if self.is_first:
            tokens = self.self_attn(tokens, tokens, tokens)
        else:
            placed = tokens + token_places
            tokens = tokens + self.self_attn(placed, placed, tokens)
        tokens = self.norm1(tokens)
        placed_image = image + image_places
        looked = self.cross_attn_token_to_image(tokens + token_places, placed_image, image)
        tokens = self.norm2(tokens + looked)
        tokens = self.norm3(tokens + self.mlp(tokens))
        told = self.cross_attn_image_to_token(placed_image, tokens + token_places, tokens)
        return tokens, self.norm4(image + told)


class TwoWayTransformer(nn.Module):
    def __init__(self, config: FaceXFormerConfig) -> None:
        super().__init__()
        width = config.decoder_dim
        self.layers = nn.ModuleList(
            TwoWayLayer(config, is_first=number == 0) for number in range(config.decoder_depth)
        )
        self.final_attn_token_to_image = Attention(width, config.decoder_heads, width // NARROWING)
        self.norm_final_attn = nn.LayerNorm(width)

    def forward(self, start: Tensor, image: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
        tokens = start
        for layer in self.layers:
            tokens, image = layer(tokens, image, start, places)
        looked = self.final_attn_token_to_image(tokens + start, image + places, image)
        return self.norm_final_attn(tokens + looked), image


class Mlp(nn.Module):
    def __init__(self, width: int, outer: int) -> None:
        super().__init__()
        sizes = [width, width, width, outer]
        self.layers = nn.ModuleList(nn.Linear(*pair) for pair in pairwise(sizes))

    def forward(self, tokens: Tensor) -> Tensor:
        for layer in self.layers[:-1]:
            tokens = relu(layer(tokens))
        answer: Tensor = self.layers[-1](tokens)
        return answer


class MapNorm(nn.Module):
    """Layer norm over the channels of (N, C, H, W)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, maps: Tensor) -> Tensor:
        last = maps.movedim(1, -1)
        normed = layer_norm(last, self.weight.shape, self.weight, self.bias, UPSCALING_EPS)
        return normed.movedim(-1, 1)


class PlaceCode(nn.Module):
    """Where a position of the map lies, by random waves that belong to the weights."""

    positional_encoding_gaussian_matrix: Tensor

    def __init__(self, width: int) -> None:
        super().__init__()
        self.register_buffer("positional_encoding_gaussian_matrix", torch.randn(2, width // 2))

    def forward(self, side: int) -> Tensor:
        """Returns (P, D), row by row."""
        waves = self.positional_encoding_gaussian_matrix
        middles = (torch.arange(side, device=waves.device, dtype=waves.dtype) + 0.5) / side
        rows, columns = torch.meshgrid(middles, middles, indexing="ij")
        places = 2 * torch.stack([columns, rows], dim=-1).flatten(0, 1) - 1
        angles = 2 * math.pi * (places @ waves)
        return torch.cat([angles.sin(), angles.cos()], dim=-1)


class FaceDecoder(nn.Module):
    def __init__(self, config: FaceXFormerConfig) -> None:
        super().__init__()
        width = config.decoder_dim
        self.transformer = TwoWayTransformer(config)
        for name, size in HEADS.items():
            self.add_module(f"{name}_token", nn.Embedding(1, width))
            self.add_module(f"{name}_prediction_head", Mlp(width, size))
        self.mask_tokens = nn.Embedding(MASKS, width)
        self.output_upscaling = nn.Sequential(
            nn.ConvTranspose2d(width, width // 4, kernel_size=2, stride=2),
            MapNorm(width // 4),
            nn.GELU(),
            nn.ConvTranspose2d(width // 4, width // 8, kernel_size=2, stride=2),
            nn.GELU(),
        )
        self.output_hypernetwork_mlps = Mlp(width, width // 8)

    def forward(self, fused: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
        """
        fused    (N, D, H, W)
        places   (P, D)
        returns  tokens (N, 18, D), the questions in the order of HEADS, then the masks;
                 image tokens (N, P, D)
        """
        questions = [self.get_parameter(f"{name}_token.weight") for name in HEADS]
        start = torch.cat([*questions, self.mask_tokens.weight])
        image = fused.flatten(2).transpose(1, 2)
        answer: tuple[Tensor, Tensor] = self.transformer(
            start.expand(len(fused), -1, -1), image, places
        )
        return answer

    def heads(self, tokens: Tensor) -> dict[str, Tensor]:
        return {
            name: self.get_submodule(f"{name}_prediction_head")(tokens[:, place])
            for place, name in enumerate(HEADS)
        }

    def masks(self, tokens: Tensor, image_tokens: Tensor) -> Tensor:
        """(N, 11, 4H, 4W): how much each position belongs to each part of the face."""
        side = math.isqrt(image_tokens.shape[1])
        maps = image_tokens.transpose(1, 2).reshape(len(tokens), -1, side, side)
        weights = self.output_hypernetwork_mlps(tokens[:, len(HEADS) :])
        return torch.einsum("nmc,nchw->nmhw", weights, self.output_upscaling(maps))
