"""
A run as it stands after a step: `checkpoints/step-N`, which is there whole or not at all.

Nothing is pickled: numbers are safetensors, the rest is JSON.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

STATE = "trainer_state.json"
OPTIMIZER, SCHEDULER = "optimizer.safetensors", "scheduler.json"
NAME = re.compile(r"step-(\d+)")


def checkpoint_of(folder: Path, step: int) -> Path:
    return folder / f"step-{step}"


def checkpoints(folder: Path) -> list[Path]:
    """The latest last."""
    found = [path for path in folder.glob("step-*") if NAME.fullmatch(path.name)]
    return sorted(found, key=step_of)


def step_of(checkpoint: Path) -> int:
    return int(checkpoint.name.removeprefix("step-"))


def remove_unfinished(folder: Path) -> None:
    """What a killed process left; no other writes here."""
    for path in folder.glob(".step-*"):
        shutil.rmtree(path)


def begin_checkpoint(folder: Path, step: int) -> Path:
    partial = folder / f".step-{step}"
    partial.mkdir(parents=True, exist_ok=True)
    return partial


def finish_checkpoint(folder: Path, step: int) -> Path:
    """A step that is written twice, as by one stop after another, has the same content."""
    whole = checkpoint_of(folder, step)
    if whole.exists():
        shutil.rmtree(whole)
    return (folder / f".step-{step}").replace(whole)


def keep_newest(folder: Path, keep: int, best: int | None) -> None:
    for path in checkpoints(folder)[:-keep]:
        if step_of(path) != best:
            # Renamed first: what is left of a removal must not pass for a checkpoint.
            doomed = path.rename(path.with_name(f".{path.name}"))
            shutil.rmtree(doomed)


def save_optimizer(optimizer: Optimizer, folder: Path) -> None:
    """The groups' rates come with the scheduler, all else of them from the recipe."""
    moments = optimizer.state_dict()["state"]
    tensors = {
        f"{number}.{name}": tensor
        for number, state in moments.items()
        for name, tensor in _flat(state)
    }
    save_file(tensors, folder / OPTIMIZER)


def _flat(state: dict[str, Any], above: str = "") -> Iterator[tuple[str, Tensor]]:
    """Moments of eight bits stand in a group of their own, with tables that all share."""
    for name, value in state.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            tensor = torch.as_tensor(value).contiguous()
            yield f"{above}{name}", tensor.clone() if name.startswith("qmap") else tensor


def load_optimizer(optimizer: Optimizer, folder: Path) -> None:
    state: dict[int, dict[str, Any]] = {}
    for key, tensor in load_file(folder / OPTIMIZER).items():
        number, *groups, name = key.split(".")
        within = state.setdefault(int(number), {})
        for group in groups:
            within = within.setdefault(group, {})
        # Of eight bits the step is a plain number.
        within[name] = tensor.item() if tensor.dtype == torch.int64 else tensor
    optimizer.load_state_dict({**optimizer.state_dict(), "state": state})


def save_scheduler(scheduler: LRScheduler, folder: Path) -> None:
    """Its functions of the step are made anew from the recipe."""
    state = scheduler.state_dict()
    numbers = {name: value for name, value in state.items() if name != "lr_lambdas"}
    (folder / SCHEDULER).write_text(json.dumps(numbers), encoding="utf-8")


def load_scheduler(scheduler: LRScheduler, folder: Path) -> None:
    numbers = json.loads((folder / SCHEDULER).read_bytes())
    scheduler.load_state_dict({**scheduler.state_dict(), **numbers})
    for group, rate in zip(scheduler.optimizer.param_groups, numbers["_last_lr"], strict=True):
        group["lr"] = rate


def save_random(folder: Path, process: int) -> None:
    """Each process draws its own."""
    draws = {"torch": torch.random.get_rng_state()}
    if torch.cuda.is_available():
        draws["cuda"] = torch.cuda.get_rng_state()
    save_file(draws, folder / f"random-{process}.safetensors")
    kind, words, *rest = np.random.get_state(legacy=True)
    told = {"python": random.getstate(), "numpy": [kind, np.asarray(words).tolist(), *rest]}
    (folder / f"random-{process}.json").write_text(json.dumps(told), encoding="utf-8")


def load_random(folder: Path, process: int) -> None:
    draws = load_file(folder / f"random-{process}.safetensors")
    torch.random.set_rng_state(draws["torch"])
    if torch.cuda.is_available() and "cuda" in draws:
        torch.cuda.set_rng_state(draws["cuda"])
    told = json.loads((folder / f"random-{process}.json").read_bytes())
    version, words, gauss = told["python"]
    random.setstate((version, tuple(words), gauss))
    np.random.set_state(tuple(told["numpy"]))


def sync(folder: Path) -> None:
    """So that a machine that stops right after it keeps what it was told is there."""
    for path in [*folder.iterdir(), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
