"""
What a training can be told, and whether that can run: asked of `ml` by a bounded child process,
since the web process never loads what knows it.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from annotation.errors import WorkflowError
from annotation.media import KILL_AFTER_S, ChildLimits, ml_command

logger = logging.getLogger(__name__)

# Nothing is written, and no weight is read.
ASKING = ChildLimits(cpu_s=20, wall_s=30)
# More than any recipe; the child reads it whole.
LARGEST_RECIPE = 64 * 1024


class TrainerAway(WorkflowError):
    """The program that knows recipes is not installed here, or failed."""

    code = "trainer_away"


@dataclass(frozen=True)
class Checked:
    """`errors` name fields with dots. Without a recipe the values made none."""

    recipe: dict[str, Any] | None
    # {"train.batch": [of the preset, of the recipe]}
    changed: dict[str, list[Any]] = field(default_factory=dict)
    memory: dict[str, Any] | None = None
    steps: int | None = None
    errors: list[dict[str, str]] = field(default_factory=list)


@cache
def presets() -> dict[str, Any]:
    """The presets with every value, and of each field its type, bounds and a line for people."""
    return _ask(["recipes"])


def check_recipe(
    recipe: dict[str, Any], *, clips: int | None = None, memory_gib: float | None = None
) -> Checked:
    """Values over a preset, as they would run on so many clips and so much memory."""
    text = json.dumps(recipe)
    if len(text) > LARGEST_RECIPE:
        return Checked(None, errors=[{"field": "", "message": "The recipe is too long."}])
    command = ["train", "--check", "--recipe", "/dev/stdin"]
    if clips is not None:
        command += ["--clips", str(clips)]
    if memory_gib is not None:
        command += ["--memory-gib", str(memory_gib)]
    answer = _ask(command, text)
    if "error" in answer:
        return Checked(None, errors=[{"field": "", "message": answer["message"]}])
    return Checked(
        answer.get("recipe"),
        answer.get("changed", {}),
        answer.get("memory"),
        answer.get("steps"),
        answer.get("errors", []),
    )


def _ask(command: list[str], sent: str = "") -> dict[str, Any]:
    models = os.environ.get("MODELS_DIR")
    try:
        child = subprocess.run(  # noqa: S603 - no shell, and what people sent is on the input
            ml_command(command, ASKING),
            input=sent.encode("utf-8", "surrogatepass"),
            capture_output=True,
            env={"MODELS_DIR": models} if models else {},
            timeout=ASKING.wall_s + KILL_AFTER_S,
            check=False,
        )
        answer: dict[str, Any] = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, ValueError) as problem:
        logger.warning("ml %s gave no answer: %s", command[0], type(problem).__name__)
        raise TrainerAway(
            "What knows the recipes of trainings gave no answer on this machine. Tell the "
            "operator, whose log of the web server says more."
        ) from problem
    return answer
