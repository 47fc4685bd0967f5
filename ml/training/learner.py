"""
The model as it is trained: what frozen parts made of clips goes in, a loss comes out.

Shape letters: B rows, T frames, R streams of faces, L positions, C width of features, N tokens,
D width of words.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from ml.facetrack_mm.stc import Stage
from ml.training.features import FrozenParts
from ml.training.recipe import Recipe
from ml.training.rows import Item


class Learner(nn.Module):
    # Trainer then tells how many words a step supervises, over all its batches and devices.
    accepts_loss_kwargs = True

    def __init__(self, parts: FrozenParts) -> None:
        super().__init__()
        self.model = parts.model
        self.parts = parts
        self._clips, self._tokens = 0, torch.tensor(0)

    def forward(
        self,
        items: Sequence[Item],
        labels: Tensor,
        num_items_in_batch: Tensor | None = None,
    ) -> dict[str, Tensor]:
        """
        The share of these rows in the mean loss of all words of a step. Without their number, as
        in a validation, the mean of the clips, and each clip's, which is the mean of its words.
        """
        rows = [item.row for item in items]
        spliced = self.model.join(rows, self._videos(items), self._faces(items), "right")
        if self.training:
            self._clips += len(items)
            self._tokens = self._tokens.to(spliced.mask.device) + spliced.mask.sum()
        losses, places = self.model.word_losses(spliced)
        if num_items_in_batch is not None:
            return {"loss": losses.sum() / num_items_in_batch.to(losses.device)}
        words = places.bincount(minlength=len(items))
        clips = losses.new_zeros(len(items)).index_add(0, places, losses) / words
        return {"loss": clips.mean(), "clips": clips}

    def take_counts(self) -> tuple[int, int]:
        """Clips and tokens that were learned from since the last time."""
        counts = self._clips, int(self._tokens)
        self._clips, self._tokens = 0, torch.tensor(0)
        return counts

    def _videos(self, items: Sequence[Item]) -> Sequence[Tensor | None]:
        videos = [item.features.video for item in items if item.features.video is not None]
        if not videos:
            return [None] * len(items)
        stacked = self._here(torch.stack(videos))
        return list(self.model.project_video(stacked) if self.parts.trains_video else stacked)

    def _faces(self, items: Sequence[Item]) -> Sequence[Tensor | None]:
        """A row's streams one after the other; all rows' are projected together."""
        streams = [item.features.faces for item in items if item.features.faces is not None]
        if not streams:
            return [None] * len(items)
        joined = self._here(torch.cat(streams))
        tokens = self.model.project_faces(joined) if self.parts.trains_face else joined
        split = iter(torch.split(tokens, [len(each) for each in streams]))
        return [
            None if item.features.faces is None else next(split).flatten(0, 1) for item in items
        ]

    def _here(self, features: Tensor) -> Tensor:
        weight: Tensor = self.model.language_model.lm_head.weight
        return features.to(weight.device)


def ready_to_learn(parts: FrozenParts, recipe: Recipe) -> Learner:
    """
    Everything but the low-rank weights and the chosen projectors is frozen. What learns does so
    in float32: steps that are small beside a weight would be lost in a shorter type.
    """
    model = parts.model
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(is_trained(name, parts))
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    if recipe.train.gradient_checkpointing:
        model.language_model.activation_checkpointing_enable({"use_reentrant": False})
    for module in model.modules():
        if isinstance(module, Stage):
            module.computes_twice = recipe.train.stc_checkpointing
    return Learner(parts)


def is_trained(name: str, parts: FrozenParts) -> bool:
    part = name.partition(".")[0]
    if part == "mm_projector":
        return parts.trains_video
    return "lora_" in name or (part == "face_projector" and parts.trains_face)
