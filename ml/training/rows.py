"""Clips with their words, as the loader takes and joins them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import Dataset

from ml.facetrack_mm.prompt import UNLABELLED, Conversation, PromptWriter, TextRefused
from ml.facetrack_mm.splicing import Row
from ml.training.examples import TrainingExample
from ml.training.failures import RunFailed
from ml.training.features import Features, Make

# Clips that a message names.
SHOWN = 5


@dataclass(frozen=True)
class Item:
    row: Row
    features: Features


class Clips(Dataset[Item]):
    def __init__(
        self, examples: Sequence[TrainingExample], words: Sequence[Conversation], make: Make
    ) -> None:
        self.examples = examples
        self.words = words
        self.make = make

    def __len__(self) -> int:
        return len(self.examples)

    def __getitem__(self, place: int) -> Item:
        words = self.words[place]
        row = Row(words.ids, labels=words.labels)
        return Item(row, self.make(self.examples[place]))

    @property
    def lengths(self) -> list[int]:
        return [len(words.ids) for words in self.words]


def write_words(
    writer: PromptWriter, examples: Sequence[TrainingExample], max_length: int
) -> list[Conversation]:
    """A longer answer is refused: cut off, it would teach the model not to come to an end."""
    words = [_conversation(writer, example) for example in examples]
    long = [
        example.id
        for example, each in zip(examples, words, strict=True)
        if len(each.ids) > max_length
    ]
    if long:
        told = (
            f"Clips with more than {max_length} words and word parts: {len(long)}, as "
            f"{', '.join(long[:SHOWN])}. Raise train.max_length."
        )
        raise RunFailed("bad_recipe", told)
    return words


def collate(items: list[Item]) -> dict[str, Any]:
    """What `Learner` takes; Trainer counts a step's words by the labels, (B, W)."""
    labels = [torch.tensor(item.row.labels) for item in items]
    padded = pad_sequence(labels, batch_first=True, padding_value=UNLABELLED)
    return {"items": items, "labels": padded}


def _conversation(writer: PromptWriter, example: TrainingExample) -> Conversation:
    try:
        return writer.answer(example.answer, example.instruction)
    except TextRefused as refusal:
        raise RunFailed("bad_manifest", f"{example.id}: {refusal}") from None
