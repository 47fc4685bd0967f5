"""Which frames of a clip a model looks at: some a second, and sixteen for the language model."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal, TypeVar

RATE = 16
SAMPLES = 16

Item = TypeVar("Item")
Formula = Literal["uniform", "june_2024"]
Time = Fraction | float


def resample(times: Sequence[Time], rate: int | Fraction = RATE) -> list[int]:
    """The indices of the frames that `thin` keeps."""
    return list(thin(zip(times, range(len(times)), strict=True), rate))


def thin(timed: Iterable[tuple[Time, Item]], rate: int | Fraction = RATE) -> Iterator[Item]:
    """
    For every 1/`rate` of a second since the first time, the nearest item; none comes twice.

    So a slower video keeps all its frames. A point halfway between two goes to the earlier one;
    the last frame is taken to stay as long as the one before. Holds one item back, because only
    the next time tells which of the two is nearer.
    """
    point, middle, half_gap = 0, Fraction(0), Fraction(1)
    start: Fraction | None = None
    earlier: tuple[Fraction, Item] | None = None
    for time, item in timed:
        start = Fraction(time) if start is None else start
        place = (Fraction(time) - start) * rate  # in points
        if earlier is not None:
            middle, half_gap = (earlier[0] + place) / 2, (place - earlier[0]) / 2
            if point <= middle:
                yield earlier[1]
                point = math.floor(middle) + 1
        earlier = place, item
    if earlier is not None and point < earlier[0] + min(2 * half_gap, Fraction(1, 2)):
        yield earlier[1]


def sample_frames(
    count: int,
    wanted: int = SAMPLES,
    formula: Formula = "uniform",
    *,
    first: int = 0,
    last: int | None = None,
) -> list[int]:
    """
    `wanted` of `count` frames, from `first` to `last` inclusive, evenly spread; a short clip's
    come several times. The older formula is the one that the released checkpoints learned with.
    """
    last = count - 1 if last is None else last
    if not 0 <= first <= last < count:
        raise ValueError(f"frames {first} to {last} of {count}")
    step = float(last - first) / wanted
    position = _middle if formula == "uniform" else _middle_of_2024
    return [first + position(step * index, step * (index + 1)) for index in range(wanted)]


def _middle(start: float, end: float) -> int:
    return round((start + end) / 2 + 1e-6)


def _middle_of_2024(start: float, end: float) -> int:
    return (round(start) + round(end)) // 2


def frame_range(
    count: int, rate: float, start_s: float | None, end_s: float | None
) -> tuple[int, int]:
    """
    First and last frame of a time range, as the released model counts them.

    Times in the wrong order are exchanged, and two equal ones mean the second that they begin.
    """
    if start_s is not None and end_s is not None:
        start_s, end_s = sorted((start_s, end_s))
        end_s = start_s + 1 if start_s == end_s else end_s
    first = 0 if start_s is None else max(int(start_s * rate) - 1, 0)
    last = count - 1 if end_s is None else min(int(end_s * rate) - 1, count - 1)
    return first, last


def replace_missing(samples: Sequence[int], has_face: Sequence[bool]) -> list[int]:
    """
    Each sample without a main face becomes the nearest frame that has one, the earlier of two.

    `has_face` covers all frames that the samples were drawn from. Without any, nothing changes.
    """
    faces = [index for index, seen in enumerate(has_face) if seen]
    if not faces:
        return list(samples)
    return [min(faces, key=lambda face: (abs(face - sample), face)) for sample in samples]
