"""`python -m ml recipes` and `train`."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    recipes = commands.add_parser("recipes", help="the presets and fields of a training")
    recipes.set_defaults(run=_recipes)

    train = commands.add_parser("train", help="train an adapter of a FaceTrack-MM")
    train.add_argument("--recipe", type=Path, required=True, help="JSON over one of the presets")
    train.add_argument("--models", type=Path, help="default: $MODELS_DIR, else var/models")
    train.add_argument("--check", action="store_true", help="only say whether it could run")
    train.add_argument("--memory-gib", type=float, help="of the device, for --check")
    train.add_argument("--clips", type=int, help="to train with, for --check")
    train.set_defaults(run=_train)


def _recipes(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.training.fields import fields
    from ml.training.presets import PRESETS

    presets = {name: recipe.as_dict() for name, recipe in PRESETS.items()}
    return {"presets": presets, "fields": fields()}


def _train(arguments: argparse.Namespace) -> dict[str, object]:
    """The answer of `--check` is a success whatever its errors."""
    from ml.training.checking import Device, check
    from ml.training.presets import read_values
    from ml.training.recipe import RecipeRefused
    from ml.weights import models_folder

    models = arguments.models or models_folder()
    try:
        values = read_values(arguments.recipe)
    except RecipeRefused as refusal:
        return {"error": "bad_recipe", "message": str(refusal)}
    return check(values, models, Device(arguments.memory_gib, arguments.clips))
