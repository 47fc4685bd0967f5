"""What a run leaves: an adapter below the folder of models, whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from annotation.errors import WorkflowError
from annotation.full_disk import naming_a_full_disk
from annotation.models import TrainingRun
from annotation.run_folder import RunFolder
from ml.weights import models_folder

from .own_models import ADAPTERS

# Without these nothing can draft.
NEEDED = ("adapter_config.json", "adapter_model.safetensors")
# The workers that draft may be of another person of the same group.
FOLDER_MODE = 0o750


class NoResult(WorkflowError):
    code = "no_result"


@dataclass(frozen=True)
class Kept:
    adapter: str
    sha256: str


def keep_result(run: TrainingRun, folder: RunFolder) -> Kept:
    """
    Safe to run twice, and by two at once: each copies into a folder of its own, and a name that
    is taken has the same content.
    """
    missing = [name for name in NEEDED if not (folder.result / name).is_file()]
    if missing:
        raise NoResult(
            f"The run ended without {' and '.join(missing)}. Its log may say why; resume the run."
        )
    adapters = models_folder() / ADAPTERS
    target = adapters / f"run-{run.number}-{run.uid[:12]}"
    if not target.exists():
        _copy(folder.result, target)
    return Kept(target.name, content_hash(target))


def _copy(result: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        with naming_a_full_disk():
            shutil.copytree(result, part, dirs_exist_ok=True)
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
