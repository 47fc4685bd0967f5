"""Numbers by which a clip is kept or left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ml.records import Screening, TrackRecord
from ml.tracking.areas import DIGITS, main_area
from ml.tracking.pictures import Pictures

IDENTITY_AREA = 0.01
WINDOW_S = 10.0


def screen(
    tracks: Sequence[TrackRecord],
    *,
    area: int,
    cut_times: Sequence[float],
    duration_s: float,
    pictures: Pictures,
) -> Screening:
    """`area` is of the shown picture, in pixels."""
    return Screening(
        duration_s=round(duration_s, DIGITS),
        has_face=bool(tracks),
        main_area=main_area(tracks, area),
        identities=sum(track.mean_area >= IDENTITY_AREA for track in tracks),
        cuts_per_10_s=_most_within(cut_times, WINDOW_S),
        motion=round(pictures.motion, DIGITS),
        perceptual_hash=pictures.perceptual_hash,
    )


def _most_within(times: Sequence[float], window_s: float) -> int:
    ends = np.searchsorted(times, np.asarray(times) + window_s)
    return int((ends - np.arange(len(times))).max(initial=0))
