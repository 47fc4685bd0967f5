"""transformers' Trainer, but for what this model, its rates and its checkpoints need."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import torch
from torch import distributed, nn
from torch.optim.lr_scheduler import LRScheduler
from torch.utils.data import DataLoader, Sampler
from transformers import (
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)
from transformers.trainer_utils import EvalLoopOutput

from ml.training import checkpoints
from ml.training.failures import RunFailed
from ml.training.learner import Learner
from ml.training.opening import NAME, Student
from ml.training.order import Grouping, Order
from ml.training.recipe import Recipe, TrainRecipe
from ml.training.results import SaveResult
from ml.training.rows import Clips, collate

# Going on from a checkpoint would come to the same step in the same way.
LOWER = "Begin another run with lower learning rates."


class FaceTrackTrainer(Trainer):
    def __init__(
        self,
        student: Student,
        recipe: Recipe,
        clips: Clips,
        validation: Clips | None,
        arguments: TrainingArguments,
        callbacks: Iterable[TrainerCallback],
        save: SaveResult,
    ) -> None:
        self.learner = student.learner
        self.adapters = student.adapters
        self.save_result = save
        self.recipe = recipe
        self.folder = Path(str(arguments.output_dir))
        grouping = Grouping(clips.lengths, recipe.train.batch)
        self.order = Order(
            len(clips), recipe.seed, grouping if recipe.train.group_by_length else None
        )
        super().__init__(
            model=student.learner,
            args=arguments,
            train_dataset=clips,
            eval_dataset=validation,
            data_collator=collate,
            callbacks=[*callbacks, _EpochOfOrder(self.order)],
        )
        # The standard output is for the answer.
        self.remove_callback(PrinterCallback)

    def create_optimizer(self, model: nn.Module | None = None) -> torch.optim.Optimizer:
        """Each kind of weight has its rate; biases and norms are never pulled towards zero."""
        if self.optimizer is None:
            groups = parameter_groups(self.learner, self.recipe.train)
            self.optimizer = optimizer_for(groups, self.recipe.train)
        return self.optimizer

    def training_step(self, *arguments: Any, **named: Any) -> torch.Tensor:
        loss = super().training_step(*arguments, **named)
        if not torch.isfinite(loss):
            told = f"The loss of step {self.state.global_step + 1} is {loss}. {LOWER}"
            raise RunFailed("nan_loss", told)
        return loss

    def _get_grad_norm(self, model: nn.Module, grad_norm: Any = None) -> Any:
        """Before the weights are moved by it."""
        norm = super()._get_grad_norm(model, grad_norm)  # type: ignore[no-untyped-call]
        if not torch.isfinite(torch.as_tensor(norm)):
            told = f"The gradient of step {self.state.global_step + 1} is {float(norm)}. {LOWER}"
            raise RunFailed("nan_loss", told)
        return norm

    @torch.no_grad()
    def evaluation_loop(self, dataloader: DataLoader[Any], *_: Any, **__: Any) -> EvalLoopOutput:
        """The mean of the clips, however they are batched."""
        model = self.learner.eval()
        losses = torch.cat(
            [self._losses(model, self._prepare_inputs(batch)) for batch in dataloader]
        )
        metrics = {"eval_loss": losses.mean().item()}
        return EvalLoopOutput(losses.cpu().numpy(), None, metrics, len(losses))

    def _losses(self, model: Learner, batch: dict[str, Any]) -> torch.Tensor:
        with self.accelerator.autocast():
            losses = model(**batch)["clips"]
        self.control = self.callback_handler.on_prediction_step(self.args, self.state, self.control)
        gathered: torch.Tensor = self.accelerator.gather_for_metrics(losses)
        return gathered

    def _get_train_sampler(self, train_dataset: Any = None) -> Sampler[int]:
        return self.order

    def _get_eval_sampler(self, eval_dataset: Any) -> Sampler[int]:
        return torch.utils.data.SequentialSampler(eval_dataset)

    def _save_checkpoint(self, model: nn.Module, trial: Any) -> None:
        step = self.state.global_step
        partial = checkpoints.begin_checkpoint(self.folder, step)
        checkpoints.save_random(partial, self.args.process_index)
        if self.state.best_global_step:
            best = checkpoints.checkpoint_of(self.folder, self.state.best_global_step)
            self.state.best_model_checkpoint = str(best)
        if self.args.should_save:
            self.save_result(step, partial)
            optimizer, scheduler = self._moving
            checkpoints.save_optimizer(optimizer, partial)
            checkpoints.save_scheduler(scheduler, partial)
            self.state.save_to_json(str(partial / checkpoints.STATE))
            checkpoints.sync(partial)
        self._meet()
        if self.args.should_save:
            checkpoints.finish_checkpoint(self.folder, step)
            keep = self.recipe.save.keep
            checkpoints.keep_newest(self.folder, keep, self.state.best_global_step)

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
        self.adapters.restore(NAME, Path(resume_from_checkpoint))

    def _load_optimizer_and_scheduler(self, checkpoint: str | None) -> None:
        if checkpoint is not None:
            folder, (optimizer, scheduler) = Path(checkpoint), self._moving
            checkpoints.load_optimizer(optimizer, folder)
            checkpoints.load_scheduler(scheduler, folder)

    def _load_rng_state(self, checkpoint: str | None) -> None:
        if checkpoint is not None:
            checkpoints.load_random(Path(checkpoint), self.args.process_index)

    @property
    def _moving(self) -> tuple[torch.optim.Optimizer, LRScheduler]:
        if self.optimizer is None or self.lr_scheduler is None:
            raise ValueError("there is no training yet")
        return self.optimizer, self.lr_scheduler

    def _meet(self) -> None:
        if distributed.is_initialized():
            distributed.barrier()


def optimizer_for(groups: list[dict[str, Any]], train: TrainRecipe) -> torch.optim.Optimizer:
    if train.optimizer == "adamw":
        return torch.optim.AdamW(groups)
    optimizer: torch.optim.Optimizer = import_module("bitsandbytes").optim.AdamW8bit(groups)
    return optimizer


class _EpochOfOrder(TrainerCallback):
    def __init__(self, order: Order) -> None:
        self.order = order

    def on_epoch_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        """Whole epochs are counted before it; a run that goes on stands within one."""
        self.order.epoch = int(state.epoch or 0)


def parameter_groups(model: nn.Module, train: TrainRecipe) -> list[dict[str, Any]]:
    """The low-rank weights' group comes first, whose rate is the one that is told."""
    rates = {
        "lora_": train.learning_rate,
        "mm_projector": train.projector_learning_rate,
        "face_projector": train.face_projector_learning_rate,
    }
    trained = [(name, each) for name, each in model.named_parameters() if each.requires_grad]
    groups = [
        {
            "params": [each for name, each in trained if part in name and (each.ndim > 1) == pulls],
            "lr": rate,
            "weight_decay": train.weight_decay if pulls else 0.0,
        }
        for part, rate in rates.items()
        for pulls in (True, False)
    ]
    return [group for group in groups if group["params"]]
