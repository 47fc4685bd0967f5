"""Records of made faces: a table of what the landmarker would say, and where each face is."""

from __future__ import annotations

import numpy as np

from ml.faces.blendshapes import NAMES
from ml.records import FaceRecord, Screening, Selection, TrackRecord
from ml.signals import columns
from ml.signals.clock import Clock
from ml.signals.measuring import measure_signals

# Four seconds, of which every other frame is sampled.
LENGTH = 64
FRAMES = 2 * LENGTH
SHAPES = {
    "smile": ("mouthSmileLeft", "mouthSmileRight"),
    "blink": ("eyeBlinkLeft", "eyeBlinkRight"),
    "left_blink": ("eyeBlinkLeft",),
    "eyes_wide": ("eyeWideLeft", "eyeWideRight"),
    "jaw_open": ("jawOpen",),
    "brow_raise": ("browInnerUp",),
    "brow_lower": ("browDownLeft", "browDownRight"),
    "gaze_left": ("eyeLookOutLeft", "eyeLookInRight"),
    "gaze_right": ("eyeLookInLeft", "eyeLookOutRight"),
}
ANGLES = {"yaw": columns.YAW, "pitch": columns.PITCH, "roll": columns.ROLL}


def face(*actions: tuple[str, float, int, int], presence: float = 1.0) -> np.ndarray:
    """Actions by name, size (shares, or degrees) and the sampled frames they take, half-open."""
    table = np.zeros((LENGTH, columns.ROW), np.float32)
    table[:, columns.PRESENCE] = presence
    for name, size, start, stop in actions:
        places = [columns.FIRST_BLENDSHAPE + NAMES.index(shape) for shape in SHAPES.get(name, ())]
        for column in places or [ANGLES[name]]:
            table[start:stop, column] = size
    return table


def record(*faces: np.ndarray, seed: str = "0", mains: int | None = None) -> FaceRecord:
    """Faces from the right of the picture to its left, the first the smallest."""
    sampled = [2 * n for n in range(LENGTH)]
    clock = Clock(sampled, [n / 16 for n in range(LENGTH)], [], FRAMES)
    at = list(range(LENGTH))
    main = len(faces) if mains is None else mains
    return FaceRecord(
        backends={},
        width=640,
        height=360,
        frame_count=FRAMES,
        rate=16.0,
        frames=sampled,
        cuts=[],
        tracks=[
            _track(number, is_main=number <= main, left=1000 * (len(faces) - number))
            for number in range(1, len(faces) + 1)
        ],
        selection=Selection("all_alike", [[0.0]] * len(faces), [1] * len(faces), ""),
        signals=[
            measure_signals(number, at, table, clock) for number, table in enumerate(faces, 1)
        ],
        screening=Screening(4.0, bool(faces), 0.1, len(faces), 0, 0.1, seed),
    )


def _track(number: int, *, is_main: bool, left: int) -> TrackRecord:
    return TrackRecord(
        number=number,
        is_main=is_main,
        at=list(range(LENGTH)),
        boxes=[[left, 0, left + 900, 900]] * LENGTH,
        scores=[900] * LENGTH,
        landmarks=[[0] * 10] * LENGTH,
        tracklets=[[0, LENGTH]],
        mean_area=0.1 * number,
        similarity=0.9,
    )
