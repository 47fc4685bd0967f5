"""Clips of two seconds with two known facial events, drawn by lot before any picture is made."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.made.movements import KINDS

SECONDS = 2.0
# How long a movement takes to its full strength, and back.
EASE = 0.15
# What a face may show of a movement all the time, and how far a head sways, as shares of the whole.
HABIT, SWAY = 0.1, 0.1
HEAD = ("head_turn", "head_tilt", "head_lower")
BOTH_WAYS = ("head_turn", "head_tilt")


@dataclass(frozen=True)
class MadeEvent:
    """In seconds; the strength is negative where a head moves the other way."""

    kind: str
    start: float
    stop: float
    strength: float

    def at(self, time: float) -> float:
        return self.strength * _eased(time - self.start) * _eased(self.stop - time)


@dataclass(frozen=True)
class Shot:
    """How a face stands in the picture, in shares of its height; its light and its noise."""

    height: float
    aside: float
    below: float
    light: float
    noise: float


@dataclass(frozen=True)
class MadeClip:
    """`face` is a number below that of the stills; `phases` are of the sway, by kind."""

    name: str
    face: int
    events: tuple[MadeEvent, ...]
    habits: Mapping[str, float]
    phases: Mapping[str, float]
    shot: Shot
    caption: str

    @property
    def file(self) -> str:
        return f"{self.name}.mp4"

    def strengths(self, time: float) -> Mapping[str, float]:
        told = defaultdict(float, self.habits)
        for kind, phase in self.phases.items():
            told[kind] += SWAY * math.sin(phase + 2 * math.pi * time / SECONDS)
        for event in self.events:
            told[event.kind] += event.at(time)
        return told


def made_clips(count: int, seed: int, faces: int) -> list[MadeClip]:
    """Of as many faces; two events each, one after the other, of different kinds."""
    return [_clip(f"made-{seed}-{number:03}", faces) for number in range(count)]


def captions(clips: Sequence[MadeClip]) -> dict[str, str]:
    """By file."""
    return {clip.file: clip.caption for clip in clips}


def _clip(name: str, faces: int) -> MadeClip:
    lot = random.Random(name)  # noqa: S311 -- anyone may make the same clips
    first, second = lot.sample(sorted(KINDS), 2)
    events = (_event(first, 0.0, lot), _event(second, SECONDS / 2, lot))
    told = [lot.choice(KINDS[event.kind].told) for event in events]
    return MadeClip(
        name,
        lot.randrange(faces),
        events,
        {kind: lot.uniform(0, HABIT) for kind in KINDS if kind not in HEAD},
        {kind: lot.uniform(0, 2 * math.pi) for kind in HEAD},
        _shot(lot),
        f"The person {told[0]}. Then the person {told[1]}.",
    )


def _event(kind: str, half: float, lot: random.Random) -> MadeEvent:
    start = half + lot.uniform(0.05, 0.2)
    strength = lot.uniform(0.7, 1.0) * (lot.choice((-1, 1)) if kind in BOTH_WAYS else 1)
    return MadeEvent(kind, start, start + lot.uniform(0.6, 0.75), strength)


def _shot(lot: random.Random) -> Shot:
    return Shot(
        height=lot.uniform(0.5, 0.65),
        aside=lot.uniform(-0.15, 0.15),
        below=lot.uniform(0, 0.1),
        light=lot.uniform(0.75, 1.15),
        noise=lot.uniform(0, 4),
    )


def _eased(seconds: float) -> float:
    share = min(1.0, max(0.0, seconds / EASE))
    return share * share * (3 - 2 * share)
