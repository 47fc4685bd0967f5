"""
What a text scores that knows nothing of its clip: the numbers from which any other has to rise.

Each takes the references of the clips and gives a made prediction for every clip.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import TypeAlias

VERSION = "chance-1"

Captions: TypeAlias = Mapping[str, str]
START = 0.6


def another_reference(references: Captions, seed: int) -> dict[str, str]:
    """
    The reference of another clip. Needs two clips.

    >>> another_reference({"1": "He blinks.", "2": "She smiles."}, seed=0)
    {'1': 'She smiles.', '2': 'He blinks.'}
    """
    order = sorted(references)
    random.Random(seed).shuffle(order)  # noqa: S311 -- a draw, not a secret
    partners = dict(zip(order, [*order[1:], *order[:1]], strict=True))
    return {clip: references[partners[clip]] for clip in references}


def one_caption(references: Captions, seed: int) -> dict[str, str]:
    """The reference of middle length, for every clip."""
    by_length = sorted(references.values(), key=lambda text: (len(text.split()), text))
    return dict.fromkeys(references, by_length[len(by_length) // 2])


def own_start(references: Captions, seed: int) -> dict[str, str]:
    """
    The first 60 % of the words of the clip's own reference: right, and too short.

    >>> own_start({"1": "He blinks and then he smiles"}, seed=0)
    {'1': 'He blinks and'}
    """
    return {clip: _start(text.split()) for clip, text in references.items()}


def _start(words: list[str]) -> str:
    return " ".join(words[: int(len(words) * START)])


BASELINES: dict[str, Callable[[Captions, int], dict[str, str]]] = {
    "chance: another clip's reference": another_reference,
    "chance: one caption for all clips": one_caption,
    "the reference's own first 60 %": own_start,
}
