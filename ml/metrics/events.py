"""What a judge says about a prediction and its reference: their events, and how these relate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

# An event against a whole text.
Verdict: TypeAlias = Literal["entailment", "neutral", "contradiction"]
# An event against an event.
Relation: TypeAlias = Literal["same_meaning", "opposite_meaning", "no_relation"]
Events: TypeAlias = tuple[str, ...]
Verdicts: TypeAlias = tuple[Verdict, ...]
Relations: TypeAlias = tuple[tuple[Relation, ...], ...]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
RELATIONS: tuple[Relation, ...] = get_args(Relation)


@dataclass(frozen=True)
class JudgedPair:
    """
    Events in the order in which they occur. The verdicts on the reference's events are against the
    predicted text, those on the predicted events against the reference. `relations` has a row for
    each event of the reference, with a column for each predicted one.
    """

    reference_events: Events
    predicted_events: Events
    reference_verdicts: Verdicts
    predicted_verdicts: Verdicts
    relations: Relations

    def __post_init__(self) -> None:
        found = len(self.reference_verdicts), len(self.predicted_verdicts), len(self.relations)
        columns = {len(row) for row in self.relations} - {len(self.predicted_events)}
        if found != (self.rows, self.columns, self.rows) or columns:
            raise ValueError("Every event needs a verdict, and every pair of events a relation.")

    @property
    def rows(self) -> int:
        return len(self.reference_events)

    @property
    def columns(self) -> int:
        return len(self.predicted_events)
