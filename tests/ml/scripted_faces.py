"""Clips whose faces are known: who is where in each frame, and what the networks say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from ml.faces.blendshapes import NAMES
from ml.faces.protocols import FaceModels
from ml.faces.records import Backend, Detections, FaceMesh
from ml.video.streaming import SampledFrame, StreamHeader

WIDTH, HEIGHT = 640, 360
DIMENSIONS = 64
# Five points as shares of a box.
POINTS = np.array([[0.3, 0.4], [0.7, 0.4], [0.5, 0.6], [0.35, 0.8], [0.65, 0.8]])
# The native frames of a clip at 32 frames a second, every other of which is sampled.
STEP = 2

Place = tuple[float, float, float]  # centre and side of the box, in pixels


def still(x: float, y: float, side: float) -> Callable[[int], Place | None]:
    return lambda frame: (x, y, side)


def between(first: Place, last: Place, frames: int) -> Callable[[int], Place | None]:
    """From one place to another, evenly."""
    start, stop = np.array(first), np.array(last)
    return lambda frame: tuple(start + (stop - start) * frame / (frames - 1))


def away(path: Callable[[int], Place | None], *gaps: range) -> Callable[[int], Place | None]:
    return lambda frame: None if any(frame in gap for gap in gaps) else path(frame)


@dataclass
class Person:
    """`noise` is how unlike itself a face is from frame to frame, beside its unit vector."""

    name: str
    path: Callable[[int], Place | None]
    noise: float = 0.3
    score: float = 0.9
    presence: Callable[[int], float] = lambda frame: 1.0
    shapes: Callable[[int], dict[str, float]] = lambda frame: {}
    pose: Callable[[int], tuple[float, float, float]] = lambda frame: (0.0, 0.0, 0.0)

    def embedding(self, frame: int) -> np.ndarray:
        seed = sum(self.name.encode())
        base = _unit(np.random.default_rng(seed).normal(size=DIMENSIONS))
        noise = _unit(np.random.default_rng((seed, frame)).normal(size=DIMENSIONS))
        return _unit(base + self.noise * noise).astype(np.float32)


@dataclass
class Scene:
    """Plays the networks' parts: the detector is asked once a frame, in order."""

    people: list[Person]
    length: int
    cuts: tuple[int, ...] = ()
    _asked: int = 0
    _seen: dict[bytes, tuple[Person, int]] = field(default_factory=dict)

    backend = Backend("scripted", "1")
    dimensions = DIMENSIONS

    @property
    def header(self) -> StreamHeader:
        return StreamHeader(2 * WIDTH, 2 * HEIGHT, 0.5, WIDTH, HEIGHT, STEP * self.length, 16)

    @property
    def models(self) -> FaceModels:
        return FaceModels(self.detect, _Embedder(self), _Landmarker(self))

    @property
    def detect(self) -> _Detector:
        return _Detector(self)

    def frames(self) -> Iterator[SampledFrame]:
        for place in range(self.length):
            shot = sum(cut <= place for cut in self.cuts)
            colour = np.random.default_rng(shot).integers(0, 255, 3)
            rgb = np.broadcast_to(colour.astype(np.uint8), (HEIGHT, WIDTH, 3)).copy()
            yield SampledFrame(STEP * place, place / 16, rgb)

    def detections(self) -> Detections:
        frame, self._asked = self._asked, self._asked + 1
        here = [(person, place) for person in self.people if (place := person.path(frame))]
        if not here:
            return Detections.none()
        boxes = np.array([(x - s / 2, y - s / 2, x + s / 2, y + s / 2) for _, (x, y, s) in here])
        corners, sides = boxes[:, None, :2], np.array([s for _, (_, _, s) in here])
        landmarks = (corners + sides[:, None, None] * POINTS).astype(np.float32)
        for (person, _), points in zip(here, landmarks, strict=True):
            self._seen[points.tobytes()] = person, frame
        scores = np.array([person.score for person, _ in here], np.float32)
        return Detections(boxes.astype(np.float32), scores, landmarks)

    def who(self, landmarks: np.ndarray) -> list[tuple[Person, int]]:
        return [self._seen[points.tobytes()] for points in landmarks]


@dataclass
class _Part:
    scene: Scene
    backend = Scene.backend
    dimensions = DIMENSIONS


class _Detector(_Part):
    def __call__(self, rgb):
        return self.scene.detections()


class _Embedder(_Part):
    def __call__(self, rgb, landmarks):
        rows = [person.embedding(frame) for person, frame in self.scene.who(landmarks)]
        return np.array(rows, np.float32).reshape(-1, DIMENSIONS)


class _Landmarker(_Part):
    def __call__(self, rgb, boxes, landmarks):
        seen = self.scene.who(landmarks)
        shapes = np.zeros((len(seen), len(NAMES)), np.float32)
        for row, (person, frame) in enumerate(seen):
            for name, value in person.shapes(frame).items():
                shapes[row, NAMES.index(name)] = value
        presence = np.array([person.presence(frame) for person, frame in seen], np.float32)
        pose = np.array([person.pose(frame) for person, frame in seen], np.float32)
        points = np.zeros((len(seen), 478, 3), np.float32)
        return FaceMesh(points, presence, shapes, pose.reshape(-1, 3))


def _unit(vector: np.ndarray) -> np.ndarray:
    of_length_one: np.ndarray = vector / np.linalg.norm(vector)
    return of_length_one
