"""
Faces at rest: of the demo clips, or of a folder that somebody names.

The demo clips come out of pinned packages on terms of their own (`annotation/demo/clips.toml`);
neither they nor what is made of them is committed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from PIL import Image

from annotation.demo.clips import demo_clips
from bench.made.surface import Points
from ml.faces.protocols import FaceModels
from ml.faces.records import Picture

# Seconds at which each person's face is nearly at rest. The last is kept for clips of a new face.
AT_REST = {
    "single_face.mp4": 0.27,
    "sample_01.mp4": 0.0,
    "WolfgangLanger_Pexels.mp4": 9.93,
    "sample_03.mp4": 0.13,
}
PICTURES = {".jpg", ".jpeg", ".png"}
WANTED = (
    "Name a folder with --stills: one picture a person, of a face at rest that looks at the "
    "camera, of at least two people. The last by name is kept for clips of a new face."
)


class NoStills(Exception):
    """A sentence that says which pictures are wanted."""


@dataclass(frozen=True)
class Still:
    """`points` (468, 3) of the face in the pixels of its picture, deeper ones larger."""

    person: str
    rgb: Picture
    points: Points


def demo_stills(folder: Path, models: FaceModels) -> list[Still]:
    """Two of each person, one mirrored."""
    clips = {clip.path.name: clip.path for clip in demo_clips(folder)}
    if not AT_REST.keys() <= clips.keys():
        raise NoStills(f"The demo clips could not be fetched. {WANTED}")
    frames = {name: _frame(clips[name], at) for name, at in AT_REST.items()}
    return [still for name, rgb in frames.items() for still in _stills(name, rgb, models)]


def folder_stills(folder: Path, models: FaceModels) -> list[Still]:
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURES)
    if len(paths) < 2:
        raise NoStills(f"{folder} holds too few pictures. {WANTED}")
    pictures = {path.name: np.asarray(Image.open(path).convert("RGB")) for path in paths}
    return [still for name, rgb in pictures.items() for still in _stills(name, rgb, models)]


def _stills(person: str, rgb: Picture, models: FaceModels) -> list[Still]:
    mirrored = np.ascontiguousarray(rgb[:, ::-1])
    return [Still(person, each, _points(person, each, models)) for each in (rgb, mirrored)]


def _points(person: str, rgb: Picture, models: FaceModels) -> Points:
    found = models.detector(rgb)
    if not len(found):
        raise NoStills(f"{person} shows no face. {WANTED}")
    largest = np.prod(found.boxes[:, 2:] - found.boxes[:, :2], axis=1).argmax()
    face = slice(largest, largest + 1)
    mesh = models.landmarker(rgb, found.boxes[face], found.landmarks[face])
    # The irises come last, and are no part of the surface.
    points: Points = mesh.points[0, :468].astype(np.float64)
    return points


def _frame(path: Path, at: float) -> Picture:
    with av.open(path) as container:
        frames = container.decode(video=0)
        frame = next(frame for frame in frames if (frame.time or 0) >= at)
        return frame.to_ndarray(format="rgb24").astype(np.uint8)
