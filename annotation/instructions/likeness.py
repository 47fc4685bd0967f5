"""Which texts nearly repeat another, by the runs of letters that they share. No Django."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

LETTERS = re.compile(r"\W+")
LENGTH = 4


@dataclass(frozen=True)
class Nearest:
    """The other text that is most alike, by its place, and the share of runs in common."""

    place: int
    likeness: float


def nearest_by_letters(texts: Sequence[str]) -> list[Nearest | None]:
    """Of each text; none where it shares no run with any other. Of equals the first."""
    runs = [_runs(text) for text in texts]
    having: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(runs):
        for run in found:
            having[run].append(place)
    return [_nearest(place, runs, having) for place in range(len(texts))]


def _nearest(
    place: int, runs: list[frozenset[str]], having: dict[str, list[int]]
) -> Nearest | None:
    shared: Counter[int] = Counter()
    for run in runs[place]:
        shared.update(having[run])
    del shared[place]
    likeness = {
        other: common / (len(runs[place]) + len(runs[other]) - common)
        for other, common in shared.items()
    }
    if not likeness:
        return None
    other = min(likeness, key=lambda candidate: (-likeness[candidate], candidate))
    return Nearest(other, likeness[other])


def _runs(text: str) -> frozenset[str]:
    plain = f" {LETTERS.sub(' ', text.lower()).strip()} "
    return frozenset(plain[at : at + LENGTH] for at in range(max(1, len(plain) - LENGTH + 1)))
