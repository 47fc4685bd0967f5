"""A run from its manifests to its result, and how it ends."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ml.facetrack_mm.serving import is_out_of_memory
from ml.facetrack_mm.tensors import CheckpointRefused
from ml.training import checkpoints
from ml.training.bases import Base, check_adapter, find_base
from ml.training.examples import Manifest, read_manifest
from ml.training.failures import RunFailed, Stopped, is_disk_full
from ml.training.feature_space import make_room
from ml.training.folder import RunFolder, held
from ml.training.learning import Task, learn
from ml.training.mlflow_curves import mlflow_curves
from ml.training.presets import read_values, resolve
from ml.training.processes import is_left_behind, process_number
from ml.training.recipe import Recipe, RecipeRefused
from ml.training.report import Report, Status, logging_to
from ml.training.results import write_result
from ml.training.stopping import StopRequest
from ml.training.versions import code_version, file_hash, package_versions

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """
    `features` is the folder for what frozen parts made, shared by all runs, and `features_gib`
    how large it may become; without it, half of its disk.
    """

    recipe: Path
    train: Path
    validation: Path | None
    out: Path
    models: Path
    features: Path
    base_adapter: Path | None = None
    goes_on: bool = False
    features_gib: float | None = None


def run(asked: Asked, stop: StopRequest) -> dict[str, Any]:
    """
    What `exit.json` tells. Raises FolderTaken, and then leaves the folder as it is; and what
    befell this process where another one died, which is a death of the run.
    """
    first = process_number() == 0
    with _opened(asked, first) as folder, logging_to(folder, is_first=first):
        report = Report(folder, is_first=first)
        if first:
            folder.exit.unlink(missing_ok=True)
        with report.beating():
            try:
                return _run(asked, folder, report, stop)
            except Stopped as ended:
                return report.end("stopped", str(ended))
            except Exception as fault:
                logger.exception("the run failed")
                if is_left_behind(fault):
                    raise
                failure = _told(fault)
                return report.end("failed", _with_last(failure.message, folder), code=failure.code)


@contextmanager
def _opened(asked: Asked, first: bool) -> Iterator[RunFolder]:
    """The first process holds the folder for all that torchrun started with it."""
    if not first:
        # It may come here before the first process does.
        asked.out.mkdir(parents=True, exist_ok=True)
        yield RunFolder(asked.out)
        return
    with held(asked.out, goes_on=asked.goes_on) as folder:
        yield folder


def _run(asked: Asked, folder: RunFolder, report: Report, stop: StopRequest) -> dict[str, Any]:
    recipe = resolve(read_values(asked.recipe))
    train = read_manifest(asked.train, split="train")
    validation = asked.validation and read_manifest(asked.validation, split="validation")
    base = find_base(recipe.base, asked.models)
    if asked.base_adapter is not None:
        check_adapter(asked.base_adapter, base)
    facts = _facts(asked, recipe, base, train)
    versions = _versions(asked, recipe, facts)
    _refuse_another_run(folder, recipe, versions)
    if report.is_first:
        folder.replace(folder.recipe, recipe.as_dict())
        folder.replace(folder.versions, versions)
        report.listeners += mlflow_curves(folder, facts)
        make_room(asked.features, asked.features_gib)
    stop.obey()
    task = Task(
        recipe,
        base,
        train.examples,
        validation.examples if validation else [],
        asked.models,
        asked.features,
        asked.base_adapter,
        asked.goes_on,
        facts,
    )
    learned = learn(task, folder, report, stop)
    if report.is_first:
        write_result(folder, learned.fill)
    told = f"The result is that of step {learned.best_step}."
    status: Status = "stopped" if learned.was_stopped else "done"
    return report.end(status, told, best_step=learned.best_step)


def _refuse_another_run(folder: RunFolder, recipe: Recipe, versions: dict[str, Any]) -> None:
    """Half of one run and half of another would be neither."""
    if not folder.versions.exists():
        return
    before = json.loads(folder.versions.read_bytes())
    former = resolve(read_values(folder.recipe))
    # What it is called says nothing of what is learned.
    is_same = former == replace(recipe, name=former.name)
    if not is_same or any(before[part] != versions[part] for part in ("base", "manifests")):
        told = "The folder holds a run of another recipe, base or clips. Name another folder."
        raise RunFailed("bad_recipe", told)


def _facts(asked: Asked, recipe: Recipe, base: Base, train: Manifest) -> dict[str, Any]:
    header = train.header
    return {
        "base": {"name": recipe.base, "sha256": base.sha256},
        "base_adapter": str(asked.base_adapter) if asked.base_adapter else None,
        "dataset_version": header.dataset_version,
        "dataset_sha256": header.dataset_sha256,
        "recipe": recipe.as_dict(),
        "code": code_version(),
    }


def _versions(asked: Asked, recipe: Recipe, facts: dict[str, Any]) -> dict[str, Any]:
    manifests = {"train": asked.train, "validation": asked.validation}
    return {
        "packages": package_versions(),
        "code": facts["code"],
        "seed": recipe.seed,
        "base": facts["base"],
        "manifests": {name: file_hash(path) for name, path in manifests.items() if path},
    }


def _told(fault: Exception) -> RunFailed:
    """Whatever a library raised, by what a person can do about it."""
    if isinstance(fault, RunFailed):
        return fault
    if isinstance(fault, RecipeRefused):
        return RunFailed("bad_recipe", str(fault))
    if isinstance(fault, CheckpointRefused):
        return RunFailed("unreadable", str(fault))
    if is_disk_full(fault):
        return RunFailed("disk_full", "The disk is full. Free some space, then resume.")
    if is_out_of_memory(fault):
        told = "The device's memory is full. Hold fewer clips at a time (train.micro_batch)."
        return RunFailed("out_of_memory", told)
    return RunFailed("unexpected", "The trainer failed. The end of its log says where.")


def _with_last(message: str, folder: RunFolder) -> str:
    last = checkpoints.checkpoints(folder.checkpoints)
    return f"{message} The last good checkpoint is {last[-1].name}." if last else message
