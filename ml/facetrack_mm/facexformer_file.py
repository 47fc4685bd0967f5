"""
The released FaceXFormer weights, out of the training checkpoint they come in.

torch opens the file with `weights_only`, so that nothing in it runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from pickle import UnpicklingError

import torch
from torch import Tensor

from ml.facetrack_mm.tensors import CheckpointRefused, Tensors

WEIGHTS_KEY = "state_dict_backbone"
# Ours, then theirs: torchvision numbers what transformers names.
STEM = {"0.0.0": "embeddings.patch_embeddings.projection", "0.0.2": "embeddings.norm"}
BLOCK = {
    "norm1": "layernorm_before",
    "norm2": "layernorm_after",
    "mlp.0": "mlp.fc1",
    "mlp.3": "mlp.fc2",
    "attn.proj": "attention.o_proj",
}
BIAS_TABLE = "relative_position_bias_table"
STAGE = re.compile(r"backbone\.0\.([1357])\.(\d+)\.(.+)")
MERGING = re.compile(r"backbone\.0\.([246])\.(.+)")


def read_facexformer(path: Path) -> Tensors:
    """By our names."""
    try:
        # Released as a pickle only; `weights_only` builds tensors and nothing else.
        content = torch.load(path, map_location="cpu", weights_only=True)  # noqa: TID251
    except (UnpicklingError, RuntimeError, EOFError, OSError) as problem:
        raise CheckpointRefused(
            f"{path} is not a readable file of plain weights. Fetch FaceXFormer's model.pt again."
        ) from problem
    weights = content.get(WEIGHTS_KEY) if isinstance(content, dict) else None
    if not isinstance(weights, dict):
        raise CheckpointRefused(f"{path} holds no {WEIGHTS_KEY}. Name FaceXFormer's model.pt.")
    return dict(renamed for name, tensor in weights.items() for renamed in _rename(name, tensor))


def _rename(name: str, tensor: Tensor) -> Iterator[tuple[str, Tensor]]:
    if name.endswith("relative_position_index"):
        return  # follows from the window's size
    if block := STAGE.fullmatch(name):
        prefix = f"backbone.encoder.layers.{int(block[1]) // 2}.blocks.{block[2]}."
        yield from _rename_in_block(prefix, block[3], tensor)
    elif merging := MERGING.fullmatch(name):
        stage = int(merging[1]) // 2 - 1
        yield f"backbone.encoder.layers.{stage}.downsample.{merging[2]}", tensor
    elif name.startswith("backbone.1."):
        yield name.replace("backbone.1.", "backbone.layernorm."), tensor
    elif name.startswith("backbone.0.0."):
        part, _, kind = name.removeprefix("backbone.").rpartition(".")
        yield f"backbone.{STEM.get(part, part)}.{kind}", tensor
    else:
        yield name, tensor


def _rename_in_block(prefix: str, name: str, tensor: Tensor) -> Iterator[tuple[str, Tensor]]:
    part, _, kind = name.rpartition(".")
    if part == "attn.qkv":
        for letter, third in zip("qkv", tensor.chunk(3), strict=True):
            yield f"{prefix}attention.{letter}_proj.{kind}", third
    elif kind == BIAS_TABLE:
        yield f"{prefix}attention.relative_position_bias.{BIAS_TABLE}", tensor
    else:
        yield f"{prefix}{BLOCK.get(part, part)}.{kind}", tensor
