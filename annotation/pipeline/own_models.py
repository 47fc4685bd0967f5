"""
FaceTrack-MM in a gpu worker: loaded when the first clip comes, and again for another model, or
when its files changed. Another adapter is laid over the loaded model.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from annotation.errors import WorkflowError
from annotation.models import ModelVersion
from ml.drafting.protocols import BatchDrafter
from ml.weights import models_folder

if TYPE_CHECKING:
    from ml.facetrack_mm.loading import Base, Stamp

logger = logging.getLogger(__name__)

# Below the folder of models: what a version names lies there and nowhere else.
CHECKPOINTS, ADAPTERS = "facetrack-mm", "adapters"
MINI = "mini"


class ModelUnusable(WorkflowError):
    """The worker has no such model, or cannot load it."""

    code = "model_unusable"


def own_drafter(version: ModelVersion) -> BatchDrafter:
    """
    Versions that differ in their adapter share the loaded model, so what was answered before
    drafts by the last version asked for.
    """
    try:
        return _LOADED.drafter(version.base, version.adapter)
    except Exception as fault:
        logger.exception("model version %s cannot be loaded", version.pk)
        raise ModelUnusable(
            f"The model {version.base} cannot be loaded on this worker, whose log says why. "
            "Mend that, then ask again."
        ) from fault


class OneModel:
    """One at a time: two models of seven billion weights fit no usual device."""

    def __init__(self) -> None:
        self._base: Base | None = None
        self._made_of: tuple[Path, Stamp] | None = None

    def drafter(self, base: str, adapter: str) -> BatchDrafter:
        # Imports torch, which only this kind of worker has reason to load.
        from ml.facetrack_mm.loading import Serving, folder_of, load_base, stamp_of

        models = models_folder()
        folder = folder_of(MINI if base == MINI else str(models / CHECKPOINTS / base))
        made_of = folder, stamp_of(folder)
        if self._base is None or self._made_of != made_of:
            # The former makes room before the next is loaded.
            self._base = None
            serving = Serving(settings.DRAFT_BATCH, settings.DRAFT_IN_FOUR_BITS)
            self._base, self._made_of = load_base(folder, serving), made_of
        return self._base.using(models / ADAPTERS / adapter if adapter else None)

    def unload(self) -> None:
        if self._base is not None:
            from ml.facetrack_mm.loading import empty_device

            self._base = None
            empty_device()


_LOADED = OneModel()


def unload() -> None:
    """Gives the device's memory back; the next draft loads the model again."""
    _LOADED.unload()
