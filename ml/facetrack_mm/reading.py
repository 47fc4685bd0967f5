"""A clip's frames in, what the model sees of them out."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

import torch
from torch import Tensor

from ml.drafting.protocols import ClipInputs
from ml.faces.protocols import Landmarker
from ml.faces.records import Floats, Picture
from ml.facetrack_mm.config import FaceConfig, FaceTrackConfig
from ml.facetrack_mm.frames import Plan, PlannedFace, plan
from ml.facetrack_mm.landmark_changes import with_changes
from ml.facetrack_mm.landmark_numbers import landmark_numbers
from ml.facetrack_mm.pixels import face_pixels, frame_pixels
from ml.video.sampling import resample


class NothingToSee(ValueError):
    """A model that looks at nothing but faces met a clip without one."""


class Untracked(ValueError):
    """A model that looks at faces met a clip whose faces were not looked for."""


class FramesMissing(ValueError):
    """The file ends before a frame that it had when its faces were followed."""


@dataclass(frozen=True)
class Seen:
    """What `Row` holds of a clip besides its words."""

    pixels: Tensor | None
    faces: Tensor | None


@dataclass
class ClipReader:
    """`landmarker` is needed only where the faces are read as its numbers."""

    config: FaceTrackConfig
    landmarker: Landmarker | None = None
    # Several clips may be read at once, and the network works on one picture at a time.
    _landmarking: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        face = self.config.face
        if face is not None and face.feature == "landmarks" and self.landmarker is None:
            raise ValueError("the faces are read as landmarks, so a landmarker is needed")

    def read(self, clip: ClipInputs) -> Seen:
        """Holds one frame at a time, whatever the length of the clip."""
        looked_at = self._plan(clip)
        pictures = _Pictures(self, looked_at)
        with clip.open_frames() as (header, frames):
            for frame in frames:
                pictures.add(frame.index, frame.rgb, header.scale)
                if pictures.is_complete:
                    break
        return pictures.seen(clip.name)

    def frame(self, rgb: Picture) -> Tensor | None:
        vision = self.config.vision
        if vision is None:
            return None
        return frame_pixels(rgb, vision.image_size, self.config.frames.fit)

    def face(self, rgb: Picture, box: Floats, points: Floats) -> Tensor:
        face, vision, stream = self.config.face, self.config.vision, self.config.stream
        if self.landmarker is not None:
            with self._landmarking:
                return torch.from_numpy(landmark_numbers(self.landmarker, rgb, box, points))
        is_clip = face is not None and face.feature == "clip"
        side = vision.image_size if is_clip and vision else _encoder_side(face)
        return face_pixels(
            rgb, box, side, margin=stream.margin, shape=stream.shape, for_clip=is_clip
        )

    def stream(self, faces: list[Tensor]) -> Tensor:
        """The faces of one person, by time."""
        return with_changes(torch.stack(faces)) if self.landmarker else torch.stack(faces)

    def _plan(self, clip: ClipInputs) -> Plan:
        if self.config.face is not None and clip.faces is None:
            raise Untracked(f"{clip.name} was not tracked, and this model looks at faces.")
        sampled = clip.faces.frames if clip.faces else resample(clip.times_s)
        if not sampled:
            raise FramesMissing(f"{clip.name} has no frames.")
        looked_at = plan(sampled, self.config, clip.faces)
        if self.config.vision is None and not looked_at.streams:
            raise NothingToSee(f"{clip.name} shows no face, and this model looks at nothing else.")
        return looked_at


@dataclass
class _Pictures:
    """Frames as they come, by the slots that they are for."""

    reader: ClipReader
    plan: Plan
    frames: dict[int, Tensor | None] = field(default_factory=dict)
    faces: dict[tuple[int, int], Tensor] = field(default_factory=dict)
    wanted: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.wanted = {face.frame for stream in self.plan.streams for face in stream}
        if self.reader.config.vision is not None:
            self.wanted |= set(self.plan.frames)

    @property
    def is_complete(self) -> bool:
        return not self.wanted

    def add(self, index: int, rgb: Picture, scale: float) -> None:
        if index not in self.wanted:
            return
        self.wanted.remove(index)
        if index in self.plan.frames:
            self.frames[index] = self.reader.frame(rgb)
        for number, stream in enumerate(self.plan.streams):
            self._add_faces(number, stream, index, rgb, scale)

    def _add_faces(
        self, number: int, stream: list[PlannedFace], index: int, rgb: Picture, scale: float
    ) -> None:
        """A face that stands in several slots is read once."""
        slots = [slot for slot, face in enumerate(stream) if face.frame == index]
        if slots:
            face = stream[slots[0]]
            seen = self.reader.face(rgb, face.box * scale, face.points * scale)
            self.faces |= {(number, slot): seen for slot in slots}

    def seen(self, name: str) -> Seen:
        if self.wanted:
            raise FramesMissing(f"{name} ends before frame {min(self.wanted)}.")
        faces = [
            self.reader.stream([self.faces[number, slot] for slot in range(len(stream))])
            for number, stream in enumerate(self.plan.streams)
        ]
        pixels = [
            shown for index in self.plan.frames if (shown := self.frames.get(index)) is not None
        ]
        return Seen(torch.stack(pixels) if pixels else None, torch.stack(faces) if faces else None)


def _encoder_side(face: FaceConfig | None) -> int:
    return face.encoder.image_size if face else 0
