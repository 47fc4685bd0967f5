"""What the faces of made clips do: how far which points of the skin move, and how that is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from bench.made.surface import (
    EYE_ENDS,
    EYES,
    LIP_ENDS,
    LOWER_LIDS,
    UPPER_LIDS,
    UPPER_LIP,
    FaceSurface,
    Points,
)

# Outwards from the middle of the face, up, and towards the viewer, in centimetres of a usual face.
Move: TypeAlias = tuple[float, float, float]
Moves: TypeAlias = dict[int, Move]
STILL: Move = (0.0, 0.0, 0.0)

CORNERS = (61, 291)
CHEEKS = (50, 280, 205, 425)
CHIN = (152, 148, 377, 175, 176, 400, 199, 200)
JAW = (150, 379, 149, 378)
JAW_ANGLES = (58, 288, 132, 361)
UPPER_LIP_EDGE = (0, 37, 267, 39, 269)
LOWER_LIP_MIDDLE = (14, 87, 317, 17, 84, 314)
INNER_BROWS = (107, 336, 55, 285, 66, 296, 65, 295)
OUTER_BROWS = (105, 334, 52, 282, 63, 293, 53, 283, 70, 300, 46, 276)
# Degrees of a head that moves as far as it gets.
TURN, TILT, LOWER = 28.0, 24.0, 24.0


@dataclass(frozen=True)
class Kind:
    """`rises` are the landmark network's own names for it, the three angles of the head's."""

    rises: tuple[str, ...]
    told: tuple[str, ...]


KINDS = {
    "smile": Kind(("mouthSmileLeft", "mouthSmileRight"), ("smiles", "grins")),
    "jaw_open": Kind(("jawOpen",), ("opens the mouth", "parts the lips")),
    "brow_raise": Kind(
        ("browInnerUp", "browOuterUpLeft", "browOuterUpRight"),
        ("raises the eyebrows", "lifts the brows"),
    ),
    "brow_lower": Kind(
        ("browDownLeft", "browDownRight"), ("furrows the eyebrows", "lowers the brows")
    ),
    "eyes_closed": Kind(("eyeBlinkLeft", "eyeBlinkRight"), ("closes the eyes", "shuts the eyes")),
    "head_turn": Kind(("yaw",), ("turns the head aside", "turns the head to the side")),
    "head_tilt": Kind(("roll",), ("tilts the head", "leans the head over")),
    "head_lower": Kind(("pitch",), ("lowers the head", "bows the head")),
}


def _all(rows: Iterable[int], move: Move) -> Moves:
    return dict.fromkeys(rows, move)


# Which points move how far, and how many centimetres around them the skin follows.
SKIN: dict[str, tuple[Moves, float]] = {
    "smile": (
        {
            **_all(CORNERS, (1.0, 1.0, -0.5)),
            **_all(LIP_ENDS, (0.9, 0.9, -0.5)),
            **_all(CHEEKS, (0.3, 0.7, 0.2)),
            **_all((0, 17, 13, 14, 1), STILL),
        },
        3,
    ),
    "jaw_open": (
        {
            **_all((*CHIN, *LOWER_LIP_MIDDLE), (0.0, -2.2, -0.4)),
            **_all((178, 402, 181, 405), (-0.1, -1.9, -0.4)),
            **_all((88, 318), (-0.15, -1.5, -0.3)),
            **_all((95, 324), (-0.2, -1.0, -0.2)),
            **_all((*LIP_ENDS, *CORNERS), (-0.3, -0.5, -0.2)),
            **_all(JAW, (0.0, -1.9, -0.4)),
            **_all(JAW_ANGLES, (0.0, -0.3, 0.0)),
            **_all((*UPPER_LIP, *UPPER_LIP_EDGE, 1), STILL),
        },
        5,
    ),
    "brow_raise": (
        {**_all((*INNER_BROWS, *OUTER_BROWS), (0.0, 1.0, 0.0)), **_all(EYES, STILL)},
        3,
    ),
    "brow_lower": (
        {
            **_all(INNER_BROWS, (-0.5, -0.9, 0.0)),
            **_all(OUTER_BROWS, (-0.2, -0.5, 0.0)),
            **_all(EYES, STILL),
        },
        2,
    ),
}


def skin_moves(surface: FaceSurface) -> dict[str, Points]:
    """Of each kind, how far every point goes at most, as `Move` counts."""
    return {kind: surface.spread(moves, reach) for kind, (moves, reach) in SKIN.items()}


def lid_moves(surface: FaceSurface, face: Points) -> Points:
    """How far the points of one face (468, 3) go until its own lids meet, as it counts them."""
    gaps = face[list(LOWER_LIDS)] - face[list(UPPER_LIDS)]
    upper = {row: tuple(0.85 * gap) for row, gap in zip(UPPER_LIDS, gaps, strict=True)}
    lower = {row: tuple(-0.15 * gap) for row, gap in zip(LOWER_LIDS, gaps, strict=True)}
    return surface.spread({**upper, **lower, **_all(EYE_ENDS, STILL)}, reach=0.8)


def turned(points: Points, yaw: float, pitch: float, roll: float) -> Points:
    """Points (N, 3) around the middle of a head, counted as a picture counts, in degrees."""
    aside, down, over = np.radians([yaw, pitch, roll])
    shake = [[np.cos(aside), 0, -np.sin(aside)], [0, 1, 0], [np.sin(aside), 0, np.cos(aside)]]
    nod = [[1, 0, 0], [0, np.cos(down), -np.sin(down)], [0, np.sin(down), np.cos(down)]]
    tilt = [[np.cos(over), np.sin(over), 0], [-np.sin(over), np.cos(over), 0], [0, 0, 1]]
    after: Points = points @ (np.array(tilt) @ np.array(shake) @ np.array(nod)).T
    return after
