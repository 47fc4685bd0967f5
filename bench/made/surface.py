"""
The surface of a face, as the landmark network's own model of a head joins its points.

Mouth and eyes are holes in the skin: their two lips and lids lie side by side and are no
neighbours, so that what moves one leaves the other where it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TypeAlias
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from ml.faces.mesh import GEOMETRY
from ml.faces.protocol_buffers import message_classes
from ml.weights import fetched_weights

# Rows of the mesh, viewer's left first: around the inner lips, and around each eye.
UPPER_LIP = (191, 80, 81, 82, 13, 312, 311, 310, 415)
LOWER_LIP = (95, 88, 178, 87, 14, 317, 402, 318, 324)
LIP_ENDS = (78, 308)
UPPER_LIDS = (246, 161, 160, 159, 158, 157, 173, 398, 384, 385, 386, 387, 388, 466)
LOWER_LIDS = (7, 163, 144, 145, 153, 154, 155, 382, 381, 380, 374, 373, 390, 249)
EYE_ENDS = (33, 133, 362, 263)
MOUTH = {*UPPER_LIP, *LOWER_LIP, *LIP_ENDS}
EYES = {*UPPER_LIDS, *LOWER_LIDS, *EYE_ENDS}
# Numbers of each vertex in the file: x, y, z in centimetres, and two of a texture.
VERTEX = 5

Points: TypeAlias = NDArray[np.float64]
Triangles: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True)
class FaceSurface:
    """`points` (468, 3) of a head that looks straight ahead, in centimetres."""

    points: Points
    skin: Triangles
    mouth: Triangles
    eyes: Triangles

    @classmethod
    def load(cls, models: Path) -> FaceSurface:
        bundle = fetched_weights(models, "face_landmarker.task").content
        with ZipFile(BytesIO(bundle)) as parts:
            geometry = message_classes(
                "surface",
                {
                    "Geometry": {"mesh": "1 Mesh"},
                    "Mesh": {"vertices": "3 repeated float", "corners": "4 repeated uint32"},
                },
            )["Geometry"].FromString(parts.read(GEOMETRY))
        points = np.array(geometry.mesh.vertices).reshape(-1, VERTEX)[:, :3]
        triangles = np.array(geometry.mesh.corners, np.intp).reshape(-1, 3)
        mouth = np.isin(triangles, list(MOUTH)).all(axis=1)
        eyes = np.isin(triangles, list(EYES)).all(axis=1)
        return cls(points, triangles[~mouth & ~eyes], triangles[mouth], triangles[eyes])

    @cached_property
    def outline(self) -> list[int]:
        """The rows around the face, one after the other."""
        edges = np.concatenate(self._edges(self.skin, self.mouth, self.eyes))
        once, counts = np.unique(np.sort(edges, axis=1), axis=0, return_counts=True)
        after: dict[int, list[int]] = {}
        for one, other in once[counts == 1].tolist():
            after.setdefault(one, []).append(other)
            after.setdefault(other, []).append(one)
        around = [min(after)]
        while len(around) < len(after):
            around.append(next(row for row in after[around[-1]] if row not in around))
        return around

    def spread(self, moved: Mapping[int, Sequence[float]], reach: float) -> Points:
        """
        How far every point moves (468, 3) when some do, the nearest of these deciding by the way
        over the skin; what moves not at all holds back. `reach` in centimetres.
        """
        rows = list(moved)
        given = np.array([moved[row] for row in rows], np.float64)
        far = self._over_skin(rows)
        weights = 1 / (far**2 + 1e-3)
        drawn: Points = weights.T @ given / weights.sum(axis=0)[:, None]
        nearest = far[given.any(axis=1)].min(axis=0)
        faded: Points = drawn * np.exp(-((nearest / reach) ** 2))[:, None]
        return faded

    def _over_skin(self, rows: Sequence[int]) -> Points:
        edges = np.concatenate(self._edges(self.skin))
        lengths = np.linalg.norm(self.points[edges[:, 0]] - self.points[edges[:, 1]], axis=1)
        # An edge of two triangles stands twice, and the lengths of equal entries would be summed.
        first = np.unique(np.sort(edges, axis=1), axis=0, return_index=True)[1]
        shape = (len(self.points), len(self.points))
        graph = coo_matrix((lengths[first], edges[first].T), shape)
        found: Points = dijkstra(graph.tocsr(), directed=False, indices=rows)
        return found

    @staticmethod
    def _edges(*triangles: Triangles) -> list[Triangles]:
        return [each[:, pair] for each in triangles for pair in ([0, 1], [1, 2], [2, 0])]
