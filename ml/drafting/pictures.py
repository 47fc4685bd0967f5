"""The sixteen frames that a hosted model sees of a clip, as JPEGs with their times."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ml.drafting.protocols import ClipInputs
from ml.records import FaceRecord
from ml.video.sampling import SAMPLES, resample, sample_frames
from ml.video.streaming import SampledFrame, StreamHeader

# What the known servers shrink pictures to before they look; a crop of a face needs no more.
FRAME_SIDE = 768
FACE_SIDE = 384
JPEG_QUALITY = 85
# Room around the box of a face, as a share of its longer side: chin and hair matter.
MARGIN = 0.3


@dataclass(frozen=True)
class Picture:
    """One frame; `face` is empty where no main face is seen in it."""

    index: int
    time_s: float
    frame: bytes
    face: bytes = b""


def pictures_of(clip: ClipInputs, *, with_faces: bool = False) -> list[Picture]:
    """Raises what `open_frames` raises for a video that cannot be decoded."""
    wanted = set(sampled_indices(clip.times_s))
    with clip.open_frames() as (header, frames):
        chosen = [frame for frame in frames if frame.index in wanted]
        return [_picture(frame, header, clip.faces if with_faces else None) for frame in chosen]


def sampled_indices(times_s: Sequence[float]) -> list[int]:
    """At most sixteen of the clip's own frames, in order; a short clip has fewer."""
    at = resample(times_s)
    return sorted({at[place] for place in sample_frames(len(at), SAMPLES)})


def _picture(frame: SampledFrame, header: StreamHeader, faces: FaceRecord | None) -> Picture:
    image = Image.fromarray(frame.rgb)
    box = main_box(faces, frame.index) if faces else None
    face = _jpeg(image.crop(_scaled(box, header.scale, image)), FACE_SIDE) if box else b""
    return Picture(frame.index, frame.time_s, _jpeg(image, FRAME_SIDE), face)


def main_box(faces: FaceRecord, index: int) -> NDArray[np.float64] | None:
    """Around the main faces seen in this frame, in pixels of the shown picture."""
    if index not in faces.frames:
        return None
    at = faces.frames.index(index)
    boxes = [
        track.boxes[track.at.index(at)]
        for track in faces.tracks
        if track.is_main and at in track.at
    ]
    if not boxes:
        return None
    corners = np.array(boxes, float) / 10
    left_top, right_bottom = corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)
    margin = MARGIN * (right_bottom - left_top).max()
    return np.concatenate([left_top - margin, right_bottom + margin])


def _scaled(
    box: NDArray[np.float64], scale: float, image: Image.Image
) -> tuple[int, int, int, int]:
    most = np.array([image.width, image.height] * 2)
    left, top, right, bottom = np.clip(np.round(box * scale), 0, most).astype(int).tolist()
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _jpeg(image: Image.Image, side: int) -> bytes:
    image = image.copy()
    image.thumbnail((side, side))
    file = io.BytesIO()
    image.save(file, format="JPEG", quality=JPEG_QUALITY)
    return file.getvalue()


def data_url(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
