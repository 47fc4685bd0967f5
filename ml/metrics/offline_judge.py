"""
A judge that needs no server: rules on words, and closeness of sentences where the rules know none.

It is coarse and always gives the same answer. docs/metrics.md says how well it does, and where not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np

from ml.metrics import deeds
from ml.metrics.clauses import clauses, tells_an_act
from ml.metrics.deeds import OPPOSITE, Meaning, meaning_of
from ml.metrics.embeddings import Numbers, SentenceNetwork
from ml.metrics.events import Events, Relation, Relations, Verdict, Verdicts
from ml.metrics.word_overlap import word_points

VERSION = "offline-rules-1"
# Of two clauses of which the rules know at most one. Set on half of the labelled pairs.
CLOSE = 0.6

SAME: Relation = "same_meaning"
OPPOSED: Relation = "opposite_meaning"

Points: TypeAlias = Callable[[Sequence[str]], Numbers]


@dataclass(frozen=True)
class OfflineJudge:
    """No cap on events, for it would keep the first ten: captions begin with looks, not changes."""

    points: Points
    compared_by: str
    at_once: int = 1

    @property
    def name(self) -> str:
        return f"offline ({VERSION}, {deeds.VERSION}, {self.compared_by}, all events)"

    @classmethod
    def load(cls, folder: Path) -> OfflineJudge:
        """Raises WeightsUnusable."""
        network = SentenceNetwork.load(folder)
        return cls(network.points, f"all-MiniLM-L6-v2 {network.version}")

    @classmethod
    def without_network(cls) -> OfflineJudge:
        return cls(word_points, "words alone")

    def events(self, text: str) -> Events:
        """What is said twice in a row with the same deeds is one event."""
        told = _told(text)
        return tuple(
            clause
            for clause, before in zip(told, ["", *told], strict=False)
            if _is_news(meaning_of(clause), meaning_of(before))
        )

    def verdicts(self, events: Events, text: str) -> Verdicts:
        told = _told(text)
        return tuple(self._verdict(clauses(event) or [event], told) for event in events)

    def relations(self, reference: Events, prediction: Events) -> Relations:
        columns = [meaning_of(event) for event in prediction]
        close = self._closeness(reference, prediction)
        return tuple(
            tuple(
                _relation(meaning_of(event), other, near)
                for other, near in zip(columns, row, strict=True)
            )
            for event, row in zip(reference, close, strict=True)
        )

    def _verdict(self, event: Sequence[str], told: Sequence[str]) -> Verdict:
        """An event of several clauses is told when each of them is."""
        close = self._closeness(event, told)
        meanings = [meaning_of(clause) for clause in told]
        parts = [
            _verdict(meaning_of(clause), meanings, row)
            for clause, row in zip(event, close, strict=True)
        ]
        if "contradiction" in parts:
            return "contradiction"
        return "neutral" if "neutral" in parts else "entailment"

    def _closeness(self, one: Sequence[str], other: Sequence[str]) -> Numbers:
        """The cosine of each of one with each of the other, where the rules need any."""
        if not one or all(meaning_of(clause).deeds for clause in [*one, *other]):
            return np.zeros((len(one), len(other)), np.float32)
        points = self.points([*one, *other])
        close: Numbers = points[: len(one)] @ points[len(one) :].T
        return close


def _told(text: str) -> list[str]:
    """Looks and surroundings are left out."""
    return [clause for clause in clauses(text) if meaning_of(clause).deeds or tells_an_act(clause)]


def _is_news(meaning: Meaning, before: Meaning) -> bool:
    """That a face changes stands in the first sentence of most captions, and tells nothing."""
    if meaning.deeds == {"face changes"} and not meaning.is_denied:
        return False
    return meaning != before or not meaning.deeds


def _verdict(event: Meaning, told: Sequence[Meaning], close: Numbers) -> Verdict:
    relations = [_relation(event, *other) for other in zip(told, close, strict=True)]
    alike = (other for other, relation in zip(told, relations, strict=True) if relation == SAME)
    # A clause that tells only some of the deeds entails these, not the event.
    if _is_told(event, told) or any(
        event.deeds <= other.deeds or not other.deeds for other in alike
    ):
        return "entailment"
    return "contradiction" if OPPOSED in relations else "neutral"


def _is_told(event: Meaning, told: Sequence[Meaning]) -> bool:
    """Every single deed of the event, be it in one clause or in several."""
    return bool(event.deeds) and all(
        any(
            deed in other.deeds and other.is_denied == event.is_denied and _same_side(event, other)
            for other in told
        )
        for deed in event.deeds
    )


def _relation(one: Meaning, other: Meaning, closeness: float) -> Relation:
    if not _same_side(one, other):
        return "no_relation"
    if one.deeds and other.deeds:
        is_same, is_opposite = _is_same(one, other), _is_opposite(one, other)
    else:
        is_same, is_opposite = closeness >= CLOSE, False
    if is_same and one.is_denied == other.is_denied:
        return SAME
    return OPPOSED if is_same or is_opposite else "no_relation"


def _is_same(one: Meaning, other: Meaning) -> bool:
    return one.deeds <= other.deeds or other.deeds <= one.deeds


def _is_opposite(one: Meaning, other: Meaning) -> bool:
    return any(frozenset((a, b)) in OPPOSITE for a in one.deeds for b in other.deeds)


def _same_side(one: Meaning, other: Meaning) -> bool:
    """A side that only one of them names is no other side."""
    return None in (one.side, other.side) or one.side == other.side
