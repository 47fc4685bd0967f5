"""
By how much a face's numbers differ from the rest of the clip: brows that are low in every frame
say how a person looks, not what they do.
"""

from __future__ import annotations

from torch import Tensor, cat

from ml.facetrack_mm.landmark_numbers import MOVING


def with_changes(measured: Tensor) -> Tensor:
    """(T, LANDMARK_NUMBERS) of one face, from what was measured in each frame (T, MEASURED)."""
    moving = measured[:, 1 : 1 + MOVING]
    return cat([measured, moving - moving.quantile(0.5, dim=0)], dim=1)
