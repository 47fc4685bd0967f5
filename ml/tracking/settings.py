"""What decides how faces become tracks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

# Counts up whenever the same pictures would give another record.
VERSION = 1


@dataclass(frozen=True)
class TrackingSettings:
    """
    `min_face_px` is the shorter side of a face in the picture that is looked at. `max_age` counts
    sampled frames for which a face may be away within a shot and keep its tracklet.
    """

    min_face_px: int = 24
    max_cosine_distance: float = 0.4
    max_age: int = 30
    min_tracklet: int = 3
    join_similarity: float = 0.5
    cut_correlation: float = 0.6
    strict_paper: bool = False

    @property
    def key(self) -> str:
        text = json.dumps({"version": VERSION} | asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]
