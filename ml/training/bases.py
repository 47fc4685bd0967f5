"""What a run starts from: a model's folder, and perhaps an adapter of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ml.facetrack_mm.lineage import base_hash, check_lineage
from ml.facetrack_mm.mini import mini_folder
from ml.facetrack_mm.tensors import CheckpointRefused
from ml.facetrack_mm.tiny import tiny_folder
from ml.training.checking import base_folder
from ml.training.failures import RunFailed
from ml.weights import WeightsUnusable


@dataclass(frozen=True)
class Base:
    """`sha256` is of the weights and the configuration, so of all that decides what it says."""

    name: str
    folder: Path
    sha256: str


def find_base(name: str, models: Path) -> Base:
    """Those without a download are made where they are missing."""
    folder = base_folder(name, models)
    try:
        if name == "mini":
            folder = mini_folder(models)
        if name == "tiny":
            folder = tiny_folder(folder)
        return Base(name, folder, base_hash(folder))
    except WeightsUnusable as problem:
        raise RunFailed("base_missing", str(problem)) from None
    except FileNotFoundError as problem:
        told = f"There is no model in {folder}: {problem.filename} is missing."
        raise RunFailed("base_missing", f"{told} Make one with: python -m ml assemble") from None


def check_adapter(adapter: Path, base: Base) -> None:
    try:
        check_lineage(adapter, base.sha256)
    except CheckpointRefused as refusal:
        raise RunFailed("adapter_for_another_base", str(refusal)) from None
