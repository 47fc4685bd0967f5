"""A model that drafts, from a folder."""

from __future__ import annotations

import os
from pathlib import Path

import torch

from ml.faces.protocols import Landmarker
from ml.facetrack_mm.adapters import Adapters
from ml.facetrack_mm.checkpoints import load_model
from ml.facetrack_mm.config import FaceTrackConfig
from ml.facetrack_mm.mini import mini_folder
from ml.facetrack_mm.prompt import PromptWriter, load_tokenizer
from ml.facetrack_mm.reading import ClipReader
from ml.facetrack_mm.serving import BATCH, FaceTrackDrafter
from ml.weights import models_folder

MINI = "mini"
# Of the processor's cores one in so many: beside other work, threads that wait for a core cost more
# than they bring. On two busy cores two threads wrote 6 tokens a second and one wrote 20.
SHARE = 2


def load_drafter(
    model: str, adapter: Path | None = None, *, batch: int = BATCH
) -> FaceTrackDrafter:
    """
    `model` is a folder that `save_model` wrote, or `mini`. On a GPU where there is one, in
    bfloat16; on the processor in float32.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(max(1, (os.cpu_count() or 1) // SHARE))
    folder = mini_folder(models_folder()) if model == MINI else Path(model)
    tokenizer = load_tokenizer(folder)
    loaded = load_model(folder, torch.bfloat16 if device == "cuda" else torch.float32).to(device)
    if adapter is not None:
        Adapters(loaded).load(adapter.name, adapter)
    loaded.eval()
    return FaceTrackDrafter(
        loaded,
        PromptWriter(tokenizer, loaded.config),
        ClipReader(loaded.config, _landmarker(loaded.config)),
        batch,
    )


def _landmarker(config: FaceTrackConfig) -> Landmarker | None:
    if config.face is None or config.face.feature != "landmarks":
        return None
    from ml.faces.config import FacesConfig
    from ml.faces.loading import load_faces

    return load_faces(FacesConfig.from_environment(os.environ)).landmarker
