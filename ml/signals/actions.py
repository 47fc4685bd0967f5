"""What counts as an action, by how far a curve leaves the face's own rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.records import EventKind
from ml.signals.columns import Curves

# A person at rest half the time may be seen at rest for much less: the lowest fifth stands for it.
REST_PERCENT = 20


@dataclass(frozen=True)
class Action:
    """
    It begins and ends at `leave` beyond rest and must pass `enter` between; `full` is the most.

    A curve that goes one way rests at its lowest, no higher than `most_rest`, so that a smile
    from end to end is one; a curve that goes both ways rests at its median.
    """

    kind: EventKind
    enter: float
    leave: float
    full: float
    both_ways: bool = False
    most_rest: float = 0.25

    def rest(self, curve: NDArray[np.float64]) -> float:
        measured = curve[~np.isnan(curve)]
        if not len(measured):
            return 0.0
        if self.both_ways:
            return float(np.median(measured))
        return min(float(np.percentile(measured, REST_PERCENT)), self.most_rest)


# By curve; the eyes come as the more closed one of the two.
ACTIONS = {
    "blink": Action("blink", enter=0.25, leave=0.12, full=0.8, most_rest=0.4),
    "eyes_wide": Action("eyes_wide", enter=0.20, leave=0.10, full=0.6),
    "smile": Action("smile", enter=0.30, leave=0.15, full=0.9),
    "jaw_open": Action("jaw_open", enter=0.12, leave=0.06, full=0.7),
    "brow_raise": Action("brow_raise", enter=0.30, leave=0.15, full=0.8),
    "brow_lower": Action("brow_lower", enter=0.20, leave=0.10, full=0.7),
    "yaw": Action("head_turn", enter=12, leave=6, full=45, both_ways=True),
    "pitch": Action("head_nod", enter=8, leave=4, full=30, both_ways=True),
    "roll": Action("head_tilt", enter=8, leave=4, full=30, both_ways=True),
    "gaze_x": Action("gaze_shift", enter=0.30, leave=0.15, full=0.8, both_ways=True),
}
# Longer than a blink lasts.
CLOSED_S = 0.5
# In a wink the other eye moves less than this share of it; of a turned head it always moves less.
WINK = 0.25


def action_curves(curves: Curves) -> Curves:
    eyes = np.fmax(curves["blink_left"], curves["blink_right"])
    return {"blink": eyes} | {name: curves[name] for name in ACTIONS if name != "blink"}
