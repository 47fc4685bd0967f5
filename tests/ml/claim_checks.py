"""Vectors that frontend/src/core/claims.test.ts passes too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ml.records import FaceRecord, Screening, Selection, TrackRecord, TrackSignals

PATH = Path(__file__).parents[1] / "vectors" / "claim_checks.json"


def load() -> dict[str, Any]:
    vectors: dict[str, Any] = json.loads(PATH.read_text())
    return vectors


def record_of(values: dict[str, Any]) -> FaceRecord:
    """A whole record around what a sentence is held against."""
    signals = [TrackSignals(**each) for each in values["signals"]]
    count = len(signals)
    return FaceRecord(
        backends={},
        width=640,
        height=360,
        frame_count=values["frame_count"],
        rate=None,
        frames=values["frames"],
        cuts=[],
        tracks=[_track(number, number in values["main"]) for number in range(1, count + 1)],
        selection=Selection("chosen", [[]] * count, [0] * count, ""),
        signals=signals,
        screening=Screening(1.0, True, 0.2, count, 0, 0.0, ""),
    )


def _track(number: int, is_main: bool) -> TrackRecord:
    return TrackRecord(
        number=number,
        is_main=is_main,
        at=[],
        boxes=[],
        scores=[],
        landmarks=[],
        tracklets=[],
        mean_area=0.2,
        similarity=1.0,
    )
