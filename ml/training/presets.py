"""
Recipes by name.

The five that are named as the rows of the paper's second table differ in their base alone, whose
configuration says what is seen of the faces (`ml/facetrack_mm/presets.py`); the first of them
trains nothing. The paper tells rank, alpha, batch, epochs, frames and precision; the rest is the
recipe of the model that it builds on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ml.training.recipe import (
    FramesRecipe,
    LoraRecipe,
    Problem,
    Recipe,
    RecipeRefused,
    SaveRecipe,
    TrainRecipe,
    parse,
)

PAPER = Recipe()
MINI = Recipe(
    preset="mini",
    base="mini",
    lora=LoraRecipe(rank=16, alpha=32, dropout=0.0),
    train=TrainRecipe(
        epochs=8,
        batch=8,
        micro_batch=8,
        learning_rate=5e-4,
        face_projector_learning_rate=1e-3,
        warmup_ratio=0.05,
        max_length=512,
        gradient_checkpointing=False,
        stc_checkpointing=False,
        precision="fp32",
        group_by_length=True,
    ),
)
TINY = replace(
    MINI,
    preset="tiny",
    base="tiny",
    lora=LoraRecipe(rank=8, alpha=16, dropout=0.0),
    train=replace(MINI.train, batch=2, micro_batch=2, learning_rate=1e-2, epochs=4),
    frames=FramesRecipe(count=4),
    save=SaveRecipe(every_steps=2),
)


def _row(name: str, base: str, epochs: int = PAPER.train.epochs) -> Recipe:
    return replace(PAPER, preset=name, base=base, train=replace(PAPER.train, epochs=epochs))


PRESETS = {
    recipe.preset: recipe
    for recipe in (
        PAPER,
        _row("VideoLLaMA2", "7b-no-faces", epochs=0),
        _row("VideoLLaMA2, tuned", "7b-no-faces"),
        _row("tuned, with detected faces", "7b-every-face"),
        _row("tuned, with tracked faces", "7b-tracked-clip"),
        _row("FaceTrack-MM", "7b"),
        MINI,
        TINY,
    )
}


def read_values(path: Path) -> object:
    """Raises RecipeRefused for what is no JSON; what the values are is for `resolve` to say."""
    try:
        values: object = json.loads(path.read_bytes())
    except ValueError as problem:
        raise RecipeRefused([Problem("", f"The recipe is no JSON: {problem}.")]) from None
    except OSError as problem:
        told = f"The recipe {path} cannot be read: {problem.strerror}."
        raise RecipeRefused([Problem("", told)]) from None
    return values


def resolve(values: object) -> Recipe:
    """What is left out is the preset's. Raises RecipeRefused."""
    if not isinstance(values, dict):
        raise RecipeRefused([Problem("", "The recipe is no JSON object.")])
    name = values.get("preset", PAPER.preset)
    if not isinstance(name, str) or name not in PRESETS:
        raise RecipeRefused([Problem("preset", f"Name one of: {'; '.join(PRESETS)}.")])
    return parse(_laid_over(PRESETS[name].as_dict(), values))


def changed(recipe: Recipe) -> dict[str, tuple[Any, Any]]:
    """By field, the preset's value and this one; the name is nobody's."""
    before = dict(flat(PRESETS[recipe.preset].as_dict()))
    after = dict(flat(recipe.as_dict()))
    return {
        field: (before[field], value)
        for field, value in after.items()
        if value != before[field] and field != "name"
    }


def flat(values: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every field by its path with dots."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _laid_over(values: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    laid = dict(values)
    for name, other in others.items():
        inner = laid.get(name)
        is_group = isinstance(inner, dict) and isinstance(other, dict)
        laid[name] = _laid_over(inner or {}, other) if is_group else other
    return laid
