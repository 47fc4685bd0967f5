"""Whether a sentence fits what was measured: a hint where to look, never a verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ml.records import FaceRecord, TrackSignals
from ml.signals.actions import ACTIONS, REST_PERCENT
from ml.signals.claims import Claim, Direction, Movement, find_claims

Verdict = Literal["consistent", "not_seen", "not_measurable"]
# Shares of the clip that a phase may mean; they overlap, as writers' phases do.
PHASES = {
    "beginning": (0.0, 0.4),
    "progress": (0.1, 1.0),
    "middle": (0.25, 0.75),
    "end": (0.6, 1.0),
    "throughout": (0.0, 1.0),
}
# What is not seen counts as not there only where at least so much of the range was measured.
MEASURED_SHARE = 0.5


@dataclass(frozen=True)
class Curve:
    """A signal by name, the action that says how far it must move, and which way: 0 is either."""

    signal: str
    action: str
    way: int = 1


CURVES: dict[tuple[Movement, Direction | None], tuple[Curve, ...]] = {
    ("blink", "left"): (Curve("blink_left", "blink"),),
    ("blink", "right"): (Curve("blink_right", "blink"),),
    ("blink", None): (Curve("blink_left", "blink"), Curve("blink_right", "blink")),
    ("eyes_wide", None): (Curve("eyes_wide", "eyes_wide"),),
    ("smile", "left"): (Curve("mouthSmileLeft", "smile"),),
    ("smile", "right"): (Curve("mouthSmileRight", "smile"),),
    ("smile", None): (Curve("smile", "smile"),),
    ("jaw_open", None): (Curve("jaw_open", "jaw_open"),),
    ("brow_raise", "left"): (Curve("browOuterUpLeft", "brow_raise"),),
    ("brow_raise", "right"): (Curve("browOuterUpRight", "brow_raise"),),
    ("brow_raise", None): (Curve("brow_raise", "brow_raise"),),
    ("brow_lower", "left"): (Curve("browDownLeft", "brow_lower"),),
    ("brow_lower", "right"): (Curve("browDownRight", "brow_lower"),),
    ("brow_lower", None): (Curve("brow_lower", "brow_lower"),),
    ("head_turn", "left"): (Curve("yaw", "yaw", 1),),
    ("head_turn", "right"): (Curve("yaw", "yaw", -1),),
    ("head_turn", None): (Curve("yaw", "yaw", 0),),
    ("head_nod", "up"): (Curve("pitch", "pitch", 1),),
    ("head_nod", "down"): (Curve("pitch", "pitch", -1),),
    ("head_nod", None): (Curve("pitch", "pitch", 0),),
    ("head_tilt", "left"): (Curve("roll", "roll", 1),),
    ("head_tilt", "right"): (Curve("roll", "roll", -1),),
    ("head_tilt", None): (Curve("roll", "roll", 0),),
    ("gaze", "left"): (Curve("gaze_x", "gaze_x", 1),),
    ("gaze", "right"): (Curve("gaze_x", "gaze_x", -1),),
    ("gaze", "up"): (Curve("gaze_y", "gaze_x", 1),),
    ("gaze", "down"): (Curve("gaze_y", "gaze_x", -1),),
    ("gaze", None): (Curve("gaze_x", "gaze_x", 0), Curve("gaze_y", "gaze_x", 0)),
}


@dataclass(frozen=True)
class Finding:
    """`signal` is the curve to look at, of the track whose face decided."""

    claim: Claim
    verdict: Verdict
    signal: str
    track: int | None


def check_sentence(
    text: str,
    record: FaceRecord,
    *,
    frames: tuple[int, int] | None = None,
    phase: str | None = None,
) -> list[Finding]:
    """Which claims of it the curves bear out."""
    start, stop = checked_range(frames, phase, record.frame_count)
    return [_check(claim, record, start, stop) for claim in find_claims(text)]


def checked_range(
    frames: tuple[int, int] | None, phase: str | None, frame_count: int
) -> tuple[int, int]:
    """The sentence's own frames (half-open), else those that its phase may mean."""
    if frames is not None:
        return frames
    first, last = PHASES[phase or "throughout"]
    return math.floor(first * frame_count), math.ceil(last * frame_count)


def _check(claim: Claim, record: FaceRecord, start: int, stop: int) -> Finding:
    """Of several main faces, any one may be meant."""
    curves = _curves(claim)
    main = {track.number for track in record.tracks if track.is_main}
    positions = [place for place, frame in enumerate(record.frames) if start <= frame < stop]
    answers = [
        (_seen(signals, curve, positions), curve.signal, signals.track)
        for signals in record.signals
        if signals.track in main
        for curve in curves
    ]
    # What was seen says most, what could not be measured least.
    order = (True, False, None)
    nothing = (None, curves[0].signal, None)
    seen, signal, track = min([*answers, nothing], key=lambda answer: order.index(answer[0]))
    if seen is None:
        return Finding(claim, "not_measurable", signal, track)
    return Finding(claim, "consistent" if seen != claim.is_denied else "not_seen", signal, track)


def _curves(claim: Claim) -> tuple[Curve, ...]:
    movement: Movement = "blink" if claim.movement == "eyes_closed" else claim.movement
    # Only some movements have a curve for each side.
    return CURVES.get((movement, claim.direction)) or CURVES[movement, None]


def _seen(signals: TrackSignals, curve: Curve, positions: Sequence[int]) -> bool | None:
    """None where too little was measured to say."""
    values = signals.values.get(curve.signal, [])
    by_position = dict(zip(signals.at, values, strict=False))
    found = [value for place in positions if (value := by_position.get(place)) is not None]
    if any(_moves(value, signals, curve) for value in found):
        return True
    is_measured = bool(positions) and len(found) >= MEASURED_SHARE * len(positions)
    return False if is_measured else None


def _moves(value: int, signals: TrackSignals, curve: Curve) -> bool:
    away = value - _rest(signals, curve)
    enough = 1000 * ACTIONS[curve.action].enter
    return (abs(away) if curve.way == 0 else curve.way * away) >= enough


def _rest(signals: TrackSignals, curve: Curve) -> int:
    if curve.signal in signals.baselines:
        return signals.baselines[curve.signal]
    values = sorted(value for value in signals.values[curve.signal] if value is not None)
    action = ACTIONS[curve.action]
    if action.both_ways:
        return values[len(values) // 2]
    return min(values[len(values) * REST_PERCENT // 100], round(1000 * action.most_rest))
