"""What decides how faces become tracks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Self

# Counts up whenever the same pictures would give another record by other code. What is a number
# in the code counts by itself (ml.tracking.thresholds).
VERSION = 1

# How far apart two sightings of one person may lie from frame to frame (cosine distance), and from
# what cosine on two tracklets are one person. Of clips and photographs with the first two: dlib's
# vectors lie close together, 0.94 at most between two people and 0.92 at least within one.
# Of the makers' own thresholds with the others.
LIKENESS = {
    "mobilefacenet": (0.4, 0.5),
    "dlib": (0.1, 0.93),
    "sface": (0.55, 0.4),
    "arcface": (0.55, 0.4),
    "transface": (0.55, 0.4),
}


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

    @classmethod
    def for_embedder(cls, name: str) -> Self:
        distance, similarity = LIKENESS[name]
        return cls(max_cosine_distance=distance, join_similarity=similarity)

    @property
    def key(self) -> str:
        text = json.dumps({"version": VERSION} | asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]
