"""
What training adds to a model: low-rank weights beside the language model's, and projectors.

An adapter is a folder with `adapter_config.json` and `adapter_model.safetensors`, as peft writes
them, and `projectors.safetensors`. Several may be loaded; using another one moves no base weight.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from peft import LoraConfig
from peft.tuners.lora import LoraLayer
from peft.utils import get_peft_model_state_dict, set_peft_model_state_dict
from safetensors.torch import save_file
from torch import Tensor, nn

from ml.facetrack_mm.model import FaceTrackModel
from ml.facetrack_mm.release import read_json
from ml.facetrack_mm.tensors import CheckpointRefused, Tensors, read_tensors

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
PROJECTORS = "projectors.safetensors"
# The language model's linear layers. The names are given to it alone, because the towers have
# layers of the same names, which stay frozen.
LAYERS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
PROJECTOR_NAMES = ("mm_projector", "face_projector")
# peft writes the names that the language model has inside its own wrapper.
WRAPPER = "base_model.model."


def lora(
    rank: int = 64, alpha: int = 128, dropout: float = 0.05, layers: Iterable[str] = LAYERS
) -> LoraConfig:
    """The paper's rank and alpha, the dropout of the recipe that it builds on."""
    return LoraConfig(
        r=rank, lora_alpha=alpha, lora_dropout=dropout, target_modules=list(layers), bias="none"
    )


@dataclass
class Loaded:
    """`inner` is the name that peft knows it by: a plain word, which no layer has."""

    inner: str
    projectors: Tensors


class Adapters:
    """The adapters of one model; None is the model as it was loaded."""

    def __init__(self, model: FaceTrackModel) -> None:
        self.model = model
        self._base = _projectors(model)
        self._loaded: dict[str, Loaded] = {}
        self._used: str | None = None
        self._numbers = itertools.count()

    @property
    def names(self) -> list[str]:
        return list(self._loaded)

    def add(self, name: str, config: LoraConfig) -> None:
        """A new one, to be trained: it changes nothing until it is. It is in use from here on."""
        drawn = {key: tensor.clone() for key, tensor in self._base.items()}
        self._add(name, config, drawn)
        self.use(name)

    def load(self, name: str, folder: Path) -> None:
        """Refuses a folder that was made for another model; the one in use stays in use then."""
        config = _read_config(folder)
        weights, projectors = (read_tensors(folder / file) for file in (WEIGHTS, PROJECTORS))
        if _shapes(projectors) != _shapes(self._base):
            raise CheckpointRefused(f"{folder / PROJECTORS} belongs to another model.")
        held = {key: tensor.to(self._base[key]) for key, tensor in projectors.items()}
        loaded = self._add(name, config, held)
        if _shapes(weights) != _shapes(_weights(self.model, loaded)):
            self._delete(name)
            raise CheckpointRefused(f"{folder / WEIGHTS} belongs to another model.")
        unwrapped = {key.removeprefix(WRAPPER): tensor for key, tensor in weights.items()}
        set_peft_model_state_dict(self.model.language_model, unwrapped, loaded.inner)
        self.use(name)

    def forget(self, name: str) -> None:
        """Frees its memory. Where it was in use the model is as it was loaded."""
        if self._used == name:
            self._used = None
        self._delete(name)

    def use(self, name: str | None) -> None:
        if name is not None:
            self.model.language_model.enable_adapters()
            self.model.language_model.set_adapter(self._loaded[name].inner)
        elif self._loaded:
            self.model.language_model.disable_adapters()
        projectors = self._base if name is None else self._loaded[name].projectors
        for key, parameter in _open_parameters(self.model):
            parameter.data = projectors[key]
        self._used = name

    def save(self, name: str, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        loaded = self._loaded[name]
        self.model.language_model.peft_config[loaded.inner].save_pretrained(str(folder))
        save_file(_packed(_weights(self.model, loaded)), folder / WEIGHTS)
        # Of the one in use the model's own: they may have moved to a device, or been trained.
        projectors = _projectors(self.model) if name == self._used else loaded.projectors
        save_file(_packed(projectors), folder / PROJECTORS)

    @torch.no_grad()
    def restore(self, name: str, folder: Path) -> None:
        """What `save` wrote of it, into the one in use, which stays where and what it is."""
        loaded, opened = self._loaded[name], dict(_open_parameters(self.model))
        weights, projectors = (read_tensors(folder / file) for file in (WEIGHTS, PROJECTORS))
        if _shapes(weights) != _shapes(_weights(self.model, loaded)):
            raise CheckpointRefused(f"{folder / WEIGHTS} belongs to another model.")
        if _shapes(projectors) != _shapes(_projectors(self.model)):
            raise CheckpointRefused(f"{folder / PROJECTORS} belongs to another model.")
        unwrapped = {key.removeprefix(WRAPPER): tensor for key, tensor in weights.items()}
        set_peft_model_state_dict(self.model.language_model, unwrapped, loaded.inner)
        for key, tensor in projectors.items():
            opened[key].copy_(tensor)

    @torch.no_grad()
    def merge(self, name: str) -> None:
        """Into the base weights, for good; no adapter is left."""
        self.use(name)
        language_model = self.model.language_model
        for path, layer in list(language_model.named_modules()):
            if isinstance(layer, LoraLayer):
                layer.merge(adapter_names=[self._loaded[name].inner])
                parent, _, leaf = path.rpartition(".")
                setattr(language_model.get_submodule(parent), leaf, layer.get_base_layer())
        self._base = self._loaded[name].projectors
        self._loaded = {}

    def _add(self, name: str, config: LoraConfig, projectors: Tensors) -> Loaded:
        if name in self._loaded:
            raise ValueError(f"There is an adapter named {name} already.")
        loaded = Loaded(f"adapter_{next(self._numbers)}", projectors)
        self.model.language_model.add_adapter(config, loaded.inner)
        # What is new would drop out words of a model that only writes.
        self.model.train(self.model.training)
        self._loaded[name] = loaded
        return loaded

    def _delete(self, name: str) -> None:
        self.model.language_model.delete_adapter(self._loaded.pop(name).inner)
        self.use(self._used)


def _projectors(model: FaceTrackModel) -> Tensors:
    return {name: parameter.data for name, parameter in _open_parameters(model)}


def _open_parameters(model: FaceTrackModel) -> list[tuple[str, nn.Parameter]]:
    return [
        (name, parameter)
        for name, parameter in model.named_parameters()
        if name.partition(".")[0] in PROJECTOR_NAMES
    ]


def _weights(model: FaceTrackModel, loaded: Loaded) -> Tensors:
    found: Tensors = get_peft_model_state_dict(model.language_model, adapter_name=loaded.inner)
    return {f"{WRAPPER}{key}": tensor for key, tensor in found.items()}


def _read_config(folder: Path) -> LoraConfig:
    if read_json(folder / CONFIG).get("peft_type") != "LORA":
        raise CheckpointRefused(f"{folder / CONFIG} is of no low-rank adapter.")
    config: LoraConfig = LoraConfig.from_pretrained(str(folder))
    return config


def _shapes(tensors: Tensors) -> dict[str, torch.Size]:
    return {name: tensor.shape for name, tensor in tensors.items()}


def _packed(tensors: Tensors) -> dict[str, Tensor]:
    return {name: tensor.detach().contiguous() for name, tensor in tensors.items()}
