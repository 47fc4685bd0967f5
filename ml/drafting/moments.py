"""A face's clear events as what a person does: named, told apart, repetitions in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from ml.drafting.events import (
    first_seen,
    is_clear,
    is_doubtful,
    is_grimace,
    is_of_one_eye,
    pitch,
    shut,
)
from ml.records import EventKind, FaceEvent, FaceRecord, Side, TrackSignals

Deed = Literal[
    "blink",
    "wink",
    "eyes_closed",
    "eyes_wide",
    "corners_raised",
    "corners_drawn",
    "mouth_open",
    "brows_raised",
    "brows_lowered",
    "head_turned",
    "head_raised",
    "head_lowered",
    "head_tilted",
    "gaze_shifted",
]


@dataclass(frozen=True)
class Moment:
    """
    One thing done, once or `times` in a row. `seen` is a frame by which it is clearly there;
    `strength` goes from 0 to 1; the side is the subject's own.
    """

    deed: Deed
    side: Side
    start: int
    seen: int
    stop: int
    strength: float
    times: int = 1

    @property
    def length(self) -> int:
        return self.stop - self.start


DEEDS: dict[EventKind, Deed] = {
    "blink": "blink",
    "eyes_closed": "eyes_closed",
    "eyes_wide": "eyes_wide",
    "smile": "corners_raised",
    "jaw_open": "mouth_open",
    "brow_raise": "brows_raised",
    "brow_lower": "brows_lowered",
    "head_turn": "head_turned",
    "head_nod": "head_raised",
    "head_tilt": "head_tilted",
    "gaze_shift": "gaze_shifted",
}
# Repetitions no further apart are told as one.
GAP_S = 0.5
# What lasts longer than this share of the clip may be how the face is built.
ALL_ALONG = 0.85
BUILT: frozenset[Deed] = frozenset({"brows_raised", "brows_lowered", "eyes_closed", "eyes_wide"})


def clear_moments(record: FaceRecord, signals: TrackSignals) -> list[Moment]:
    """In the order of their first frames. The record is of more than one frame."""
    second = record.frame_count / record.screening.duration_s
    told = [
        _moment(event, record, signals)
        for event in signals.events
        if is_clear(event, second) and not is_doubtful(event, signals.events)
    ]
    kept = [
        item
        for item in told
        if item.deed not in BUILT or not is_all_along(item, record.frame_count)
    ]
    return sorted(_joined(kept, GAP_S * second), key=lambda item: (item.start, item.deed))


def is_all_along(moment: Moment, frame_count: int) -> bool:
    return moment.length >= ALL_ALONG * frame_count


def _moment(event: FaceEvent, record: FaceRecord, signals: TrackSignals) -> Moment:
    if event.kind == "eyes_closed":
        event = shut(event, record, signals)
    seen = first_seen(event, record, signals)
    deed = _deed(event, record, signals)
    return Moment(deed, event.side, event.start, seen, event.stop, event.strength)


def _deed(event: FaceEvent, record: FaceRecord, signals: TrackSignals) -> Deed:
    if is_of_one_eye(event):
        return "wink"
    if event.kind == "head_nod":
        return "head_raised" if pitch(event, record, signals) > 0 else "head_lowered"
    if event.kind == "smile" and is_grimace(event, signals.events):
        return "corners_drawn"
    return DEEDS[event.kind]


def _joined(moments: Sequence[Moment], gap: float) -> Iterator[Moment]:
    """Repetitions become one; blinks wherever they are, for each alone says little."""
    ordered = sorted(moments, key=lambda item: (item.deed, item.side, item.start))
    for (deed, _), alike in groupby(ordered, key=lambda item: (item.deed, item.side)):
        open_one: Moment | None = None
        for moment in alike:
            if open_one and (deed == "blink" or moment.start - open_one.stop <= gap):
                open_one = _both(open_one, moment)
            else:
                if open_one:
                    yield open_one
                open_one = moment
        if open_one:
            yield open_one


def _both(one: Moment, later: Moment) -> Moment:
    return replace(
        one,
        stop=max(one.stop, later.stop),
        strength=max(one.strength, later.strength),
        times=one.times + later.times,
    )
