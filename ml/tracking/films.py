"""The parts of a film that could be clips: of one shot each, neither short nor long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import cast

import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from ml.tracking.settings import TrackingSettings
from ml.tracking.shots import SIZE, find_shots, last_of_transitions
from ml.video.sources import DECODER_THREADS, FILM, VideoSource, open_source
from ml.video.streaming import SCALING, SampledFrame

# What a part may be too long by because it ends with a frame: one of ten a second.
FRAME_S = 0.1


@dataclass(frozen=True)
class Lengths:
    """Of a clip, in seconds: what is shorter tells nothing, what is longer is screened out."""

    least: float = 2.0
    most: float = 20.0


@dataclass(frozen=True)
class Excerpt:
    """From `start` to before `stop` in ticks of the film's clock; seconds from its first frame."""

    start: int
    stop: int
    start_s: float
    stop_s: float


def find_excerpts(film: Path, lengths: Lengths) -> list[Excerpt]:
    """
    In order: shots that are not too short, longer ones in equal parts.

    Every frame is looked at, so that none of another shot is at either end.
    """
    with open_source(film, FILM) as source:
        ticks: list[int] = []
        shots = find_shots(_small_frames(source, ticks), TrackingSettings().cut_correlation)
        starts = [index for index, shown in enumerate(shots) if shown.starts_shot]
    # The last frame stays as long as the one before.
    ticks.append(2 * ticks[-1] - ticks[-2] if len(ticks) > 1 else ticks[-1] + 1)
    edges = [0, *last_of_transitions(starts), len(ticks) - 1]
    tick = source.time_base
    return [
        Excerpt(start, stop, float((start - ticks[0]) * tick), float((stop - ticks[0]) * tick))
        for first, end in pairwise(edges)
        for start, stop in _parts(ticks[first : end + 1], tick, lengths)
    ]


def _small_frames(source: VideoSource, ticks: list[int]) -> Iterator[SampledFrame]:
    """Adds the time of each frame to `ticks` as it passes."""
    scaler = VideoReformatter()
    width, height = SIZE
    for index, frame in enumerate(source.frames()):
        ticks.append(frame.pts or 0)
        small = scaler.reformat(
            frame, width, height, "rgb24", interpolation=SCALING, threads=DECODER_THREADS
        )
        yield SampledFrame(index, 0.0, cast(NDArray[np.uint8], small.to_ndarray()))


def _parts(ticks: list[int], tick: Fraction, lengths: Lengths) -> Iterator[tuple[int, int]]:
    """Of one shot, whose last tick is the first after it."""
    length = ticks[-1] - ticks[0]
    length_s = float(length * tick)
    if length_s < lengths.least:
        return
    is_whole = length_s <= lengths.most
    count = 1 if is_whole else ceil(length_s / (lengths.most - FRAME_S))
    marks = [ticks[0] + Fraction(length * part, count) for part in range(count + 1)]
    yield from pairwise(next(time for time in ticks if time >= mark) for mark in marks)
