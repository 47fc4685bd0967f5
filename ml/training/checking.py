"""Whether a recipe can run, what of it is another than its preset's, and what it takes."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from ml.facetrack_mm.config import ConfigRefused, FaceTrackConfig
from ml.facetrack_mm.presets import PRESETS as MODELS
from ml.training.memory import Memory, estimate
from ml.training.presets import changed, resolve
from ml.training.recipe import Problem, Recipe, RecipeRefused

# Below the folder of models.
CHECKPOINTS = "facetrack-mm"
CONFIG = "config.json"


@dataclass(frozen=True)
class Device:
    """What is known of where it will run; the number of clips tells that of steps."""

    memory_gib: float | None = None
    clips: int | None = None


def check(values: object, models: Path, device: Device) -> dict[str, object]:
    """As JSON; `errors` is empty where the recipe can run."""
    try:
        recipe = resolve(values)
    except RecipeRefused as refusal:
        return {"errors": [asdict(problem) for problem in refusal.problems]}
    answer: dict[str, object] = {"recipe": recipe.as_dict(), "changed": changed(recipe)}
    try:
        config = base_config(recipe.base, models)
    except RecipeRefused as refusal:
        return answer | {"errors": [asdict(problem) for problem in refusal.problems]}
    memory = estimate(recipe, config)
    problems = misfits(recipe, config) + _too_large(memory, device)
    if device.clips is not None:
        answer["steps"] = count_steps(recipe, device.clips)
    errors = [asdict(problem) for problem in problems]
    return answer | {"memory": memory.as_dict(), "errors": errors}


def base_folder(base: str, models: Path) -> Path:
    """A path as it is; a name lies below the folder of models."""
    return Path(base) if "/" in base else models / CHECKPOINTS / base


def base_config(base: str, models: Path) -> FaceTrackConfig:
    """That of the folder, or where it is not here that of the model of the same name."""
    path = base_folder(base, models) / CONFIG
    try:
        return FaceTrackConfig.parse(path.read_bytes())
    except ConfigRefused as refusal:
        raise RecipeRefused([Problem("base", f"{path} is damaged: {refusal}")]) from None
    except OSError:
        if base in MODELS:
            return MODELS[base]
    raise RecipeRefused(
        [
            Problem(
                "base", f"There is no model in {path.parent}. Make it with: python -m ml assemble"
            )
        ]
    )


def misfits(recipe: Recipe, config: FaceTrackConfig) -> list[Problem]:
    """What of the recipe the base, or this machine, cannot do."""
    problems = []
    frames = recipe.frames.count
    if frames is not None and frames != config.frames.count:
        told = f"The base looks at {config.frames.count} frames, and is drafted with as many."
        problems.append(Problem("frames.count", told))
    if recipe.train.quantize == "nf4" and find_spec("bitsandbytes") is None:
        told = "Four bits need the package bitsandbytes, which is not installed here."
        problems.append(Problem("train.quantize", told))
    if recipe.train.optimizer == "adamw_8bit" and find_spec("bitsandbytes") is None:
        told = "Moments in eight bits need the package bitsandbytes, which is not installed here."
        problems.append(Problem("train.optimizer", told))
    return problems


def count_steps(recipe: Recipe, clips: int) -> int:
    steps = math.ceil(clips / recipe.train.batch) * recipe.train.epochs
    return min(steps, recipe.max_steps or steps)


def _too_large(memory: Memory, device: Device) -> list[Problem]:
    if device.memory_gib is None or memory.total_gib <= device.memory_gib:
        return []
    told = (
        f"This takes about {memory.total_gib:.1f} GiB, and the device has {device.memory_gib:g}. "
        "Hold fewer clips at a time, compute layers twice, or freeze the video's projector."
    )
    return [Problem("train.micro_batch", told)]
