"""Where one shot ends and the next begins."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.video.streaming import SampledFrame

# A jump that is taken back within so many sampled frames is a flash, at 16 a second an eighth.
FLASH = 2
# A quarter of a second: no shot that a person can read is shorter.
TRANSITION = 4
# Small enough that noise and movement stay within a bin's share.
SIZE = 160, 90
BINS = [16, 8, 8]
RANGES = [0, 180, 0, 256, 0, 256]

Histogram = NDArray[np.float32]


@dataclass(frozen=True)
class ShotFrame:
    frame: SampledFrame
    starts_shot: bool


def find_shots(frames: Iterable[SampledFrame], least: float) -> Iterator[ShotFrame]:
    """
    A cut lies where the colours correlate less than `least` with those before, and stay so.

    The first frame starts no new shot. Holds at most FLASH frames back.
    """
    before: Histogram | None = None
    waiting: deque[tuple[SampledFrame, Histogram]] = deque()
    for frame in frames:
        waiting.append((frame, histogram(frame.rgb)))
        while waiting and (count := _settled(before, waiting, least)):
            starts_shot = before is not None and count == 1 and _differ(before, waiting, least)
            for _ in range(count):
                shown, before = waiting.popleft()
                yield ShotFrame(shown, starts_shot)
    while waiting:
        starts_shot = before is not None and _differ(before, waiting, least)
        shown, before = waiting.popleft()
        yield ShotFrame(shown, starts_shot)


def _settled(
    before: Histogram | None, waiting: deque[tuple[SampledFrame, Histogram]], least: float
) -> int:
    """How many of the waiting frames are decided: all up to one that is like those before."""
    if before is None:
        return 1
    for count, (_, colours) in enumerate(waiting, 1):
        if correlate(before, colours) >= least:
            return count
    return 1 if len(waiting) > FLASH else 0


def _differ(
    before: Histogram, waiting: deque[tuple[SampledFrame, Histogram]], least: float
) -> bool:
    return correlate(before, waiting[0][1]) < least


def histogram(rgb: NDArray[np.uint8]) -> Histogram:
    small = cv2.resize(rgb, SIZE, interpolation=cv2.INTER_AREA)
    hsv = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)
    colours = cv2.calcHist([hsv], [0, 1, 2], None, BINS, RANGES)
    return np.asarray(colours, np.float32).ravel()


def correlate(one: Histogram, other: Histogram) -> float:
    return cv2.compareHist(one, other, cv2.HISTCMP_CORREL)


def last_of_transitions(starts: list[int]) -> list[int]:
    """
    The starts of shots, as positions in the sampled frames, without those that another follows
    within a transition: a fade or a wipe jumps many times, and the new shot begins after it.
    """
    if not starts:
        return []
    early = [start for start, later in pairwise(starts) if later - start > TRANSITION]
    return [*early, starts[-1]]
