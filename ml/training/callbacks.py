"""What is done between steps: curves, the heartbeat, and the end that somebody asked for."""

from __future__ import annotations

import logging
import resource
import time
from typing import Any

import torch
from torch import distributed
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from ml.training.learner import Learner
from ml.training.report import Report, now_told
from ml.training.stopping import StopRequest

logger = logging.getLogger(__name__)

GIB = 2**30


class Telling(TrainerCallback):
    """Speeds are those of all processes together, since the last line."""

    def __init__(self, report: Report, learner: Learner) -> None:
        self.report = report
        self.learner = learner
        self._since = time.monotonic()

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        self._since = time.monotonic()
        self.learner.take_counts()
        told = {"phase": "training", "steps": state.max_steps, "done": 0, "total": 0}
        self.report.tell(step=state.global_step, message="It learns.", **told)

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        phase = "saving" if control.should_save else "training"
        self.report.tell(phase=phase, step=state.global_step)

    def on_substep_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        """A step of many clips may take longer than a standstill is borne."""
        self.report.tell(step=state.global_step)

    def on_prediction_step(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        self.report.tell(phase="evaluating")

    def on_save(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        """What was not learning does not count for the speed."""
        self._since = time.monotonic()
        self.report.tell(phase="training")

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **told: Any
    ) -> None:
        logs: dict[str, float] = told["logs"]
        logger.info("step %d of %d: %s", state.global_step, state.max_steps, _told(logs))
        if "eval_loss" in logs:
            self.report.measure(step=state.global_step, validation_loss=logs["eval_loss"])
            self._since = time.monotonic()
        if "loss" not in logs:
            return
        now = time.monotonic()
        seconds, self._since = max(now - self._since, 1e-9), now
        clips, tokens = self.learner.take_counts()
        self.report.measure(
            at=now_told(),
            step=state.global_step,
            epoch=logs["epoch"],
            loss=logs["loss"],
            learning_rate=logs["learning_rate"],
            grad_norm=logs["grad_norm"],
            samples_per_s=round(clips * args.world_size / seconds, 3),
            tokens_per_s=round(tokens * args.world_size / seconds, 1),
            peak_memory_gib=round(peak_memory_gib(), 3),
        )


class Stopping(TrainerCallback):
    """All processes end after the same step, whichever of them was told."""

    def __init__(self, request: StopRequest) -> None:
        self.request = request

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        if self._is_asked(args):
            control.should_training_stop = True
            control.should_save = True

    def _is_asked(self, args: TrainingArguments) -> bool:
        if not distributed.is_initialized():
            return self.request.is_made
        asked = torch.tensor(int(self.request.is_made), device=args.device)
        distributed.all_reduce(asked)
        return bool(asked)


class ValidatingAtTheEnd(TrainerCallback):
    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        if state.global_step >= state.max_steps:
            control.should_evaluate = True


def _told(logs: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.4g}" for name, value in logs.items())


def peak_memory_gib() -> float:
    """Of the device, or without one of this process, which the system counts in KiB."""
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated() / GIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / GIB
