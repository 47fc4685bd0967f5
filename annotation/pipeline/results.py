"""What a run leaves: an adapter below the folder of models, whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from annotation.full_disk import naming_a_full_disk
from annotation.jobs import Progress
from annotation.models import TrainingRun
from annotation.run_folder import RunFolder
from annotation.workflow.training_results import NoResult, register_result
from ml.weights import models_folder

from .own_models import ADAPTERS

# Without these nothing can draft.
NEEDED = ("adapter_config.json", "adapter_model.safetensors")
# A checkpoint also has what the training itself goes on from.
OF_RESULT = (*NEEDED, "projectors.safetensors", "run.json")
# The workers that draft may be of another person of the same group.
FOLDER_MODE = 0o750


@dataclass(frozen=True)
class Kept:
    adapter: str
    sha256: str


def register_stopped(progress: Progress) -> dict[str, object]:
    """The body of the job that makes a model version of what a run saved before it ended."""
    job = progress.job
    run = TrainingRun.objects.select_related("project", "created_by").get(pk=job.payload["run"])
    step = int(job.payload["step"])
    kept = keep(RunFolder.of(run.uid).learned_by(step), f"{_name(run)}-step-{step}")
    version = register_result(run, adapter=kept.adapter, actor=job.started_by, stopped_at_step=step)
    return {"model": version.uid, "name": version.name}


def keep_result(run: TrainingRun, folder: RunFolder) -> Kept:
    return keep(folder.result, _name(run))


def _name(run: TrainingRun) -> str:
    return f"run-{run.number}-{run.uid[:12]}"


def keep(learned: Path, name: str) -> Kept:
    """
    Safe to run twice, and by two at once: each copies into a folder of its own, and a name that
    is taken has the same content.
    """
    missing = [each for each in NEEDED if not (learned / each).is_file()]
    if missing:
        raise NoResult(
            f"The run left no {' and no '.join(missing)}. Its log may say why; resume the run."
        )
    target = models_folder() / ADAPTERS / name
    if not target.exists():
        _copy(learned, target)
    return Kept(target.name, content_hash(target))


def _copy(learned: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        with naming_a_full_disk():
            for path in filter(Path.exists, (learned / each for each in OF_RESULT)):
                shutil.copyfile(path, part / path.name)
        part.chmod(FOLDER_MODE)
        part.rename(target)
    except OSError:
        if not target.exists():
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def content_hash(folder: Path) -> str:
    """Of all names and contents in order: equal results have an equal hash."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                of_file = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{path.relative_to(folder).as_posix()} {of_file}\n".encode())
    return digest.hexdigest()
