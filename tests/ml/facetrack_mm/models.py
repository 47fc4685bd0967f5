"""Tiny models with random weights, and rows for them."""

from dataclasses import replace

import torch

from ml.facetrack_mm.config import FaceConfig
from ml.facetrack_mm.landmark_numbers import LANDMARK_NUMBERS
from ml.facetrack_mm.model import FaceTrackModel
from ml.facetrack_mm.presets import PRESETS, TINY_ENCODER
from ml.facetrack_mm.prompt import UNLABELLED, VIDEO
from ml.facetrack_mm.splicing import Row

TINY = PRESETS["tiny"]


def tiny_model(config=TINY, seed=1):
    torch.manual_seed(seed)
    return FaceTrackModel(config).eval()


def with_face(**options):
    return replace(TINY, face=FaceConfig(encoder=TINY_ENCODER, **options))


def row(seed=1, *, words=9, streams=1, is_learned=False, config=TINY):
    """`words` behind the video; the last four of them are the answer."""
    made = torch.Generator().manual_seed(seed)
    ids = [1, 3, VIDEO, *torch.randint(3, 256, (words,), generator=made).tolist()]
    frames = config.frames.count
    pixels = None
    if config.vision:
        side = config.vision.image_size
        pixels = torch.randn(frames, 3, side, side, generator=made)
    faces = torch.randn(streams, *face_shape(config), generator=made) if streams else None
    labels = [UNLABELLED] * (len(ids) - 4) + ids[-4:]
    return Row(ids, pixels, faces, labels if is_learned else None)


def face_shape(config):
    frames = config.frames.count
    feature = config.face.feature if config.face else "stage4"
    if feature == "landmarks":
        return frames, LANDMARK_NUMBERS
    side = config.vision.image_size if feature == "clip" else 224
    return frames, 3, side, side
