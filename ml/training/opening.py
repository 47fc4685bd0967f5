"""A base with an adapter that is about to learn, on its device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from accelerate import PartialState
from transformers import set_seed

from ml.faces.protocols import Landmarker
from ml.facetrack_mm.adapters import Adapters, lora
from ml.facetrack_mm.checkpoints import load_model
from ml.facetrack_mm.config import FaceTrackConfig
from ml.facetrack_mm.loading import landmarker_for
from ml.facetrack_mm.model import FaceTrackModel
from ml.facetrack_mm.prompt import PromptWriter, load_tokenizer
from ml.facetrack_mm.quantizing import CannotQuantize, quantize
from ml.facetrack_mm.reading import ClipReader
from ml.facetrack_mm.tensors import CheckpointRefused
from ml.training.bases import Base
from ml.training.checking import misfits
from ml.training.examples import TrainingExample
from ml.training.failures import RunFailed
from ml.training.features import FeatureFiles, Features, FrozenParts, made_by
from ml.training.learner import Learner, ready_to_learn
from ml.training.reading import read_clip
from ml.training.recipe import Recipe
from ml.weights import WeightsUnusable

# What the adapter is called while it learns.
NAME = "trained"


@dataclass(frozen=True)
class Student:
    learner: Learner
    adapters: Adapters
    writer: PromptWriter
    make: Callable[[TrainingExample], Features]
    files: FeatureFiles

    @property
    def config(self) -> FaceTrackConfig:
        return self.learner.model.config


def open_student(
    recipe: Recipe, base: Base, models: Path, features: Path, base_adapter: Path | None = None
) -> Student:
    dtype = torch.bfloat16 if recipe.train.precision == "bf16" else torch.float32
    # Joins the processes where there are several, before anything is told to one of them.
    device = PartialState(cpu=not torch.cuda.is_available()).device
    model = load_model(base.folder, dtype)
    if problems := misfits(recipe, model.config):
        raise RunFailed("bad_recipe", f"{problems[0].field}: {problems[0].message}")
    if recipe.train.quantize == "nf4":
        _quantize(model, str(device))
    model = model.to(device)
    parts = FrozenParts(model, *_trained(recipe, model.config))
    adapters = Adapters(model)
    set_seed(recipe.seed)
    added = recipe.lora
    adapters.add(NAME, lora(added.rank, added.alpha, added.dropout, added.targets))
    learner = ready_to_learn(parts, recipe)
    if base_adapter is not None:
        _begin_with(adapters, base_adapter)
    landmarker = _landmarker(model.config, models)
    reader = ClipReader(model.config, landmarker)
    key = made_by(parts, base.sha256, landmarker.backend.key if landmarker else None)
    if base_adapter is not None and not (parts.trains_video and parts.trains_face):
        key = f"{key} {base_adapter.resolve()}"
    return Student(
        learner,
        adapters,
        PromptWriter(load_tokenizer(base.folder), model.config),
        lambda example: parts.features(read_clip(reader, example)),
        FeatureFiles(features, key),
    )


def _trained(recipe: Recipe, config: FaceTrackConfig) -> tuple[bool, bool]:
    """Of video and faces; a projector that they share is the video's."""
    video = recipe.train.video_projector == "trained"
    is_shared = config.face is not None and config.face.projector == "shared"
    return video, video if is_shared else recipe.train.face_projector == "trained"


def _quantize(model: FaceTrackModel, device: str) -> None:
    try:
        quantize(model, device)
    except CannotQuantize as refusal:
        raise RunFailed("bad_recipe", f"train.quantize: {refusal}") from None


def _begin_with(adapters: Adapters, folder: Path) -> None:
    try:
        adapters.restore(NAME, folder)
    except CheckpointRefused as refusal:
        told = f"{refusal} Name an adapter of this base, of the recipe's rank and layers."
        raise RunFailed("adapter_for_another_base", told) from None


def _landmarker(config: FaceTrackConfig, models: Path) -> Landmarker | None:
    try:
        return landmarker_for(config, models)
    except WeightsUnusable as problem:
        raise RunFailed("base_missing", str(problem)) from None
