"""
Predictions rewritten into the form of the references before they are judged.

Models that were not trained on the references write in forms of their own, which a judge may mark
down for the form alone. Both texts are kept, and a rewriting that changed what is said is flagged.
"""

from __future__ import annotations

from dataclasses import dataclass

from ml.metrics.judge import CaptionJudge
from ml.metrics.tokenizing import tokenize

# A rewriting that only changes the form stays within this share of words and of events.
MOST_CHANGE = 0.3


@dataclass(frozen=True)
class Conversion:
    raw: str
    converted: str
    raw_events: int
    converted_events: int

    @property
    def is_suspicious(self) -> bool:
        words = len(tokenize(self.raw)), len(tokenize(self.converted))
        return _change(*words) > MOST_CHANGE or (
            _change(self.raw_events, self.converted_events) > MOST_CHANGE
        )


def convert(judge: CaptionJudge, text: str) -> Conversion:
    converted = judge.converted(text)
    return Conversion(text, converted, len(judge.events(text)), len(judge.events(converted)))


def _change(before: int, after: int) -> float:
    """
    >>> _change(10, 13), _change(10, 6), _change(0, 0)
    (0.3, 0.4, 0.0)
    """
    return abs(after - before) / max(before, 1)
