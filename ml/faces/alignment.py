"""Faces turned, scaled and cut out so that their points lie where the networks expect them."""

from __future__ import annotations

import cv2
import numpy as np

from ml.faces.records import Floats, Picture

SIDE = 112
# Where the five points belong in a square of SIDE pixels.
TARGET = np.array(
    [
        [38.2946, 51.6963],
        [73.5318, 51.5014],
        [56.0252, 71.7366],
        [41.5493, 92.3655],
        [70.7299, 92.2041],
    ],
    np.float32,
)


def five_points(landmarks: Floats) -> Floats:
    """(N, 5, 2) out of five or 68 points a face."""
    if landmarks.shape[1] == len(TARGET):
        return landmarks
    eyes = [landmarks[:, 36:42].mean(axis=1), landmarks[:, 42:48].mean(axis=1)]
    return np.stack([*eyes, landmarks[:, 30], landmarks[:, 48], landmarks[:, 54]], axis=1)


def similarity(source: Floats, target: Floats) -> Floats:
    """
    The turn, scale and shift (2, 3) that takes source (P, 2) closest to target (P, 2).

    In the plane it is one complex number, found by least squares. Points that lie all in one
    place have no scale and go to the middle of the target.
    """
    a = (source - source.mean(axis=0)) @ np.array([1, 1j])
    b = (target - target.mean(axis=0)) @ np.array([1, 1j])
    size = np.vdot(a, a).real
    turn = np.vdot(a, b) / size if size else 0j
    linear = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    shift = target.mean(axis=0) - linear @ source.mean(axis=0)
    return np.concatenate([linear, shift[:, None]], axis=1).astype(np.float32)


def align(rgb: Picture, landmarks: Floats) -> Picture:
    """One square for each face: (N, SIDE, SIDE, 3)."""
    squares = [
        cv2.warpAffine(rgb, similarity(points, TARGET), (SIDE, SIDE), flags=cv2.INTER_LINEAR)
        for points in five_points(landmarks)
    ]
    return np.stack(squares) if squares else np.zeros((0, SIDE, SIDE, 3), np.uint8)


def unit(vectors: Floats) -> Floats:
    """Of length one; a zero vector stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit_vectors: Floats = vectors / np.maximum(lengths, np.float32(1e-9))
    return unit_vectors
