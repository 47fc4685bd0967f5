"""The actions of a face, with their first and last frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ml.records import EventKind, FaceEvent, Side
from ml.signals.actions import ACTIONS, CLOSED_S, WINK, Action, action_curves
from ml.signals.clock import Clock
from ml.signals.columns import Curves

# Sightings so many sampled frames apart still belong together.
BRIDGE = 3

Curve = NDArray[np.float64]
Rows = NDArray[np.int_]


def find_events(curves: Curves, at: Sequence[int], clock: Clock) -> list[FaceEvent]:
    events = [
        _event(curves, name, direction * away, run, at, clock)
        for name, curve in action_curves(curves).items()
        for away in [curve - ACTIONS[name].rest(curve)]
        for direction in ((1, -1) if ACTIONS[name].both_ways else (1,))
        for run in _runs(direction * away, ACTIONS[name], at, clock)
    ]
    return sorted(events, key=lambda event: (event.start, event.kind, event.stop))


def _runs(away: Curve, action: Action, at: Sequence[int], clock: Clock) -> Iterator[Rows]:
    """Rows between two crossings of `leave`, if one of them reaches `enter`."""
    for piece in _pieces(np.flatnonzero(~np.isnan(away)), at, clock):
        above = away[piece] >= action.leave
        edges = np.flatnonzero(np.diff(above)) + 1
        for rows in np.split(piece, edges):
            if (away[rows] >= action.leave).all() and (away[rows] >= action.enter).any():
                yield rows


def _pieces(rows: Rows, at: Sequence[int], clock: Clock) -> list[Rows]:
    """Measured rows without a long gap or a cut between them."""
    breaks = [
        place
        for place, (one, later) in enumerate(pairwise(rows), 1)
        if at[later] - at[one] > BRIDGE or not clock.in_one_shot(at[one], at[later])
    ]
    return [piece for piece in np.split(rows, breaks) if len(piece)]


def _event(
    curves: Curves, name: str, away: Curve, rows: Rows, at: Sequence[int], clock: Clock
) -> FaceEvent:
    first, last = at[rows[0]], at[rows[-1]]
    peak = rows[int(np.argmax(away[rows]))]
    action = ACTIONS[name]
    is_long = name == "blink" and clock.seconds(first, last) > CLOSED_S
    kind: EventKind = "eyes_closed" if is_long else action.kind
    return FaceEvent(
        kind=kind,
        start=clock.frames[first],
        peak=clock.frames[at[peak]],
        stop=clock.after(last),
        side=_side(curves, name, rows),
        strength=round(min(1.0, float(away[peak]) / action.full), 3),
    )


def _side(curves: Curves, name: str, rows: Rows) -> Side:
    if name == "blink":
        return _closing_side(curves, rows)
    if name in ("yaw", "roll", "gaze_x"):
        curve = curves[name]
        return "left" if curve[rows].mean() > ACTIONS[name].rest(curve) else "right"
    return "both"


def _closing_side(curves: Curves, rows: Rows) -> Side:
    left, right = (
        float(np.nanmax(curve[rows])) - ACTIONS["blink"].rest(curve)
        for curve in (curves["blink_left"], curves["blink_right"])
    )
    if min(left, right) >= WINK * max(left, right):
        return "both"
    return "left" if left > right else "right"
