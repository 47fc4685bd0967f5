"""What of the measured events is clear enough to be told, and what else they say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ml.records import EventKind, FaceEvent, FaceRecord, Side, TrackSignals
from ml.signals.actions import ACTIONS


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
# Of a turned head one eye is measured worse, so a wink must be stronger than a blink.
CLEAR_WINK = 0.5


def is_clear(event: FaceEvent, second: float) -> bool:
    clear = CLEAR[event.kind]
    if is_of_one_eye(event):
        clear = Clear(CLEAR_WINK)
    return event.strength >= clear.strength and event.stop - event.start >= clear.seconds * second


def is_of_one_eye(event: FaceEvent) -> bool:
    return event.kind in ("blink", "eyes_closed") and event.side != "both"


def is_doubtful(event: FaceEvent, events: Sequence[FaceEvent]) -> bool:
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


def _overlap(one: FaceEvent, other: FaceEvent) -> int:
    return min(one.stop, other.stop) - max(one.start, other.start)


def shut(event: FaceEvent, record: FaceRecord, signals: TrackSignals) -> FaceEvent:
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


def first_seen(event: FaceEvent, record: FaceRecord, signals: TrackSignals) -> int:
    """The first frame in which the curve is so far from rest as the action must go."""
    for position, at in enumerate(signals.at):
        frame = record.frames[at]
        if event.start <= frame < event.peak and any(
            abs((signals.values[name][position] or 0) - signals.baselines[name]) >= 1000 * enter
            for name, enter in CURVES[event.kind]
        ):
            return frame
    return event.peak


def pitch(event: FaceEvent, record: FaceRecord, signals: TrackSignals) -> int:
    """Of the peak, away from rest."""
    peak = signals.at.index(record.frames.index(event.peak))
    return (signals.values["pitch"][peak] or 0) - signals.baselines["pitch"]


def is_grimace(smile: FaceEvent, events: Sequence[FaceEvent]) -> bool:
    """The curve that smiles raise rises in pain and in anger as well, with the brows low."""
    return any(
        event.kind == "brow_lower"
        and event.strength >= CLEAR["brow_lower"].strength
        and _overlap(event, smile) > 0
        for event in events
    )
