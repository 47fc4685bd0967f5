"""A recipe as Trainer is told it."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import TrainingArguments

from ml.training.checking import count_steps
from ml.training.failures import RunFailed
from ml.training.recipe import Recipe

# Steps of which nothing is told would make a curve that shows nothing.
LOGGED = 1


def training_arguments(
    recipe: Recipe, folder: Path, *, clips: int, processes: int, validates: bool
) -> TrainingArguments:
    train = recipe.train
    at_once = train.micro_batch * processes
    if train.batch % at_once:
        told = f"{train.batch} clips are not divided by {train.micro_batch} on {processes} devices."
        raise RunFailed("bad_recipe", f"train.micro_batch: {told}")
    evaluates_every = recipe.evaluate_every_steps or recipe.save.every_steps
    return TrainingArguments(
        output_dir=str(folder),
        max_steps=count_steps(recipe, clips),
        per_device_train_batch_size=train.micro_batch,
        per_device_eval_batch_size=train.micro_batch,
        gradient_accumulation_steps=train.batch // at_once,
        learning_rate=train.learning_rate,
        lr_scheduler_type=train.schedule,
        warmup_steps=train.warmup_ratio,
        max_grad_norm=train.max_grad_norm,
        bf16=train.precision == "bf16",
        use_cpu=not torch.cuda.is_available(),
        seed=recipe.seed,
        logging_steps=LOGGED,
        logging_nan_inf_filter=False,
        save_strategy="steps",
        save_steps=recipe.save.every_steps,
        eval_strategy="steps" if validates else "no",
        eval_steps=evaluates_every,
        metric_for_best_model="loss" if validates else None,
        greater_is_better=False if validates else None,
        prediction_loss_only=True,
        remove_unused_columns=False,
        dataloader_pin_memory=False,
        # A batch without any face leaves the faces' projector out.
        ddp_find_unused_parameters=processes > 1,
        report_to=[],
        disable_tqdm=True,
    )
