"""
A projector of landmark numbers before it is trained: a change becomes the words of its name.

A projector drawn at random says nothing that the language model knows, and takes hours on a
processor to find words; with these it has only to find out which of them to say.
"""

from __future__ import annotations

import re
from typing import cast

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from ml.faces.blendshapes import NAMES
from ml.facetrack_mm.face_features import PositionProjector
from ml.facetrack_mm.landmark_numbers import BLENDSHAPES, MEASURED, POSE
from ml.facetrack_mm.model import FaceTrackModel

# Of the head, both ways of each angle.
TURNS = ("turn left", "turn right", "nod up", "nod down", "tilt left", "tilt right")
# How far what is drawn at random stands back behind the words.
DRAWN = 0.1
# What a face begins as that does nothing: without any word, the language model would make much of
# the little that trembles. And how loud it is beside a movement as far as it gets.
STILL, RESTING = "still", 0.5
# A usual movement is half as far, and should be as loud as a word.
LOUD = 2.0
# How much "left" and "right" weigh beside the part that moves and how.
SIDE = 0.3


@torch.no_grad()
def begin_with_words(model: FaceTrackModel, tokenizer: Tokenizer) -> None:
    """The first units of the projector's middle each take one number, and give its words."""
    projector = model.face_projector
    if not isinstance(projector, PositionProjector):
        raise ValueError("only a projector of landmark numbers has names to begin with")
    first, last = (cast(nn.Linear, projector.layers[place]) for place in (0, -1))
    taken, given = first.weight, last.weight
    last.weight.mul_(DRAWN)
    last.bias.copy_(RESTING * _of_word(model, tokenizer, STILL))
    units = list(_units())
    for unit, (column, sign, told) in enumerate(units):
        taken[unit].zero_()
        taken[unit, column] = sign
        given[:, unit] = _meaning(model, tokenizer, told)
    first.bias[: len(units)].zero_()


def _units() -> list[tuple[int, float, str]]:
    """A column of the numbers, its sign and its words; `_neutral` says nothing."""
    turns = [
        (MEASURED + place // 2, 1.0 if place % 2 == 0 else -1.0, told)
        for place, told in enumerate(TURNS)
    ]
    moves = [
        (MEASURED + POSE + place, 1.0, " ".join(re.findall(r"[A-Z]?[a-z]+", name)).lower())
        for place, name in enumerate(NAMES)
        if not name.startswith("_")
    ]
    return turns + moves


def _meaning(model: FaceTrackModel, tokenizer: Tokenizer, told: str) -> Tensor:
    """
    As the language model holds its words, the mean of them. Most movements have a side, which
    must not be all that a face says.
    """
    words = told.split()
    weights = torch.tensor([SIDE if word in ("left", "right") else 1.0 for word in words])
    meanings = torch.stack([_of_word(model, tokenizer, word) for word in words])
    meaning: Tensor = weights @ meanings / weights.sum() * LOUD / BLENDSHAPES
    return meaning


def _of_word(model: FaceTrackModel, tokenizer: Tokenizer, word: str) -> Tensor:
    ids = torch.tensor(tokenizer.encode(f" {word}", add_special_tokens=False).ids)
    embedded: Tensor = model.language_model.get_input_embeddings()(ids)
    return embedded.mean(0)
