"""Which frames of a clip the model sees, and whose face in each of them."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ml.faces.records import Floats
from ml.facetrack_mm.config import FaceTrackConfig, FramesConfig, StreamConfig
from ml.records import FaceRecord, TrackRecord
from ml.tracking.areas import box_area
from ml.video.sampling import replace_missing, sample_frames


@dataclass(frozen=True)
class PlannedFace:
    """A face in a frame: its box (4,) and five points (5, 2) in pixels of the shown picture."""

    frame: int
    box: Floats
    points: Floats


@dataclass(frozen=True)
class Plan:
    """The clip's own frames, and streams of faces, each with one for every frame; or no stream."""

    frames: list[int]
    streams: list[list[PlannedFace]]


@dataclass(frozen=True)
class Sighting:
    track: TrackRecord
    column: int
    position: int

    @property
    def area(self) -> float:
        return box_area(self.track.boxes[self.column])


# The faces that are chosen for one slot, one for each stream.
Picks = list[Sighting]


def plan(sampled: Sequence[int], config: FaceTrackConfig, record: FaceRecord | None) -> Plan:
    """`sampled` are the clip's own frames, sixteen a second, which a record counts by position."""
    positions = _draw(sampled, config.frames)
    if record is None or config.face is None:
        return Plan([sampled[position] for position in positions], [])
    seen = _sightings(record, config.stream)
    shown = replace_missing(positions, [bool(here) for here in seen])
    picks = _pick([seen[position] for position in shown], config.stream, _seed(record))
    if config.stream.replace == "video_and_face":
        positions = shown
    return Plan(
        [sampled[position] for position in positions],
        [[_planned(each, sampled) for each in stream] for stream in _streams(picks)],
    )


def _draw(sampled: Sequence[int], config: FramesConfig) -> list[int]:
    """Positions in `sampled`."""
    if config.drawn_from == "tracked":
        return sample_frames(len(sampled), config.count, config.formula)
    own = sample_frames(sampled[-1] + 1, config.count, config.formula)
    return [_nearest(sampled, frame) for frame in own]


def _nearest(sampled: Sequence[int], frame: int) -> int:
    after = bisect_left(sampled, frame)
    around = range(max(after - 1, 0), min(after + 1, len(sampled)))
    return min(around, key=lambda position: abs(sampled[position] - frame))


def _sightings(record: FaceRecord, stream: StreamConfig) -> list[Picks]:
    """By position, the largest first."""
    seen: list[Picks] = [[] for _ in record.frames]
    for track in record.tracks:
        if track.is_main or stream.faces == "every":
            for column, position in enumerate(track.at):
                seen[position].append(Sighting(track, column, position))
    return [sorted(here, key=lambda each: -each.area) for here in seen]


def _seed(record: FaceRecord) -> str:
    """The same clip is always shown the same."""
    return record.screening.perceptual_hash


def _pick(slots: Sequence[Picks], stream: StreamConfig, seed: str) -> list[Picks]:
    if stream.choice == "largest":
        return _follow_largest(slots, stream)
    drawn = random.Random(seed)  # noqa: S311 -- a draw that anyone may repeat
    picks = [drawn.sample(here, min(stream.max_faces, len(here))) for here in slots]
    return [sorted(here, key=lambda each: each.track.boxes[each.column][0]) for here in picks]


def _follow_largest(slots: Sequence[Picks], stream: StreamConfig) -> list[Picks]:
    """A stream stays with its face until another is larger by the ratio."""
    followed: list[int | None] = [None] * stream.max_faces
    picks = []
    for here in slots:
        left, chosen = list(here), []
        for place in range(min(stream.max_faces, len(here))):
            pick = _stay(followed[place], left, stream.switch_ratio)
            left.remove(pick)
            chosen.append(pick)
            followed[place] = pick.track.number
        picks.append(chosen)
    return picks


def _stay(followed: int | None, left: Picks, ratio: float) -> Sighting:
    largest = left[0]
    stays = (each for each in left if each.track.number == followed)
    same = next(stays, largest)
    return largest if largest.area >= ratio * same.area else same


def _streams(picks: Sequence[Picks]) -> list[list[Sighting]]:
    """A slot without a second face borrows that of the nearest slot with one."""
    streams = []
    for place in range(max(map(len, picks), default=0)):
        slots = replace_missing(range(len(picks)), [len(here) > place for here in picks])
        streams.append([picks[slot][place] for slot in slots])
    return streams


def _planned(sighting: Sighting, sampled: Sequence[int]) -> PlannedFace:
    """The record counts tenths of a pixel."""
    boxes, points = sighting.track.boxes, sighting.track.landmarks
    tenths = np.array([*boxes[sighting.column], *points[sighting.column]])
    pixels: Floats = (tenths / 10).astype(np.float32)
    return PlannedFace(sampled[sighting.position], pixels[:4], pixels[4:].reshape(5, 2))
