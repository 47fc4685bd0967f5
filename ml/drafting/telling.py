"""Moments of people into the sentences of a caption, phase by phase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ml.drafting.moments import Moment, is_all_along
from ml.drafting.phrases import (
    AFTER,
    LASTS,
    LEADS,
    MEANWHILE,
    STILL,
    Phase,
    act,
    listed,
    pick,
    sentence,
)

# More than a person reads with patience; the least goes.
MOST_IN_PHASE = 4
MOST_IN_SUMMARY = 3
# Shares of the clip at which a phase ends. They lie within what ml.signals.checking allows.
PHASE_ENDS: tuple[tuple[Phase, float], ...] = (
    ("beginning", 0.25),
    ("progress", 0.45),
    ("middle", 0.7),
    ("end", 1.0),
)
# Repetitions over this share of the clip belong to no phase.
OFTEN = 0.6
# Moments that share so much of the time that both take up are told in one sentence.
TOGETHER = 0.3
# What takes up this share of the clip and goes on at its end is said to last.
LONG = 0.3


@dataclass(frozen=True)
class Person:
    """`who` is how the draft calls them."""

    who: str
    moments: Sequence[Moment]


@dataclass(frozen=True)
class Telling:
    """How the moments of a clip are told; the words differ from seed to seed."""

    frame_count: int
    seed: str

    def changes(self, people: Sequence[Person]) -> list[dict[str, object]]:
        """Sentences with their phase and frames; what holds all along comes first."""
        statements = [
            statement
            for phase in LEADS
            for person in people
            for statement in self._statements(person, phase)
        ]
        return [self._worded(place, statements) for place in range(len(statements))]

    def summary(self, people: Sequence[Person]) -> str:
        return sentence(listed([f"{person.who} {self._gist(person)}" for person in people]))

    def _statements(self, person: Person, phase: Phase) -> Iterator[_Statement]:
        if not person.moments and phase == "throughout":
            yield _Statement(person.who, phase, (), 0, self.frame_count)
        moments = [moment for moment in person.moments if self._phase(moment) == phase]
        for together in _together(_most(moments, MOST_IN_PHASE)):
            stop = max(moment.stop for moment in together)
            yield _Statement(person.who, phase, together, together[0].start, stop)

    def _phase(self, moment: Moment) -> Phase:
        is_often = moment.times > 1 and moment.length >= OFTEN * self.frame_count
        if is_often or is_all_along(moment, self.frame_count):
            return "throughout"
        share = moment.seen / self.frame_count
        return next(phase for phase, end in PHASE_ENDS if share < end)

    def _worded(self, place: int, statements: Sequence[_Statement]) -> dict[str, object]:
        now = statements[place]
        acts = self._acts(now.moments) or pick(STILL, self.seed)
        text = f"{self._lead(place, statements)} {now.who} {acts}{self._lasting(now)}"
        return {"text": sentence(text), "phase": now.phase, "frames": [now.start, now.stop]}

    def _lead(self, place: int, statements: Sequence[_Statement]) -> str:
        """Neighbours begin with different words."""
        now, before = statements[place], statements[place - 1]
        if place == 0 or before.phase != now.phase:
            return pick(LEADS[now.phase], self.seed, now.phase)
        return pick(AFTER if now.start >= before.stop else MEANWHILE, self.seed, turn=place)

    def _lasting(self, now: _Statement) -> str:
        is_long = len(now.moments) == 1 and now.stop - now.start >= LONG * self.frame_count
        if now.phase == "throughout" or not is_long or now.stop < self.frame_count:
            return ""
        return pick(LASTS, self.seed, now.start)

    def _gist(self, person: Person) -> str:
        """What stands out most; blinks only where there is nothing else."""
        telling = [moment for moment in person.moments if moment.deed != "blink"]
        most = _most(telling or person.moments, MOST_IN_SUMMARY)
        return self._acts(most) or pick(STILL, self.seed)

    def _acts(self, moments: Sequence[Moment]) -> str:
        """Nothing where there are none; the same words only once."""
        return listed(list(dict.fromkeys(act(moment, self.seed) for moment in moments)))


@dataclass(frozen=True)
class _Statement:
    """A sentence before it has its words: what one person does at one time."""

    who: str
    phase: Phase
    moments: Sequence[Moment]
    start: int
    stop: int


def _most(moments: Sequence[Moment], number: int) -> list[Moment]:
    """Those strong and long, in their order."""
    chosen = sorted(moments, key=lambda moment: -moment.strength * moment.length)[:number]
    return sorted(chosen, key=lambda moment: moment.start)


def _together(moments: Sequence[Moment]) -> Iterator[list[Moment]]:
    group: list[Moment] = []
    for moment in moments:
        if group and not all(_share(earlier, moment) >= TOGETHER for earlier in group):
            yield group
            group = []
        group.append(moment)
    if group:
        yield group


def _share(one: Moment, later: Moment) -> float:
    """Of the time that the two take up."""
    common = min(one.stop, later.stop) - max(one.start, later.start)
    return common / (max(one.stop, later.stop) - min(one.start, later.start))
