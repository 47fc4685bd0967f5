"""
The frames of a clip as arrays, one after the other, here or from the pipe of a bounded child.

On the pipe: a line of JSON with the header; for every frame a line of JSON and its bytes; at last
a line with the number of frames sent. Any line may be a refusal instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, cast

import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from ml.video.containers import VideoRefused
from ml.video.crops import Crop
from ml.video.sampling import RATE, thin
from ml.video.shown import Showing
from ml.video.sources import DECODER_THREADS, MAX_PIXELS, open_source
from ml.video.timing import announced_times

LONG_SIDE = 1280
# Area averaging aliases least; the flags give the same bytes on every processor.
SCALING = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
MAX_LINE = 4096
# Both fill a buffer unless the stream ends; a raw pipe may give less.
Pipe: TypeAlias = BufferedReader | BytesIO


@dataclass(frozen=True)
class StreamHeader:
    """
    Width and height are of the shown picture; its arrays are `scale` times as large.

    `frame_count` is of all frames that the file announces, before any is decoded.
    """

    width: int
    height: int
    scale: float
    rgb_width: int
    rgb_height: int
    frame_count: int
    rate: int | None


@dataclass(frozen=True)
class SampledFrame:
    """`index` counts the clip's own frames; `time_s` counts from the first of them."""

    index: int
    time_s: float
    rgb: NDArray[np.uint8]  # [rgb_height, rgb_width, 3]


def read_header(
    path: Path, *, rate: int | None = RATE, long_side: int = LONG_SIDE, crop: Crop | None = None
) -> StreamHeader:
    with open_source(path) as source:
        shown = Showing(source.pixel_aspect, crop).show(next(source.frames()))
    scale = min(1.0, long_side / max(shown.width, shown.height))
    rgb_width, rgb_height = (max(1, round(side * scale)) for side in (shown.width, shown.height))
    return StreamHeader(
        shown.width, shown.height, scale, rgb_width, rgb_height, len(announced_times(path)), rate
    )


def stream_frames(
    path: Path, *, rate: int | None = RATE, long_side: int = LONG_SIDE, crop: Crop | None = None
) -> Iterator[SampledFrame]:
    """
    The frames nearest to every 1/`rate` of a second, or all of them where it is None.

    Two frames are held at a time, whatever the length of the clip.
    """
    return _sample(path, read_header(path, rate=rate, long_side=long_side, crop=crop), crop)


def _sample(path: Path, header: StreamHeader, crop: Crop | None) -> Iterator[SampledFrame]:
    scaler = VideoReformatter()
    with open_source(path) as source:
        showing = Showing(source.pixel_aspect, crop)
        frames = enumerate(source.frames())
        timed = (((frame.pts or 0) * source.time_base, (index, frame)) for index, frame in frames)
        chosen = thin(timed, header.rate) if header.rate else (item for _, item in timed)
        start = 0
        for index, frame in chosen:
            pts = frame.pts or 0
            start = start if index else pts  # the first frame is always among them
            rgb = scaler.reformat(
                showing.show(frame),
                header.rgb_width,
                header.rgb_height,
                "rgb24",
                interpolation=SCALING,
                threads=DECODER_THREADS,
            )
            pixels = cast(NDArray[np.uint8], np.ascontiguousarray(rgb.to_ndarray()))
            yield SampledFrame(index, float((pts - start) * source.time_base), pixels)


def write_stream(
    path: Path,
    pipe: BinaryIO,
    *,
    rate: int | None = RATE,
    long_side: int = LONG_SIDE,
    crop: Crop | None = None,
) -> int:
    """All but the last line, which is the caller's; returns the number of frames sent."""
    header = read_header(path, rate=rate, long_side=long_side, crop=crop)
    _write_line(pipe, asdict(header))
    sent = 0
    for frame in _sample(path, header, crop):
        _write_line(pipe, {"index": frame.index, "time_s": frame.time_s})
        pipe.write(frame.rgb.data)
        sent += 1
    return sent


def _write_line(pipe: BinaryIO, value: dict[str, Any]) -> None:
    pipe.write(json.dumps(value).encode() + b"\n")


def read_stream(pipe: Pipe) -> tuple[StreamHeader, Iterator[SampledFrame]]:
    """
    What `write_stream` wrote. Raises VideoRefused with the writer's reason, or because the
    stream ends too soon, which is how a decoder that died looks from here.
    """
    header = StreamHeader(**_read_line(pipe))
    if not 0 < header.rgb_width * header.rgb_height <= MAX_PIXELS:
        raise VideoRefused("too_large", "The frames are too large. Make the video smaller.")
    return header, _read_frames(pipe, header)


def _read_frames(pipe: Pipe, header: StreamHeader) -> Iterator[SampledFrame]:
    shape = header.rgb_height, header.rgb_width, 3
    received = 0
    while "index" in (line := _read_line(pipe)):
        pixels = np.empty(shape, np.uint8)
        if pipe.readinto(pixels.data.cast("B")) != pixels.nbytes:
            raise _broken_off()
        received += 1
        yield SampledFrame(line["index"], line["time_s"], pixels)
    if line != {"frames": received}:
        raise _broken_off()


def _read_line(pipe: Pipe) -> dict[str, Any]:
    text = pipe.readline(MAX_LINE)
    if not text.endswith(b"\n"):
        raise _broken_off()
    line: dict[str, Any] = json.loads(text)
    if "error" in line:
        raise VideoRefused(line["error"], line["message"])
    return line


def _broken_off() -> VideoRefused:
    return VideoRefused("unreadable", "The video stops the decoder. Re-encode it.")
