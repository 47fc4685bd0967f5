"""A still face whose points can be moved, with the head around it and what stands behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bench.made.movements import LOWER, TILT, TURN, lid_moves, skin_moves, turned
from bench.made.stills import Still
from bench.made.surface import FaceSurface, Points, Triangles

# Where a head ends, and where its surroundings begin to stand still; as many times as far from its
# middle as the outline of the face.
HEAD, AROUND = 1.5, 2.4
# In widths of the face: how far the rest of a head lies behind it, and the joint it turns about.
BEHIND, JOINT = 0.15, 0.3

# By kind, from 0 to 1; of a head's turns from -1.
Strengths: TypeAlias = Mapping[str, float]


@dataclass(frozen=True)
class Puppet:
    surface: FaceSurface
    still: Still

    @cached_property
    def rest(self) -> Points:
        """Those of the face, then two rings around it as its outline: the head, and what stands."""
        around = self._outline - self._middle
        behind = [0, 0, BEHIND * self._width]
        rings = [self._middle + around * [far, far, 1] + behind for far in (HEAD, AROUND)]
        return np.concatenate([self.still.points, *rings])

    @cached_property
    def triangles(self) -> Triangles:
        """Those that lie lower first: the surroundings, what is in mouth and eyes, the skin."""
        surface = self.surface
        return np.concatenate([self._surroundings(), surface.mouth, surface.eyes, surface.skin])

    @cached_property
    def is_skin(self) -> NDArray[np.bool_]:
        return np.arange(len(self.triangles)) >= len(self.triangles) - len(self.surface.skin)

    @cached_property
    def is_mouth(self) -> NDArray[np.bool_]:
        first = len(self.triangles) - sum(
            map(len, (self.surface.skin, self.surface.eyes, self.surface.mouth))
        )
        places = np.arange(len(self.triangles))
        return (first <= places) & (places < first + len(self.surface.mouth))

    def posed(self, strengths: Strengths) -> Points:
        moved = self.rest.copy()
        for kind, moves in self._moves.items():
            moved[: len(moves)] += strengths.get(kind, 0.0) * moves
        head = moved[: -len(self._outline)]
        joint = self._middle + np.array([0, 0, JOINT * self._width])
        angles = (
            TURN * strengths.get("head_turn", 0.0),
            LOWER * strengths.get("head_lower", 0.0),
            TILT * strengths.get("head_tilt", 0.0),
        )
        head[:] = joint + turned(head - joint, *angles)
        return moved

    @cached_property
    def _moves(self) -> dict[str, Points]:
        """Of the skin, in pixels as a picture counts: to the right, down and away."""
        usual, own = self.surface.points, self.still.points
        size = np.linalg.norm(own[33] - own[263]) / np.linalg.norm(usual[33] - usual[263])
        outwards = np.sign(usual[:, :1])
        signs = np.concatenate([outwards, -np.ones_like(outwards), -np.ones_like(outwards)], axis=1)
        moves = {kind: far * signs * size for kind, far in skin_moves(self.surface).items()}
        return {**moves, "eyes_closed": lid_moves(self.surface, own)}

    @property
    def _outline(self) -> Points:
        outline: Points = self.still.points[self.surface.outline]
        return outline

    @property
    def _middle(self) -> Points:
        middle: Points = self._outline.mean(axis=0)
        return middle

    @property
    def _width(self) -> float:
        return float(np.ptp(self._outline[:, 0]))

    def _surroundings(self) -> Triangles:
        """Between the outline and the rings, two triangles for each pair of neighbours."""
        outline = np.array(self.surface.outline)
        head = np.arange(len(outline)) + len(self.still.points)
        pairs = ((outline, head), (head, head + len(outline)))
        strips = [
            np.stack(corners, axis=1)
            for inner, outer in pairs
            for corners in (
                (inner, outer, np.roll(inner, -1)),
                (outer, np.roll(outer, -1), np.roll(inner, -1)),
            )
        ]
        return np.concatenate(strips)
