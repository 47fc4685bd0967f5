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


def face(
    *actions: tuple[str, float, int, int], presence: float = 1.0, length: int = LENGTH
) -> np.ndarray:
    """Actions by name, size (shares, or degrees) and the sampled frames they take, half-open."""
    table = np.zeros((length, columns.ROW), np.float32)
    table[:, columns.PRESENCE] = presence
    for name, size, start, stop in actions:
        places = [columns.FIRST_BLENDSHAPE + NAMES.index(shape) for shape in SHAPES.get(name, ())]
        for column in places or [ANGLES[name]]:
            table[start:stop, column] = size
    return table


def record(*faces: np.ndarray, seed: str = "0", mains: int | None = None) -> FaceRecord:
    """Faces from the right of the picture to its left, the first the smallest."""
    at = list(range(len(faces[0]) if faces else LENGTH))
    sampled = [2 * n for n in at]
    clock = Clock(sampled, [n / 16 for n in at], [], 2 * len(at))
    main = len(faces) if mains is None else mains
    return FaceRecord(
        backends={},
        width=640,
        height=360,
        frame_count=2 * len(at),
        rate=16.0,
        frames=sampled,
        cuts=[],
        tracks=[
            _track(number, at, is_main=number <= main, left=1000 * (len(faces) - number))
            for number in range(1, len(faces) + 1)
        ],
        selection=Selection("all_alike", [[0.0]] * len(faces), [1] * len(faces), ""),
        signals=[
            measure_signals(number, at, table, clock) for number, table in enumerate(faces, 1)
        ],
        screening=Screening(len(at) / 16, bool(faces), 0.1, len(faces), 0, 0.1, seed),
    )


def _track(number: int, at: list[int], *, is_main: bool, left: int) -> TrackRecord:
    return TrackRecord(
        number=number,
        is_main=is_main,
        at=at,
        boxes=[[left, 0, left + 900, 900]] * len(at),
        scores=[900] * len(at),
        landmarks=[[0] * 10] * len(at),
        tracklets=[[0, len(at)]],
        mean_area=0.1 * number,
        similarity=0.9,
    )
