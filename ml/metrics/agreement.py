"""How nearly two people say the same of one clip. Neither of them is the reference."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, TypeAlias

import numpy as np
from rapidfuzz.distance import Indel, Levenshtein

from ml.metrics.autodq import auto_dq
from ml.metrics.judge import EventJudge, judge_pair
from ml.metrics.statistics import Values
from ml.metrics.tem import aligned, tem
from ml.metrics.tokenizing import tokenize

VERSION = "agreement-1"

WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
# Of the words of two sentences, how many both have before they are taken to tell the same.
ALIKE = 0.5


@dataclass(frozen=True)
class MarkedSentence:
    """Half-open code-point ranges of the text stand for what was inferred rather than seen."""

    text: str
    inferred: tuple[tuple[int, int], ...] = ()


Sentences: TypeAlias = Sequence[MarkedSentence]


# In the order of `Marks`: whether the first marked the word, and the second.
MARKS = ((True, True), (True, False), (False, True), (False, False))


class Marks(NamedTuple):
    """Of the words that both wrote: who marked them as inferred."""

    both: int
    first: int
    second: int
    neither: int


@dataclass(frozen=True)
class Agreement:
    event_f1: float
    tem: float
    # Words to change from one text to the other, as a share of the longer one's.
    word_distance: float
    marks: Marks


def agreement(judge: EventJudge, one: Sentences, other: Sentences) -> Agreement:
    """Raises Unjudged."""
    first, second = (" ".join(each.text for each in text) for text in (one, other))
    pair = judge_pair(judge, first, second)
    return Agreement(
        event_f1=auto_dq(pair).f1,
        tem=tem(pair, normaliser="both").score,
        word_distance=Levenshtein.normalized_distance(tokenize(first), tokenize(second)),
        marks=common_marks(one, other),
    )


def common_marks(one: Sentences, other: Sentences) -> Marks:
    """
    Two people seldom write the same words, and a word can only be compared where both have it: in
    sentences that tell the same, in order, the longest run of words in common.
    """
    first, second = ([_words(sentence) for sentence in text] for text in (one, other))
    alike = [[_share_in_common(row, column) >= ALIKE for column in second] for row in first]
    counts = Counter(
        marks
        for row, column in aligned(alike)
        for marks in _marks_in_common(first[row], second[column])
    )
    return Marks(*(counts[marks] for marks in MARKS))


def kappa(marks: Marks) -> float | None:
    """
    Cohen's: how much more often than by chance both say the same of a word. None where chance
    alone explains all, as where nobody marked anything.

    >>> kappa(Marks(2, 0, 0, 6)), kappa(Marks(1, 1, 1, 1)), kappa(Marks(0, 0, 0, 8))
    (1.0, 0.0, None)
    """
    if max(marks.both, marks.neither) == sum(marks):
        return None
    return kappa_of_means(np.array(marks, np.float64)).item()


def kappa_of_means(means: Values) -> Values:
    """
    For resampling: of four means in the last axis, by the formula of two by two. Where chance
    explains all, 0.
    """
    both, first, second, neither = np.moveaxis(means, -1, 0)
    beyond = 2 * (both * neither - first * second)
    possible = (both + first) * (first + neither) + (both + second) * (second + neither)
    found: Values = np.divide(beyond, possible, out=np.zeros_like(both), where=possible > 0)
    return found


class _Word(NamedTuple):
    text: str
    is_inferred: bool


def _words(sentence: MarkedSentence) -> list[_Word]:
    """A word is inferred when any part of it is marked."""
    return [
        _Word(
            found[0].lower(),
            any(start < found.end() and found.start() < end for start, end in sentence.inferred),
        )
        for found in WORD.finditer(sentence.text)
    ]


def _marks_in_common(one: Sequence[_Word], other: Sequence[_Word]) -> Iterator[tuple[bool, bool]]:
    for block in Indel.opcodes(_texts(one), _texts(other)).as_matching_blocks():
        mine, theirs = one[block.a :], other[block.b :]
        for word, same in islice(zip(mine, theirs, strict=False), block.size):
            yield word.is_inferred, same.is_inferred


def _share_in_common(one: Sequence[_Word], other: Sequence[_Word]) -> float:
    return Indel.normalized_similarity(_texts(one), _texts(other)) if one and other else 0.0


def _texts(words: Sequence[_Word]) -> list[str]:
    return [word.text for word in words]
