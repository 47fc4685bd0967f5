"""Sentences as points by their words alone, for where the network of sentences is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ml.metrics.embeddings import Numbers
from ml.metrics.tokenizing import tokenize

# Words that say nothing by themselves.
EMPTY = frozenset(
    ["a", "an", "the", "his", "her", "he", "she", "they", "their", "is", "are", "and", "to", "with"]
)


def word_points(sentences: Sequence[str]) -> Numbers:
    """A product of two is the cosine of their words, cut to their beginnings, without order."""
    bags = [{word[:5] for word in tokenize(sentence)} - EMPTY for sentence in sentences]
    columns = {word: at for at, word in enumerate(sorted(set().union(*bags)))}
    points = np.zeros((len(bags), len(columns)), np.float32)
    for row, bag in enumerate(bags):
        points[row, [columns[word] for word in sorted(bag)]] = 1 / max(len(bag), 1) ** 0.5
    return points
