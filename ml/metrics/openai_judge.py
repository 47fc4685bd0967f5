"""A judge behind an OpenAI-compatible server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ml.drafting.answers import plain
from ml.metrics import judge_prompts as prompts
from ml.metrics.asking import Asking
from ml.metrics.events import Events, Relations, Verdicts
from ml.metrics.judge import MOST_EVENTS, Aspect, as_judged
from ml.metrics.judge_prompts import (
    EventsAnswer,
    RelationsAnswer,
    ScoreAnswer,
    TextAnswer,
    VerdictsAnswer,
)

# Ten words, and some patience with a judge that counts badly.
LONGEST_EVENT_WORDS = 25


@dataclass(frozen=True)
class OpenAIJudge:
    """Without `most_events` every event counts, which is another judge by name."""

    asking: Asking
    most_events: int | None = MOST_EVENTS
    at_once: int = 16

    @property
    def name(self) -> str:
        cap = "" if self.most_events == MOST_EVENTS else f", {self.most_events or 'all'} events"
        return f"{self.asking.model} ({prompts.VERSION}{cap})"

    def events(self, text: str) -> Events:
        judged = as_judged(text)
        if not judged:
            return ()
        task = prompts.events_prompt(self.most_events)
        messages = prompts.messages(task, EventsAnswer, {"text": judged})
        answer = self.asking.ask(messages, EventsAnswer, self._wrong_events)
        return tuple(map(plain, answer.events))

    def verdicts(self, events: Events, text: str) -> Verdicts:
        material = {"events": prompts.numbered(events), "description": as_judged(text)}

        def wrong(answer: VerdictsAnswer) -> list[str]:
            return _unequal("verdicts", len(answer.verdicts), len(events))

        messages = prompts.messages(prompts.VERDICTS, VerdictsAnswer, material)
        return tuple(self.asking.ask(messages, VerdictsAnswer, wrong).verdicts)

    def relations(self, reference: Events, prediction: Events) -> Relations:
        lists = {"reference": reference, "prediction": prediction}
        material = {name: prompts.numbered(events) for name, events in lists.items()}

        def wrong(answer: RelationsAnswer) -> list[str]:
            problems = _unequal("rows", len(answer.rows), len(reference))
            for number, row in enumerate(answer.rows, start=1):
                problems += _unequal(f"relations in row {number}", len(row), len(prediction))
            return problems

        messages = prompts.messages(prompts.RELATIONS, RelationsAnswer, material)
        return tuple(map(tuple, self.asking.ask(messages, RelationsAnswer, wrong).rows))

    def score(self, aspect: Aspect, reference: str, predictions: Sequence[str]) -> int:
        answers = [as_judged(prediction) for prediction in predictions]
        material = {"description": as_judged(reference), "answers": answers}
        messages = prompts.messages(prompts.score_prompt(aspect), ScoreAnswer, material)
        return int(self.asking.ask(messages, ScoreAnswer, lambda _: []).score)

    def converted(self, text: str) -> str:
        messages = prompts.messages(prompts.CONVERT, TextAnswer, {"text": text})
        return plain(self.asking.ask(messages, TextAnswer, _nothing_said).text)

    def _wrong_events(self, answer: EventsAnswer) -> list[str]:
        problems = [
            f"Event {number} is no sentence of at most ten words."
            for number, event in enumerate(answer.events, start=1)
            if not 0 < len(plain(event).split()) <= LONGEST_EVENT_WORDS
        ]
        if self.most_events and len(answer.events) > self.most_events:
            problems.append(f"There are more than {self.most_events} events.")
        return problems


def _unequal(what: str, found: int, needed: int) -> list[str]:
    return [] if found == needed else [f"There are {found} {what}, and {needed} are needed."]


def _nothing_said(answer: TextAnswer) -> list[str]:
    return [] if plain(answer.text) else ["The text is empty."]
