"""A track's signals for the record."""

from __future__ import annotations

from collections.abc import Sequence

from ml.faces.records import Floats
from ml.records import TrackSignals
from ml.signals.actions import ACTIONS
from ml.signals.clock import Clock
from ml.signals.columns import curves, thousandths
from ml.signals.events import find_events


def measure_signals(track: int, at: Sequence[int], rows: Floats, clock: Clock) -> TrackSignals:
    """`rows` (N, ml.signals.columns.ROW) were seen at the positions `at`."""
    found = curves(rows)
    rests = {
        name: (ACTIONS["blink"] if name.startswith("blink") else ACTIONS[name]).rest(found[name])
        for name in found
        if name in ACTIONS or name.startswith("blink")
    }
    return TrackSignals(
        track=track,
        at=list(at),
        values={name: thousandths(curve) for name, curve in found.items()},
        baselines={name: round(1000 * rest) for name, rest in rests.items()},
        events=find_events(found, at, clock),
    )
