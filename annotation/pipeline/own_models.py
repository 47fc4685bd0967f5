"""FaceTrack-MM in a gpu worker: loaded when the first clip comes, and again for another model."""

from __future__ import annotations

import logging
from functools import lru_cache

from annotation.errors import WorkflowError
from annotation.models import ModelVersion
from ml.drafting.protocols import BatchDrafter
from ml.weights import models_folder

logger = logging.getLogger(__name__)

# Below the folder of models: what a version names lies there and nowhere else.
CHECKPOINTS, ADAPTERS = "facetrack-mm", "adapters"
MINI = "mini"


class ModelUnusable(WorkflowError):
    """The worker has no such model, or cannot load it."""

    code = "model_unusable"


def own_drafter(version: ModelVersion) -> BatchDrafter:
    try:
        return _loaded(version.base, version.adapter)
    except Exception as fault:
        logger.exception("model version %s cannot be loaded", version.pk)
        raise ModelUnusable(
            f"The model {version.base} cannot be loaded on this worker, whose log says why. "
            "Mend that, then ask again."
        ) from fault


# One at a time: two models of seven billion weights fit no usual device.
@lru_cache(maxsize=1)
def _loaded(base: str, adapter: str) -> BatchDrafter:
    # Imports torch, which only this kind of worker has reason to load.
    from ml.facetrack_mm.loading import load_drafter

    folder = models_folder()
    model = MINI if base == MINI else str(folder / CHECKPOINTS / base)
    return load_drafter(model, folder / ADAPTERS / adapter if adapter else None)
