"""Curves for other tools, beside our own: TensorBoard's files, and MLflow where it is set up."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from torch.utils.tensorboard import SummaryWriter
from transformers import TrainerCallback
from transformers.integrations.integration_utils import MLflowCallback, TensorBoardCallback

FILES = "tensorboard"
# MLflow writes to wherever this names; without it nobody asked for it.
MLFLOW_VARIABLE = "MLFLOW_TRACKING_URI"


def trackers(folder: Path) -> list[TrainerCallback]:
    writer = SummaryWriter(str(folder / FILES))
    found: list[TrainerCallback] = [TensorBoardCallback(writer)]  # type: ignore[no-untyped-call]
    if os.environ.get(MLFLOW_VARIABLE) and find_spec("mlflow") is not None:
        os.environ.setdefault("MLFLOW_EXPERIMENT_NAME", "countenance")
        found.append(MLflowCallback())  # type: ignore[no-untyped-call]
    return found
