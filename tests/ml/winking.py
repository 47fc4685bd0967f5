"""A portrait whose eyes close: the skin above is drawn down over them."""

from __future__ import annotations

import cv2
import numpy as np

# Rows of the mesh along each lid, of the subject's own sides.
LIDS = {
    "left": (
        [263, 466, 388, 387, 386, 385, 384, 398, 362],
        [263, 249, 390, 373, 374, 380, 381, 382, 362],
    ),
    "right": (
        [33, 246, 161, 160, 159, 158, 157, 173, 133],
        [33, 7, 163, 144, 145, 153, 154, 155, 133],
    ),
}
# How much of the skin above the eye is stretched over it, in pixels.
SKIN = 9


def close_eye(rgb: np.ndarray, mesh: np.ndarray, side: str) -> np.ndarray:
    upper, lower = (_by_column(mesh[rows, :2]) for rows in LIDS[side])
    height, width = rgb.shape[:2]
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height))
    sources = rows.astype(np.float32)
    for column in range(int(np.ceil(upper[0, 0])), int(upper[-1, 0]) + 1):
        top, bottom = (np.interp(column, lid[:, 0], lid[:, 1]) for lid in (upper, lower))
        covered = np.arange(int(top - SKIN) + 1, int(bottom) + 1)
        share = (covered - (top - SKIN)) / (bottom - (top - SKIN))
        sources[covered, column] = top - SKIN + share * SKIN
    return cv2.remap(rgb, columns, sources, cv2.INTER_LINEAR)


def _by_column(points: np.ndarray) -> np.ndarray:
    return points[points[:, 0].argsort()]
