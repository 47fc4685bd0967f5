"""
What is asked of a judge, whoever it is, and what becomes of its answers.

A judge that fails on a text raises Unjudged; whoever asks counts that and never leaves it out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal, Protocol, TypeAlias, get_args

from ml.metrics.events import Events, JudgedPair, Relations, Verdicts

# As in the published scores; an uncapped judge has another name.
MOST_EVENTS = 10
# The paper reports the first four.
Aspect: TypeAlias = Literal["correctness", "detail", "context", "temporal", "consistency"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
HIGHEST_SCORE = 5


class Unjudged(Exception):
    """No usable answer about this text, and asking again did not help."""


class JudgeUnusable(Exception):
    """The judge answers nothing at all, or is no longer the same. The message says what to do."""


class JudgeBusy(JudgeUnusable):
    """It passes by itself."""


class EventJudge(Protocol):
    @property
    def name(self) -> str:
        """What judged, and by which version of its prompts or rules; kept with every number."""
        ...

    @property
    def at_once(self) -> int:
        """How many questions it takes at the same time."""
        ...

    def events(self, text: str) -> Events:
        """In the order in which they occur."""
        ...

    def verdicts(self, events: Events, text: str) -> Verdicts: ...

    def relations(self, reference: Events, prediction: Events) -> Relations: ...


class CaptionJudge(EventJudge, Protocol):
    """Also gives the scores of Video-ChatGPT, and rewrites a text into the references' form."""

    def score(self, aspect: Aspect, reference: str, predictions: Sequence[str]) -> int:
        """From 0 to 5. Consistency is between two predictions for one clip, all else of one."""
        ...

    def converted(self, text: str) -> str: ...


def judge_pair(
    judge: EventJudge, reference: str, prediction: str, reference_events: Events | None = None
) -> JudgedPair:
    """Frozen events of the reference are taken as they are."""
    told = judge.events(reference) if reference_events is None else reference_events
    found = judge.events(prediction)
    return JudgedPair(
        reference_events=told,
        predicted_events=found,
        reference_verdicts=judge.verdicts(told, prediction) if told else (),
        predicted_verdicts=judge.verdicts(found, reference) if found else (),
        relations=judge.relations(told, found) if told and found else ((),) * len(told),
    )


def as_judged(text: str) -> str:
    """Texts go to a judge in lower case, on one line and without double quotes."""
    return " ".join(text.lower().replace('"', "'").split())


def key_of(text: str) -> str:
    return hashlib.sha256(as_judged(text).encode()).hexdigest()
