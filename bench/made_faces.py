"""
Clips with known facial events, as the landmark network would measure them.

No picture is made: a clip is what the network would answer for each of its sixteen frames, a
resting face of its own with events in it, and a caption of these. The numbers are put where
training keeps what frozen parts computed, so that everything behind the network is the real path.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ml.faces.blendshapes import NAMES, POINTS
from ml.faces.records import Floats
from ml.facetrack_mm.landmark_numbers import (
    BLENDSHAPES,
    DEGREES,
    LANDMARK_NUMBERS,
    POSE,
    SHAPE,
)
from ml.records import FaceRecord, Screening, Selection, TrackRecord
from ml.training.examples import EXAMPLE, HEADER, ManifestHeader, TrainingExample
from ml.training.features import FeatureFiles, Features

FRAMES = 16
INSTRUCTION = "What does the face do?"
# How far the numbers of a resting face lie from those of another, and of the next frame.
BETWEEN_FACES, BETWEEN_FRAMES = 0.05, 0.01


@dataclass(frozen=True)
class Kind:
    """What rises, by the network's own names; `yaw` and `roll` are of the head."""

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
    "eyes_wide": Kind(("eyeWideLeft", "eyeWideRight"), ("widens the eyes", "opens the eyes wide")),
    "head_turn": Kind(("yaw",), ("turns the head aside", "turns the head to the side")),
    "head_tilt": Kind(("roll",), ("tilts the head", "leans the head over")),
}
HEAD = ("yaw", "pitch", "roll")
# Degrees of a head that is turned as far as it gets.
TURNED = 50


@dataclass(frozen=True)
class MadeEvent:
    """Frames from `start` up to and without `stop`."""

    kind: str
    start: int
    stop: int


@dataclass(frozen=True)
class MadeClip:
    name: str
    events: tuple[MadeEvent, ...]
    numbers: Floats
    caption: str


def made_clips(count: int, seed: int) -> list[MadeClip]:
    """Two events each, one after the other, of different kinds."""
    return [_clip(f"made-{seed}-{number}") for number in range(count)]


def _clip(name: str) -> MadeClip:
    drawn = random.Random(name)  # noqa: S311 -- anyone may make the same clips
    first, second = drawn.sample(sorted(KINDS), 2)
    events = (_event(first, 0, drawn), _event(second, FRAMES // 2, drawn))
    told = [drawn.choice(KINDS[event.kind].told) for event in events]
    caption = f"The person {told[0]}. Then the person {told[1]}."
    return MadeClip(name, events, _numbers(events, drawn), caption)


def _event(kind: str, half: int, drawn: random.Random) -> MadeEvent:
    start = half + drawn.randrange(0, 3)
    return MadeEvent(kind, start, start + drawn.randrange(4, 6))


def _numbers(events: Sequence[MadeEvent], drawn: random.Random) -> Floats:
    """(FRAMES, LANDMARK_NUMBERS)"""
    made = np.random.default_rng(drawn.randrange(2**32))
    rest = made.normal(0, BETWEEN_FACES, LANDMARK_NUMBERS)
    rest[_place("_neutral") : _place(NAMES[-1]) + 1] = np.abs(made.normal(0, 0.05, len(NAMES)))
    # The points of a face on the unit square, the same for all but for their noise.
    rest[-3 * len(POINTS) :] += np.random.default_rng(0).uniform(-1, 1, 3 * len(POINTS))
    numbers = rest + made.normal(0, BETWEEN_FRAMES, (FRAMES, LANDMARK_NUMBERS))
    numbers[:, 0] = 1
    numbers[:, 1 + POSE : 1 + POSE + len(NAMES)] *= BLENDSHAPES
    numbers[:, -3 * len(POINTS) :] *= SHAPE
    for event in events:
        strength = drawn.uniform(0.5, 0.9)
        for name in KINDS[event.kind].rises:
            full = TURNED / DEGREES if name in HEAD else BLENDSHAPES
            numbers[event.start : event.stop, _place(name)] += strength * full
    return numbers.astype(np.float32)


def _place(name: str) -> int:
    """Certainty and pose come before the blendshapes."""
    return 1 + HEAD.index(name) if name in HEAD else 1 + POSE + NAMES.index(name)


def write_clip(clip: MadeClip, folder: Path, files: FeatureFiles) -> TrainingExample:
    """In place of its video a file of its numbers, and what frozen parts would have kept of it."""
    video = folder / f"{clip.name}.numbers"
    video.write_bytes(clip.numbers.tobytes())
    faces = folder / f"{clip.name}.json.gz"
    faces.write_bytes(_record(clip).to_gzip())
    example = TrainingExample(
        id=clip.name,
        video=str(video),
        faces=str(faces),
        instruction=INSTRUCTION,
        answer=clip.caption,
        sha256=hashlib.sha256(video.read_bytes()).hexdigest(),
    )
    files.write(example, Features(None, as_faces(clip)[:, :, None]))
    return example


def as_faces(clip: MadeClip) -> Tensor:
    """One stream, as a row of the model takes it."""
    return torch.from_numpy(clip.numbers)[None]


def write_manifest(path: Path, examples: Sequence[TrainingExample]) -> None:
    header = ManifestHeader("made-faces", "0" * 64, "train", len(examples))
    lines = [HEADER.dump_json(header), *(EXAMPLE.dump_json(example) for example in examples)]
    path.write_bytes(b"\n".join(lines) + b"\n")


def _record(clip: MadeClip) -> FaceRecord:
    """One face that stands still in every frame."""
    at = list(range(FRAMES))
    face = TrackRecord(
        number=1,
        is_main=True,
        at=at,
        boxes=[[100, 100, 900, 900]] * FRAMES,
        scores=[900] * FRAMES,
        landmarks=[[300, 400, 700, 400, 500, 550, 350, 700, 650, 700]] * FRAMES,
        tracklets=[[0, FRAMES]],
        mean_area=0.64,
        similarity=1.0,
    )
    return FaceRecord(
        backends={},
        width=100,
        height=100,
        frame_count=FRAMES,
        rate=float(FRAMES),
        frames=at,
        cuts=[],
        tracks=[face],
        selection=Selection("one_track", [[0.64, 1.0]], [1], "The only face."),
        signals=[],
        screening=Screening(1.0, True, 0.64, 1, 0, 0.1, clip.name),
    )
