"""Weights by name: that all of them are there, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

Tensors = dict[str, Tensor]
# Names in a message; more help nobody.
SHOWN = 5


class CheckpointRefused(ValueError):
    """The message names the file or the tensors, and says what to do."""


def read_tensors(path: Path) -> Tensors:
    try:
        return load_file(path)
    except (SafetensorError, OSError) as problem:
        raise CheckpointRefused(f"{path} cannot be read: {problem}. Fetch it again.") from problem


def fill(module: nn.Module, tensors: Mapping[str, Tensor], source: str) -> None:
    """
    The module takes the tensors themselves, where it had none (meta) or random ones.

    Refuses what is missing, unexpected or of another shape, by name.
    """
    expected = module.state_dict()
    _refuse_names(expected.keys() - tensors.keys(), "lacks", source)
    _refuse_names(tensors.keys() - expected.keys(), "also holds", source)
    for name, tensor in tensors.items():
        if tensor.shape != expected[name].shape:
            shapes = f"{list(tensor.shape)} instead of {list(expected[name].shape)}"
            raise CheckpointRefused(f"{source}: {name} has the shape {shapes}.")
    module.load_state_dict(dict(tensors), strict=True, assign=True)


def _refuse_names(names: set[str], verb: str, source: str) -> None:
    if names:
        shown = ", ".join(sorted(names)[:SHOWN])
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        raise CheckpointRefused(f"{source} {verb} {shown}{more}.")
