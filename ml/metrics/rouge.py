"""ROUGE-L: how much of two texts is said in the same words and order."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

VERSION = "rouge-l-1"

# How much more recall weighs than precision, as pycocoevalcap has it.
BETA = 1.2


def rouge_l(prediction: Sequence[str], reference: Sequence[str]) -> float:
    """
    Of two lists of words; 0 where one is empty.

    >>> round(rouge_l("he smiles and blinks".split(), "he frowns and blinks".split()), 4)
    0.75
    """
    common = LCSseq.similarity(prediction, reference)
    if not common:
        return 0.0
    precision, recall = common / len(prediction), common / len(reference)
    return (1 + BETA**2) * precision * recall / (recall + BETA**2 * precision)
