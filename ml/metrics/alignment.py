"""The events of two texts beside each other, for people to look at: what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ml.metrics.events import JudgedPair, Relation, Verdict
from ml.metrics.tem import aligned, matches

# `told`: by the whole other text, and by no single event of it.
State: TypeAlias = Literal["matched", "out_of_order", "told", "contradicted", "missed", "invented"]
PairState: TypeAlias = Literal["matched", "out_of_order", "opposite"]

PAIRED: dict[Relation, PairState] = {
    "same_meaning": "out_of_order",
    "opposite_meaning": "opposite",
}


@dataclass(frozen=True)
class AlignedEvent:
    text: str
    state: State


@dataclass(frozen=True)
class AlignedPair:
    """Positions in the two lists."""

    reference: int
    prediction: int
    state: PairState


@dataclass(frozen=True)
class Alignment:
    reference: tuple[AlignedEvent, ...]
    prediction: tuple[AlignedEvent, ...]
    pairs: tuple[AlignedPair, ...]


def align(pair: JudgedPair) -> Alignment:
    """
    The matched pairs are the longest run in which both texts go forward. Where neither of two
    events with the same meaning is in the run, both are out of order.
    """
    run = set(aligned(matches(pair)))
    rows, columns = {row for row, _ in run}, {column for _, column in run}
    pairs: list[AlignedPair] = []
    for row, relations in enumerate(pair.relations):
        for column, relation in enumerate(relations):
            is_spare = row not in rows and column not in columns
            if (row, column) in run:
                pairs.append(AlignedPair(row, column, "matched"))
            elif is_spare and relation != "no_relation":
                pairs.append(AlignedPair(row, column, PAIRED[relation]))
    return Alignment(
        _events(
            pair.reference_events,
            pair.reference_verdicts,
            [(each.reference, each.state) for each in pairs],
            "missed",
        ),
        _events(
            pair.predicted_events,
            pair.predicted_verdicts,
            [(each.prediction, each.state) for each in pairs],
            "invented",
        ),
        tuple(pairs),
    )


def _events(
    texts: Sequence[str],
    verdicts: Sequence[Verdict],
    paired: Sequence[tuple[int, PairState]],
    alone: State,
) -> tuple[AlignedEvent, ...]:
    return tuple(
        AlignedEvent(
            text, _state({state for where, state in paired if where == at}, verdict, alone)
        )
        for at, (text, verdict) in enumerate(zip(texts, verdicts, strict=True))
    )


def _state(paired: set[PairState], verdict: Verdict, alone: State) -> State:
    if "matched" in paired:
        return "matched"
    if "out_of_order" in paired:
        return "out_of_order"
    if verdict == "entailment":
        return "told"
    return "contradicted" if verdict == "contradiction" or "opposite" in paired else alone
