"""A puppet as a picture: each of its triangles shows what the still shows there."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.made.puppets import Puppet, Strengths
from bench.made.surface import Points
from ml.faces.records import Floats, Picture

Numbers: TypeAlias = NDArray[np.int32]

# cv2 takes corners as whole numbers, of which so many bits stand behind the point.
FRACTION = 4
# In an open mouth.
DARK = np.array([58, 22, 24], np.float32)
# Below it, in square pixels, a triangle is seen from its edge and shows nothing.
THIN = 1e-3


def draw(puppet: Puppet, strengths: Strengths, camera: Points, width: int, height: int) -> Picture:
    """`camera` (2, 3) takes pixels of the still to those of the frame."""
    points = puppet.posed(strengths)
    seen = points[:, :2] @ camera[:, :2].T + camera[:, 2]
    covering = _covering(puppet, seen, points[:, 2], np.zeros((height, width), np.int32))
    x, y = _sources(covering, _shown_by(puppet, seen, camera))
    rgb = puppet.still.rgb
    frame = cv2.remap(rgb, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)
    inside = np.concatenate([[False], puppet.is_mouth])[covering]
    dark = min(1.0, strengths.get("jaw_open", 0.0))
    frame[inside] = (1 - dark) * frame[inside] + dark * DARK
    return frame


def _covering(puppet: Puppet, seen: Points, depth: Points, empty: Numbers) -> Numbers:
    """Which triangle is seen at each pixel, counted from 1; the nearest is drawn last."""
    corners = np.round(seen[puppet.triangles] * 2**FRACTION).astype(np.int32)
    far = depth[puppet.triangles].mean(axis=1)
    for place in np.lexsort((-far, puppet.is_skin)).tolist():
        cv2.fillConvexPoly(empty, corners[place], place + 1, cv2.LINE_8, FRACTION)
    return empty


def _sources(covering: Numbers, shown: Floats) -> Floats:
    """(2, height, width): where in the still each pixel comes from."""
    rows, columns = np.indices(covering.shape)
    pixels = np.stack([columns, rows, np.ones_like(rows)], axis=2, dtype=np.float32)
    sources: Floats = np.einsum("hwc,hwcd->dhw", pixels, shown[covering])
    return sources


def _shown_by(puppet: Puppet, seen: Points, camera: Points) -> Floats:
    """(1 + triangles, 3, 2): what takes (x, y, 1) of the frame to the still, first without any."""
    corners = seen[puppet.triangles]
    whole = np.concatenate([corners, np.ones((*corners.shape[:2], 1))], axis=2)
    whole[np.abs(np.linalg.det(whole)) < THIN] = np.eye(3)
    each = np.linalg.solve(whole, puppet.rest[puppet.triangles][..., :2])
    straight = cv2.invertAffineTransform(camera).T
    return np.concatenate([straight[None], each]).astype(np.float32)
