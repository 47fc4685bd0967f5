"""Where a head points, from the points of its mesh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ml.faces.protocol_buffers import message_classes
from ml.faces.records import Floats

# Numbers of each vertex in the file: x, y, z in centimetres, and two of a texture.
VERTEX = 5
# The mesh counts y downwards and depth away from the viewer, the model the other way round.
TO_MODEL = np.array([1, -1, -1], np.float64)


@dataclass(frozen=True)
class CanonicalFace:
    """
    A head that looks straight at the viewer.

    Only `rows` of the mesh are compared, those that expressions move least, by their `weights`.
    """

    rows: NDArray[np.intp]
    points: NDArray[np.float64]
    weights: NDArray[np.float64]

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """From the geometry file beside the landmark network, which was trained to this head."""
        geometry = message_classes(
            "partial_geometry",
            {
                "Geometry": {"mesh": "1 Mesh", "basis": "2 repeated Weight"},
                "Mesh": {"vertices": "3 repeated float"},
                "Weight": {"row": "1 uint32", "weight": "2 float"},
            },
        )["Geometry"].FromString(content)
        rows = np.array([point.row for point in geometry.basis], np.intp)
        vertices = np.array(geometry.mesh.vertices).reshape(-1, VERTEX)
        weights = np.array([point.weight for point in geometry.basis])
        return cls(rows, vertices[rows, :3], weights / weights.sum())

    def angles(self, mesh: Floats) -> Floats:
        """Yaw, pitch and roll of one face (478, 3), signed as in `FaceMesh.pose`."""
        turn = self._turn(mesh[self.rows] * TO_MODEL)
        # First nodding, then shaking, then tilting the head takes it from the model to here.
        yaw = np.arctan2(-turn[2, 0], np.hypot(turn[0, 0], turn[1, 0]))
        pitch = -np.arctan2(turn[2, 1], turn[2, 2])
        roll = -np.arctan2(turn[1, 0], turn[0, 0])
        return np.degrees([yaw, pitch, roll]).astype(np.float32)

    def _turn(self, seen: NDArray[np.float64]) -> NDArray[np.float64]:
        """The rotation of the model that comes closest to the points seen, at any scale."""
        weights = self.weights[:, None]
        here = seen - (weights * seen).sum(axis=0)
        there = self.points - (weights * self.points).sum(axis=0)
        u, _, vt = np.linalg.svd((weights * here).T @ there)
        # Without it the best fit of a flat face may be its mirror image.
        upright = np.diag([1.0, 1.0, np.linalg.det(u @ vt)])
        rotation: NDArray[np.float64] = u @ upright @ vt
        return rotation
