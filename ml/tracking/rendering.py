"""A copy of a clip on which its tracks are drawn, to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from ml.faces.records import Picture
from ml.records import FaceRecord, TrackRecord
from ml.video.streaming import SampledFrame, StreamHeader

TICKS = 90_000
MAIN, OTHER, TEXT = (80, 220, 100), (240, 170, 60), (255, 255, 255)
SHOWN = ("smile", "blink_left", "blink_right", "jaw_open", "brow_raise")


@dataclass(frozen=True)
class PlacedFace:
    track: TrackRecord
    box: list[float]  # pixels of the shown picture
    column: int  # of the track, the nearest in time


def render(
    frames: Iterable[SampledFrame], header: StreamHeader, record: FaceRecord, target: Path
) -> None:
    """`frames` are all of the clip's."""
    drawn = ((frame.time_s, _draw(frame, header.scale, record)) for frame in frames)
    with av.open(str(target), "w", format="mp4") as container:
        stream = container.add_stream("libx264")
        # It takes only even sizes.
        stream.width, stream.height = header.rgb_width // 2 * 2, header.rgb_height // 2 * 2
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, TICKS)
        for time_s, rgb in drawn:
            picture = av.VideoFrame.from_ndarray(rgb, format="rgb24")
            picture.pts = round(time_s * TICKS)
            picture.time_base = Fraction(1, TICKS)
            container.mux(stream.encode(picture))
        container.mux(stream.encode())


def faces_in(record: FaceRecord, index: int) -> Iterator[PlacedFace]:
    """Between two observations of a tracklet a face moves evenly; elsewhere there is none."""
    for track in record.tracks:
        for first, stop in track.tracklets:
            seen = [record.frames[position] for position in track.at[first:stop]]
            if seen[0] <= index <= seen[-1]:
                boxes = np.array(track.boxes[first:stop]) / 10
                box = [float(np.interp(index, seen, side)) for side in boxes.T]
                column = first + int(np.argmin(np.abs(np.array(seen) - index)))
                yield PlacedFace(track, box, column)


def _draw(frame: SampledFrame, scale: float, record: FaceRecord) -> Picture:
    height, width = (side // 2 * 2 for side in frame.rgb.shape[:2])
    drawn = np.ascontiguousarray(frame.rgb[:height, :width])
    for face in faces_in(record, frame.index):
        left, top, right, bottom = (round(side * scale) for side in face.box)
        colour = MAIN if face.track.is_main else OTHER
        # Told apart by the strength of the line as well.
        cv2.rectangle(drawn, (left, top), (right, bottom), colour, 3 if face.track.is_main else 1)
        words = [f"{face.track.number}{' main' if face.track.is_main else ''}"]
        if face.track.is_main:
            words += _actions(record, face.track.number, frame.index)
            words += _values(record, face)
        for line, text in enumerate(words):
            _write(drawn, text, (right + 6, top + 14 + 16 * line))
    shot = sum(cut <= frame.index for cut in record.cuts) + 1
    _write(drawn, f"frame {frame.index}  {frame.time_s:.3f} s  shot {shot}", (6, height - 8))
    return drawn


def _actions(record: FaceRecord, number: int, index: int) -> list[str]:
    return [
        f"{event.kind} {event.side}"
        for event in record.signals[number - 1].events
        if event.start <= index < event.stop
    ]


def _values(record: FaceRecord, face: PlacedFace) -> list[str]:
    values = record.signals[face.track.number - 1].values
    found = ((name, values[name][face.column]) for name in SHOWN)
    return [f"{name} {value / 1000:.2f}" for name, value in found if value is not None]


def _write(picture: Picture, text: str, place: tuple[int, int]) -> None:
    for colour, thickness in (((0, 0, 0), 3), (TEXT, 1)):
        cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.45, colour, thickness)
