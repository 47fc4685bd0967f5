"""
The language model in four bits, by bitsandbytes: the paper's takes four gigabytes instead of
fourteen. What sees and what joins stays as it is, and so do the words' embeddings.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

import torch
from torch import nn

from ml.facetrack_mm.model import FaceTrackModel
from ml.facetrack_mm.tensors import CheckpointRefused

# Four bits whose steps lie as the weights of trained networks do.
KIND = "nf4"
PACKAGE = "bitsandbytes==0.50.2"


class CannotQuantize(CheckpointRefused):
    """The package or the device does not allow it; the message says what to do."""


def quantize(model: FaceTrackModel, device: str) -> None:
    """Moves the layers to the device one by one, so that they are never there in full."""
    package = _package()
    layers = model.language_model.get_submodule("model.layers")
    dtype = next(layers.parameters()).dtype
    _try_out(package, dtype, device)
    for path, layer in list(layers.named_modules()):
        if isinstance(layer, nn.Linear):
            parent, _, leaf = path.rpartition(".")
            setattr(layers.get_submodule(parent), leaf, _in_four_bits(package, layer, device))
    # By this peft knows which kind of layers to lay its own over.
    model.language_model.is_loaded_in_4bit = True  # type: ignore[assignment]  # no part of it


def _package() -> ModuleType:
    try:
        return import_module("bitsandbytes")
    except ImportError:
        raise CannotQuantize(
            f"Four bits need a package that is not here. Run pip install {PACKAGE}, "
            "or take the model as it is."
        ) from None


def _try_out(package: ModuleType, dtype: torch.dtype, device: str) -> None:
    layer = nn.Linear(64, 64, bias=False, dtype=dtype)
    seen = torch.ones(1, 64, dtype=dtype, device=device)
    try:
        with torch.inference_mode():
            _in_four_bits(package, layer, device)(seen)
    except Exception as problem:
        raise CannotQuantize(
            f"bitsandbytes does not work on this device ({type(problem).__name__}). "
            "Take the model as it is."
        ) from problem


def _in_four_bits(package: ModuleType, layer: nn.Linear, device: str) -> Any:
    weight = layer.weight.detach()
    made = package.nn.Linear4bit(
        layer.in_features,
        layer.out_features,
        bias=layer.bias is not None,
        compute_dtype=weight.dtype,
        quant_type=KIND,
        device="meta",
    )
    made.weight = package.nn.Params4bit(weight, requires_grad=False, quant_type=KIND)
    if layer.bias is not None:
        made.bias = layer.bias
    return made.train(layer.training).to(device)
