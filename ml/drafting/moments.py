"""What of a face's measured actions is clear enough to be told, and how it is told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from ml.records import EventKind, FaceEvent, FaceRecord, Side, TrackSignals
from ml.signals.actions import ACTIONS

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


@dataclass(frozen=True)
class Clear:
    """How strong and how long an action must be to be told."""

    strength: float
    seconds: float = 0.0


# Well above what makes an event of a curve (ml.signals.actions), so that no sentence is doubtful.
CLEAR: dict[EventKind, Clear] = {
    "blink": Clear(0.4),
    "eyes_closed": Clear(0.6),
    "eyes_wide": Clear(0.45, 0.2),
    # Speech moves the corners of the mouth for moments; what lasts is an expression.
    "smile": Clear(0.6, 0.5),
    "jaw_open": Clear(0.2),
    "brow_raise": Clear(0.45, 0.2),
    "brow_lower": Clear(0.4, 0.2),
    "head_turn": Clear(0.33, 0.3),
    "head_nod": Clear(0.33, 0.3),
    "head_tilt": Clear(0.33, 0.3),
    "gaze_shift": Clear(0.6, 0.35),
}
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
# The curves that show it, and how far from rest they must go.
CURVES: dict[EventKind, tuple[tuple[str, float], ...]] = {
    action.kind: ((name, action.enter),) for name, action in ACTIONS.items()
} | dict.fromkeys(
    ("blink", "eyes_closed"),
    (("blink_left", ACTIONS["blink"].enter), ("blink_right", ACTIONS["blink"].enter)),
)
# Share of the most that the two eyes close.
SHUT = 0.75
OPPOSITE: dict[Side, Side] = {"left": "right", "right": "left", "both": "both"}
# Repetitions no further apart are told as one.
GAP_S = 0.5
# What lasts longer than this share of the clip may be how the face is built.
ALL_ALONG = 0.85
BUILT: frozenset[Deed] = frozenset({"brows_raised", "brows_lowered", "eyes_closed", "eyes_wide"})
# Of a turned head one eye is measured worse, so a wink must be stronger than a blink.
CLEAR_WINK = 0.5


def clear_moments(record: FaceRecord, signals: TrackSignals) -> list[Moment]:
    """In the order of their first frames. The record is of more than one frame."""
    second = record.frame_count / record.screening.duration_s
    told = [
        _moment(event, record, signals)
        for event in signals.events
        if _is_clear(event, second) and not _is_doubtful(event, signals.events)
    ]
    kept = [
        item
        for item in told
        if item.deed not in BUILT or not is_all_along(item, record.frame_count)
    ]
    return sorted(_joined(kept, GAP_S * second), key=lambda item: (item.start, item.deed))


def is_all_along(moment: Moment, frame_count: int) -> bool:
    return moment.length >= ALL_ALONG * frame_count


def _is_clear(event: FaceEvent, second: float) -> bool:
    clear = CLEAR[event.kind]
    if _is_of_one_eye(event):
        clear = Clear(CLEAR_WINK)
    return event.strength >= clear.strength and event.stop - event.start >= clear.seconds * second


def _is_of_one_eye(event: FaceEvent) -> bool:
    return event.kind in ("blink", "eyes_closed") and event.side != "both"


def _is_doubtful(event: FaceEvent, events: Sequence[FaceEvent]) -> bool:
    """
    Under closed lids no gaze is seen, and eyes that go against the turning head stay where
    they were.
    """
    if event.kind != "gaze_shift":
        return False
    return any(
        _overlap(event, other) > 0
        and (
            other.kind == "eyes_closed"
            or (other.kind == "head_turn" and other.side == OPPOSITE[event.side])
        )
        for other in events
    )


def _overlap(one: FaceEvent | Moment, other: FaceEvent | Moment) -> int:
    return min(one.stop, other.stop) - max(one.start, other.start)


def _moment(event: FaceEvent, record: FaceRecord, signals: TrackSignals) -> Moment:
    if event.kind == "eyes_closed":
        event = _shut(event, record, signals)
    seen = _first_seen(event, record, signals)
    deed = _deed(event, record, signals)
    return Moment(deed, event.side, event.start, seen, event.stop, event.strength)


def _shut(event: FaceEvent, record: FaceRecord, signals: TrackSignals) -> FaceEvent:
    """The part of it in which the lids are down, not only lowered by a look downwards."""
    left, right = (signals.values[name] for name in ("blink_left", "blink_right"))
    rest = signals.baselines["blink_left"] + signals.baselines["blink_right"]
    closed = {
        at: (one or 0) + (other or 0) - rest
        for at, one, other in zip(signals.at, left, right, strict=True)
        if event.start <= record.frames[at] < event.stop
    }
    down = [at for at, value in closed.items() if value >= SHUT * max(closed.values())]
    after = down[-1] + 1
    stop = record.frames[after] if after < len(record.frames) else record.frame_count
    start = record.frames[down[0]]
    return replace(event, start=start, peak=min(max(event.peak, start), stop - 1), stop=stop)


def _first_seen(event: FaceEvent, record: FaceRecord, signals: TrackSignals) -> int:
    """The first frame in which the curve is so far from rest as the action must go."""
    for position, at in enumerate(signals.at):
        frame = record.frames[at]
        if event.start <= frame < event.peak and any(
            abs((signals.values[name][position] or 0) - signals.baselines[name]) >= 1000 * enter
            for name, enter in CURVES[event.kind]
        ):
            return frame
    return event.peak


def _deed(event: FaceEvent, record: FaceRecord, signals: TrackSignals) -> Deed:
    if _is_of_one_eye(event):
        return "wink"
    if event.kind == "head_nod":
        return "head_raised" if _pitch(event, record, signals) > 0 else "head_lowered"
    if event.kind == "smile" and _is_grimace(event, signals.events):
        return "corners_drawn"
    return DEEDS[event.kind]


def _pitch(event: FaceEvent, record: FaceRecord, signals: TrackSignals) -> int:
    """Of the peak, away from rest."""
    peak = signals.at.index(record.frames.index(event.peak))
    return (signals.values["pitch"][peak] or 0) - signals.baselines["pitch"]


def _is_grimace(smile: FaceEvent, events: Sequence[FaceEvent]) -> bool:
    """The curve that smiles raise rises in pain and in anger as well, with the brows low."""
    return any(
        event.kind == "brow_lower"
        and event.strength >= CLEAR["brow_lower"].strength
        and _overlap(event, smile) > 0
        for event in events
    )


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
