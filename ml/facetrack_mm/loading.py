"""A model that drafts, from a folder."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import torch

from ml.faces.protocols import Landmarker
from ml.facetrack_mm.adapters import Adapters
from ml.facetrack_mm.checkpoints import load_model
from ml.facetrack_mm.config import FaceTrackConfig
from ml.facetrack_mm.mini import mini_folder
from ml.facetrack_mm.prompt import PromptWriter, load_tokenizer
from ml.facetrack_mm.quantizing import quantize
from ml.facetrack_mm.reading import ClipReader
from ml.facetrack_mm.serving import BATCH, FaceTrackDrafter
from ml.weights import models_folder

MINI = "mini"
# Of the processor's cores one in so many: beside other work, threads that wait for a core cost more
# than they bring. On two busy cores two threads wrote 6 tokens a second and one wrote 20.
SHARE = 2
# One of the paper's rank takes a third of a gigabyte beside the paper's model.
MOST_ADAPTERS = 4

Stamp: TypeAlias = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True)
class Serving:
    """How a model is run: at most so many clips at a time, its words in four bits or in full."""

    batch: int = BATCH
    in_four_bits: bool = False


USUAL = Serving()


@dataclass
class Base:
    """A loaded model, which drafts with any adapter that was made for it."""

    drafter: FaceTrackDrafter
    adapters: Adapters
    # By folder, the one used last at the end, as its files were when they were read.
    _stamps: dict[Path, Stamp] = field(default_factory=dict)

    def using(self, adapter: Path | None) -> FaceTrackDrafter:
        """The model's drafter, with the adapter as its files are now. Moves no base weight."""
        if adapter is None:
            self.adapters.use(None)
            return self.drafter
        stamp = stamp_of(adapter)
        if self._stamps.get(adapter) == stamp:
            self.adapters.use(str(adapter))
        else:
            self._load(adapter)
        self._stamps.pop(adapter, None)
        self._stamps[adapter] = stamp
        return self.drafter

    def _load(self, adapter: Path) -> None:
        if adapter in self._stamps:
            self._forget(adapter)
        elif len(self._stamps) == MOST_ADAPTERS:
            self._forget(next(iter(self._stamps)))
        self.adapters.load(str(adapter), adapter)

    def _forget(self, adapter: Path) -> None:
        self.adapters.forget(str(adapter))
        del self._stamps[adapter]


def stamp_of(folder: Path) -> Stamp:
    """Differs when a file below the folder was written, replaced, added or removed."""
    return tuple(
        (str(path.relative_to(folder)), found.st_ino, found.st_size, found.st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (found := path.stat())
    )


def load_base(folder: Path, serving: Serving = USUAL) -> Base:
    """
    Of a folder that `save_model` wrote. On a GPU where there is one, in bfloat16; on the processor
    in float32.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(max(1, (os.cpu_count() or 1) // SHARE))
    tokenizer = load_tokenizer(folder)
    model = load_model(folder, torch.bfloat16 if device == "cuda" else torch.float32).eval()
    if serving.in_four_bits:
        quantize(model, device)
    model.to(device)
    reader = ClipReader(model.config, landmarker_for(model.config, models_folder()))
    writer = PromptWriter(tokenizer, model.config)
    return Base(FaceTrackDrafter(model, writer, reader, serving.batch), Adapters(model))


def load_drafter(
    model: str, adapter: Path | None = None, serving: Serving = USUAL
) -> FaceTrackDrafter:
    """`model` is a folder, or `mini`."""
    return load_base(folder_of(model), serving).using(adapter)


def empty_device() -> None:
    """After the last reference to a model went; what the driver itself keeps stays."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def folder_of(model: str) -> Path:
    return mini_folder(models_folder()) if model == MINI else Path(model)


def landmarker_for(config: FaceTrackConfig, models: Path) -> Landmarker | None:
    """None where the model has no use for it. Raises WeightsUnusable."""
    if config.face is None or config.face.feature != "landmarks":
        return None
    from ml.faces.config import FacesConfig
    from ml.faces.loading import load_landmarker

    return load_landmarker(FacesConfig(models))
