"""
Many frames' features in, few tokens for the language model out.

Modules have the names that the released weights have. Shape letters: B clips, T frames,
L positions of a square grid, C input width, D output width, H and W rows and columns.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import layer_norm, silu
from torch.utils.checkpoint import checkpoint

# The released connector was trained with this one in all its norms.
NORM_EPS = 1e-5
# Width of the squeeze, as a share of the block's input.
SQUEEZE = 0.25


class ChannelNorm(nn.Module):
    """Layer norm over the channels at each position of (N, C, H, W)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, maps: Tensor) -> Tensor:
        channels_last = maps.permute(0, 2, 3, 1)
        normed = layer_norm(channels_last, self.weight.shape, self.weight, self.bias, eps=NORM_EPS)
        return normed.permute(0, 3, 1, 2)


class ConvNorm(nn.Module):
    def __init__(self, inner: int, outer: int, *, kernel: int = 1, groups: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inner, outer, kernel, padding=kernel // 2, groups=groups, bias=False)
        self.bn = ChannelNorm(outer)

    def forward(self, maps: Tensor) -> Tensor:
        normed: Tensor = self.bn(self.conv(maps))
        return normed


class SqueezeExcite(nn.Module):
    def __init__(self, width: int, squeezed: int) -> None:
        super().__init__()
        self.fc1 = nn.Conv2d(width, squeezed, 1)
        self.fc2 = nn.Conv2d(squeezed, width, 1)

    def forward(self, maps: Tensor) -> Tensor:
        mean = maps.mean((2, 3), keepdim=True)
        gates: Tensor = self.fc2(silu(self.fc1(mean)))
        return maps * gates.sigmoid()


class Block(nn.Module):
    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.conv1 = ConvNorm(inner, outer)
        self.conv2 = ConvNorm(outer, outer, kernel=3, groups=outer)
        self.se = SqueezeExcite(outer, round(SQUEEZE * inner))
        self.conv3 = ConvNorm(outer, outer)
        self.downsample = ConvNorm(inner, outer) if inner != outer else nn.Identity()

    def forward(self, maps: Tensor) -> Tensor:
        inner = self.se(silu(self.conv2(silu(self.conv1(maps)))))
        return silu(self.conv3(inner) + self.downsample(maps))


class Stage(nn.Module):
    """With `computes_twice` a block keeps only its input for the way back."""

    def __init__(self, inner: int, outer: int, depth: int) -> None:
        super().__init__()
        self.computes_twice = False
        for number in range(depth):
            self.add_module(f"b{number + 1}", Block(outer if number else inner, outer))

    def forward(self, maps: Tensor) -> Tensor:
        for block in self.children():
            if self.computes_twice and torch.is_grad_enabled():
                maps = checkpoint(block, maps, use_reentrant=False)
            else:
                maps = block(maps)
        return maps


class SpatioTemporalConnector(nn.Module):
    def __init__(self, width_in: int, width_out: int, depth: int = 4) -> None:
        super().__init__()
        self.s1 = Stage(width_in, width_out, depth)
        self.sampler = nn.Sequential(
            nn.Conv3d(width_out, width_out, kernel_size=2, stride=2, padding=1), nn.SiLU()
        )
        self.s2 = Stage(width_out, width_out, depth)
        self.readout = nn.Sequential(
            nn.Linear(width_out, width_out), nn.GELU(), nn.Linear(width_out, width_out)
        )

    def forward(self, features: Tensor) -> Tensor:
        """
        features  (B, T, L, C)
        returns   (B, tokens, D), by time, then row, then column
        """
        clips, frames, positions, width = features.shape
        side = math.isqrt(positions)
        if side * side != positions:
            raise ValueError(f"{positions} positions are no square grid")
        maps = features.transpose(2, 3).reshape(clips * frames, width, side, side)
        maps = self.s1(maps)
        volume = maps.unflatten(0, (clips, frames)).transpose(1, 2)  # (B, D, T, H, W)
        volume = self.sampler(volume).transpose(1, 2)
        tokens = self.s2(volume.flatten(0, 1)).unflatten(0, (clips, volume.shape[1]))
        answer: Tensor = self.readout(tokens.permute(0, 1, 3, 4, 2).flatten(1, 3))
        return answer
