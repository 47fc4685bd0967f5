"""The model, its clips and the trainer put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from torch.utils.tensorboard import SummaryWriter
from transformers.integrations.integration_utils import TensorBoardCallback

from ml.training import checkpoints
from ml.training.arguments import training_arguments
from ml.training.bases import Base
from ml.training.callbacks import Stopping, Telling, ValidatingAtTheEnd
from ml.training.examples import TrainingExample
from ml.training.folder import RunFolder
from ml.training.opening import Student, open_student
from ml.training.preparing import Preparation
from ml.training.processes import process_count
from ml.training.recipe import Recipe
from ml.training.report import Report
from ml.training.results import SaveResult, copied_from, save_result
from ml.training.rows import Clips
from ml.training.stopping import StopRequest
from ml.training.trainer import FaceTrackTrainer


@dataclass(frozen=True)
class Task:
    recipe: Recipe
    base: Base
    train: Sequence[TrainingExample]
    validation: Sequence[TrainingExample]
    models: Path
    features: Path
    base_adapter: Path | None
    goes_on: bool
    # What a result tells of where it comes from.
    facts: dict[str, Any]


@dataclass(frozen=True)
class Learned:
    """`fill` puts the result of the best step into a folder."""

    fill: Callable[[Path], None]
    best_step: int
    was_stopped: bool


def learn(task: Task, folder: RunFolder, report: Report, stop: StopRequest) -> Learned:
    """
    The best step is that of the least validation loss, without a validation the last one. Raises
    Stopped where it was asked to end before the first.
    """
    student = open_student(task.recipe, task.base, task.models, task.features, task.base_adapter)
    preparation = Preparation(student, task.recipe, report, stop)
    clips = preparation.clips(task.train)
    validation = preparation.clips(task.validation) if task.validation else None
    facts = task.facts | {"clips_left_out": preparation.left_out}
    save = partial(save_result, student.adapters, facts)
    if task.recipe.train.epochs == 0:
        return Learned(partial(save, 0), 0, was_stopped=False)
    trainer = _trainer(task, student, (clips, validation), save, folder, report, stop)
    stop.obey()
    trainer.train(resume_from_checkpoint=_last_checkpoint(task, folder, report))
    best = trainer.state.best_global_step or trainer.state.global_step
    return Learned(
        copied_from(checkpoints.checkpoint_of(folder.checkpoints, best)),
        best,
        was_stopped=trainer.state.global_step < trainer.state.max_steps,
    )


def _trainer(
    task: Task,
    student: Student,
    clips: tuple[Clips, Clips | None],
    save: SaveResult,
    folder: RunFolder,
    report: Report,
    stop: StopRequest,
) -> FaceTrackTrainer:
    train, validation = clips
    arguments = training_arguments(
        task.recipe,
        folder.checkpoints,
        clips=len(train),
        processes=process_count(),
        validates=validation is not None,
    )
    callbacks = [Telling(report, student.learner), Stopping(stop)]
    if validation is not None:
        callbacks.append(ValidatingAtTheEnd())
    if report.is_first:
        writer = SummaryWriter(str(folder.root / "tensorboard"))
        callbacks.append(TensorBoardCallback(writer))  # type: ignore[no-untyped-call]
    return FaceTrackTrainer(student, task.recipe, train, validation, arguments, callbacks, save)


def _last_checkpoint(task: Task, folder: RunFolder, report: Report) -> str | None:
    """A run that was killed before its first one begins anew."""
    found = checkpoints.checkpoints(folder.checkpoints) if task.goes_on else []
    if report.is_first:
        checkpoints.remove_unfinished(folder.checkpoints)
        folder.forget_metrics_after(checkpoints.step_of(found[-1]) if found else 0)
    return str(found[-1]) if found else None
