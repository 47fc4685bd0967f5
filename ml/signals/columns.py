"""
The curves of one face, from what the landmarker says of each sighting.

Left and right are the subject's own. Angles and gaze are positive towards the subject's left and
upwards; a tilt is positive when the head leans to the subject's left.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ml.faces.blendshapes import NAMES as BLENDSHAPES
from ml.faces.records import PRESENT, Floats

# A row: presence, pose (3), motion, blendshapes (52).
PRESENCE, YAW, PITCH, ROLL, MOTION, FIRST_BLENDSHAPE = range(6)
ROW = FIRST_BLENDSHAPE + len(BLENDSHAPES)

Curves = dict[str, NDArray[np.float64]]


def row(presence: float, pose: Floats, motion: float, blendshapes: Floats) -> Floats:
    """`motion` is not a number where there is no sighting just before."""
    return np.concatenate([[presence], pose, [motion], blendshapes]).astype(np.float32)


def curves(rows: Floats) -> Curves:
    """
    From rows (N, ROW), shares from 0 to 1 and degrees.

    Not a number where it is not measured, which is all but presence and motion below PRESENT.
    """
    measured = rows.astype(np.float64)
    gated = np.where(measured[:, :1] >= PRESENT, measured, np.nan)
    shapes = {name: gated[:, FIRST_BLENDSHAPE + place] for place, name in enumerate(BLENDSHAPES)}
    return {
        "presence": measured[:, PRESENCE],
        "motion": measured[:, MOTION],
        "yaw": gated[:, YAW],
        "pitch": gated[:, PITCH],
        "roll": gated[:, ROLL],
        **_movements(shapes),
        **shapes,
    }


def _movements(shapes: Curves) -> Curves:
    def both(name: str) -> NDArray[np.float64]:
        return (shapes[f"{name}Left"] + shapes[f"{name}Right"]) / 2

    left = shapes["eyeLookOutLeft"] + shapes["eyeLookInRight"]
    right = shapes["eyeLookInLeft"] + shapes["eyeLookOutRight"]
    return {
        "smile": both("mouthSmile"),
        "blink_left": shapes["eyeBlinkLeft"],
        "blink_right": shapes["eyeBlinkRight"],
        "eyes_wide": both("eyeWide"),
        "jaw_open": shapes["jawOpen"],
        "brow_raise": np.maximum(shapes["browInnerUp"], both("browOuterUp")),
        "brow_lower": both("browDown"),
        "gaze_x": (left - right) / 2,
        "gaze_y": both("eyeLookUp") - both("eyeLookDown"),
    }


def thousandths(curve: NDArray[np.float64]) -> list[int | None]:
    return [None if np.isnan(value) else round(1000 * value) for value in curve.tolist()]
