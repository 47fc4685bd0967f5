"""Which base an adapter was trained on, as its folder tells, and whether this is it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from ml.facetrack_mm.checkpoints import CONFIG, WEIGHTS
from ml.facetrack_mm.tensors import CheckpointRefused

# What a training leaves beside the adapter.
RUN = "run.json"


def base_hash(folder: Path) -> str:
    """Of the configuration and the weights, so of all that decides what a model says."""
    digest = hashlib.sha256()
    for name in (CONFIG, WEIGHTS):
        with (folder / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def check_lineage(adapter: Path, base_sha256: str) -> None:
    """An adapter from elsewhere tells nothing, and is known by its shapes alone."""
    try:
        told = json.loads((adapter / RUN).read_bytes())["base"]["sha256"]
    except (FileNotFoundError, KeyError, ValueError, TypeError):
        return
    if told != base_sha256:
        raise CheckpointRefused(
            f"{adapter} was trained on another base than this one; its {RUN} names it."
        )
