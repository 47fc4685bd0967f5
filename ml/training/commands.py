"""`python -m ml recipes` and `train`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

# Below the folder of models.
FEATURES = "features"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    recipes = commands.add_parser("recipes", help="the presets and fields of a training")
    recipes.set_defaults(run=_recipes)

    train = commands.add_parser("train", help="train an adapter of a FaceTrack-MM")
    train.add_argument("--recipe", type=Path, required=True, help="JSON over one of the presets")
    train.add_argument("--train", type=Path, help="manifest of the clips to learn from")
    train.add_argument("--validation", type=Path, help="manifest of those to look at its loss")
    train.add_argument("--out", type=Path, help="folder of the run")
    train.add_argument("--resume", action="store_true", help="go on where the folder stands")
    train.add_argument("--base-adapter", type=Path, help="folder of an adapter to begin with")
    train.add_argument(
        "--features", type=Path, help="for what frozen parts compute; default: below the models"
    )
    train.add_argument(
        "--features-gib", type=float, help="what they may take; default: half of the disk"
    )
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
    if arguments.check:
        return _check(arguments)
    if arguments.train is None or arguments.out is None:
        return {"error": "invalid_arguments", "message": "Name --train and --out, or --check."}
    return _run(arguments)


def _check(arguments: argparse.Namespace) -> dict[str, object]:
    """A success whatever the recipe's errors."""
    from ml.training.checking import Device, check
    from ml.training.presets import read_values
    from ml.training.recipe import RecipeRefused

    try:
        values = read_values(arguments.recipe)
    except RecipeRefused as refusal:
        return {"error": "bad_recipe", "message": str(refusal)}
    return check(values, _models(arguments), Device(arguments.memory_gib, arguments.clips))


def _run(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.training.stopping import StopRequest

    stop = StopRequest()
    stop.listen()
    from ml.training.folder import FolderTaken
    from ml.training.running import Asked, run

    _spare_cores()
    models = _models(arguments)
    asked = Asked(
        recipe=arguments.recipe,
        train=arguments.train,
        validation=arguments.validation,
        out=arguments.out,
        models=models,
        features=arguments.features or models / FEATURES,
        base_adapter=arguments.base_adapter,
        goes_on=arguments.resume,
        features_gib=arguments.features_gib,
    )
    try:
        ended = run(asked, stop)
    except FolderTaken as refusal:
        return {"error": refusal.code, "message": str(refusal)}
    return {"error": ended["code"], **ended} if ended["status"] == "failed" else ended


def _spare_cores() -> None:
    """As drafting does: threads that wait for a core cost more than they bring."""
    import torch

    if not torch.cuda.is_available() and "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(max(1, (os.cpu_count() or 1) // 2))


def _models(arguments: argparse.Namespace) -> Path:
    from ml.weights import models_folder

    folder: Path = arguments.models or models_folder()
    return folder
