"""CIDEr-D: shared runs of one to four words, rare ones counting most, with a price on length."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

VERSION = "cider-d-1"

LONGEST = 4
# Of the bell curve by which a text of another length than its reference is marked down.
SIGMA = 6.0
# Identical texts score ten.
SCALE = 10.0

Words: TypeAlias = Sequence[str]
Run: TypeAlias = tuple[str, ...]


def cider_d(predictions: Sequence[Words], references: Sequence[Words]) -> list[float]:
    """
    A score for each pair. What counts as rare is counted over all references, so scores of
    different sets of clips cannot be compared, and a single pair has the score 0.

    >>> texts = ["she smiles and then blinks".split(), "he frowns a little bit".split()]
    >>> cider_d(texts, texts)
    [10.0, 10.0]
    """
    rarity = Rarity.of(references)
    return [
        _score(rarity.weigh(prediction), rarity.weigh(reference))
        for prediction, reference in zip(predictions, references, strict=True)
    ]


@dataclass(frozen=True)
class Weighed:
    """The weight of each run of one length after the other, and the length of each such vector."""

    weights: tuple[dict[Run, float], ...]
    norms: tuple[float, ...]
    # The number of runs of two words: what the original takes for the length of the text.
    length: int


@dataclass(frozen=True)
class Rarity:
    """In how many of the texts each run of words occurs."""

    texts: int
    holding: Counter[Run]

    @classmethod
    def of(cls, texts: Sequence[Words]) -> Rarity:
        return cls(len(texts), Counter(run for text in texts for run in set(_runs(text))))

    def weigh(self, text: Words) -> Weighed:
        weights: tuple[dict[Run, float], ...] = tuple({} for _ in range(LONGEST))
        for run, count in Counter(_runs(text)).items():
            weights[len(run) - 1][run] = count * self._weight(run)
        norms = tuple(math.sqrt(sum(value * value for value in of.values())) for of in weights)
        return Weighed(weights, norms, max(len(text) - 1, 0))

    def _weight(self, run: Run) -> float:
        return math.log(self.texts) - math.log(max(1, self.holding[run]))


def _runs(text: Words) -> list[Run]:
    return [
        tuple(text[start : start + size])
        for size in range(1, LONGEST + 1)
        for start in range(len(text) - size + 1)
    ]


def _score(prediction: Weighed, reference: Weighed) -> float:
    apart = prediction.length - reference.length
    penalty = math.exp(-(apart**2) / (2 * SIGMA**2))
    return SCALE * penalty * sum(_likeness(prediction, reference)) / LONGEST


def _likeness(prediction: Weighed, reference: Weighed) -> list[float]:
    """The clipped cosine for each length of run."""
    return [
        sum(
            min(weight, theirs.get(run, 0.0)) * theirs.get(run, 0.0) for run, weight in ours.items()
        )
        / (our_norm * their_norm or 1.0)
        for ours, theirs, our_norm, their_norm in zip(
            prediction.weights, reference.weights, prediction.norms, reference.norms, strict=True
        )
    ]
