"""
What the frozen parts of a model make of a clip. They never change in a run, so they are asked
once for each clip, and what they answered lies on disk for every later run.

Shape letters: T frames, R streams of faces, L positions, C width of features, N tokens, D width
of words.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor

from ml.facetrack_mm.model import FaceTrackModel
from ml.facetrack_mm.reading import Seen
from ml.training.examples import TrainingExample
from ml.training.failures import RunFailed, is_disk_full

# Changes when the same parts make other numbers of the same clip.
VERSION = 1
FULL = "Free some space there, or let them take less (--features-gib); then resume."


@dataclass(frozen=True)
class Features:
    """
    video  (T, L, C), or (N, D) where the projector is frozen too; None without a vision tower
    faces  (R, T, L, C) or (R, N, D); None without a face
    """

    video: Tensor | None
    faces: Tensor | None


@dataclass(frozen=True)
class FrozenParts:
    """`trains_video` and `trains_face` say whose projector is left to be learned."""

    model: FaceTrackModel
    trains_video: bool
    trains_face: bool

    @torch.no_grad()
    def features(self, seen: Seen) -> Features:
        return Features(self._video(seen.pixels), self._faces(seen.faces))

    def _video(self, pixels: Tensor | None) -> Tensor | None:
        if pixels is None:
            return None
        features = self.model.vision_features(pixels[None])
        kept = features if self.trains_video else self.model.project_video(features)
        return kept[0].cpu()

    def _faces(self, faces: Tensor | None) -> Tensor | None:
        if faces is None:
            return None
        features = self.model.face_features(faces)
        kept = features if self.trains_face else self.model.project_faces(features)
        return kept.cpu()


@dataclass(frozen=True)
class FeatureFiles:
    """
    One file for each clip below `folder`, which several runs may share.

    `made_by` tells the parts that made them apart from all others.
    """

    folder: Path
    made_by: str

    def path(self, example: TrainingExample) -> Path:
        key = hashlib.sha256(f"{self.made_by} {_content(example)}".encode()).hexdigest()
        return self.folder / key[:2] / f"{key}.safetensors"

    def has(self, example: TrainingExample) -> bool:
        """Asking is using: what nobody used for long makes room for others."""
        try:
            os.utime(self.path(example))
        except FileNotFoundError:
            return False
        return True

    def read(self, example: TrainingExample) -> Features | None:
        """None for what is not there or was cut off, as by a crash of the machine."""
        if not self.has(example):
            return None
        try:
            tensors = load_file(self.path(example))
        except (SafetensorError, OSError):
            return None
        return Features(tensors.get("video"), tensors.get("faces"))

    def write(self, example: TrainingExample, features: Features) -> None:
        """Whole or not at all, whoever else writes the same."""
        path = self.path(example)
        path.parent.mkdir(parents=True, exist_ok=True)
        named = {"video": features.video, "faces": features.faces}
        tensors = {
            name: tensor.contiguous() for name, tensor in named.items() if tensor is not None
        }
        partial = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            partial.write_bytes(save(tensors))
            partial.replace(path)
        except OSError as error:
            if is_disk_full(error):
                told = f"The disk of {self.folder}, where features are kept, is full. {FULL}"
                raise RunFailed("disk_full", told) from None
            raise
        finally:
            partial.unlink(missing_ok=True)


Make = Callable[[TrainingExample], Features]


@dataclass(frozen=True)
class KeptFeatures:
    """`make` is asked for what no file holds."""

    files: FeatureFiles
    make: Make

    def __call__(self, example: TrainingExample) -> Features:
        kept = self.files.read(example)
        if kept is None:
            kept = self.make(example)
            self.files.write(example, kept)
        return kept


def made_by(parts: FrozenParts, weights: str, landmarks: str | None) -> str:
    """
    `weights` is the hash of the model that the parts belong to, `landmarks` the version of the
    network that reads faces where none of the model's own does.
    """
    config = parts.model.config
    told = {
        "version": VERSION,
        "weights": weights,
        "landmarks": landmarks,
        "numbers": str(parts.model.language_model.dtype),
        "trains": [parts.trains_video, parts.trains_face],
        "seen": [
            asdict(part) if part else None
            for part in (config.vision, config.face, config.stream, config.frames)
        ],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _content(example: TrainingExample) -> str:
    record = b"" if example.faces is None else Path(example.faces).read_bytes()
    return f"{example.sha256} {hashlib.sha256(record).hexdigest()}"
