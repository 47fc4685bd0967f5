"""
A face as the frozen landmark network measures it, for a model without an encoder of faces.

Points are told from the face's own middle and size, so that where it stands in the picture and
how large it is say nothing. Known without torch.
"""

from __future__ import annotations

import numpy as np

from ml.faces.blendshapes import NAMES, POINTS
from ml.faces.protocols import Landmarker
from ml.faces.records import Floats, Picture

POSE = 3
MOVING = POSE + len(NAMES)
# Certainty, pose, blendshapes, and three coordinates for each point.
MEASURED = 1 + MOVING + 3 * len(POINTS)
# The changes of pose and blendshapes come last.
LANDMARK_NUMBERS = MEASURED + MOVING
# A movement changes one or two of 56 numbers, and the 438 of the points hardly at all: without
# these weights all faces would look the same to what has yet to learn from them. Degrees that
# count as one: twenty are a head turned as clearly as a blendshape of 1 is a smile.
DEGREES = 5
BLENDSHAPES, SHAPE = 4.0, 0.2


def landmark_numbers(
    landmarker: Landmarker, rgb: Picture, box: Floats, five_points: Floats
) -> Floats:
    """(MEASURED,), from a box (4,) and points (5, 2) in pixels."""
    mesh = landmarker(rgb, box[None], five_points[None])
    points = mesh.points[0, list(POINTS)]
    points = points - points.mean(axis=0)
    size = np.abs(points[:, :2]).max() or 1.0
    pose, moved = mesh.pose[0] / DEGREES, BLENDSHAPES * mesh.blendshapes[0]
    parts = [mesh.presence, pose, moved, SHAPE * (points / size).ravel()]
    return np.concatenate(parts).astype(np.float32)
