"""Opening a stranger's video, and the one meaning of "frame number": its presented frames."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from ml.video.containers import DEMUXERS, VideoRefused, identify

OPTIONS = {
    # The demuxer is fixed by `identify`; these hold for whatever it might open in turn.
    "format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi",
    "protocol_whitelist": "file",
}
MAX_PIXELS = 4096 * 2304
# Every decoder thread takes its share of a bounded address space.
DECODER_THREADS = 2


@dataclass(frozen=True)
class Bounds:
    """How long a video may be; of what is longer no more than that is decoded."""

    seconds: int
    frames: int

    def check(self, duration_s: float, frame_count: int) -> None:
        if duration_s > self.seconds:
            raise VideoRefused(
                "too_long", f"The video is longer than {self.seconds} seconds. Cut it into clips."
            )
        if frame_count > self.frames:
            raise VideoRefused(
                "too_many_frames",
                f"The video has more than {self.frames} frames. Cut it into clips.",
            )


CLIP = Bounds(600, 36_000)
# Five hours, at sixty frames a second all along.
FILM = Bounds(18_000, 1_080_000)


@dataclass(frozen=True)
class VideoSource:
    container: InputContainer
    video: VideoStream
    kind: str
    time_base: Fraction
    bounds: Bounds

    @property
    def pixel_aspect(self) -> Fraction:
        """The width of a pixel over its height; beyond what any camera records, a mistake."""
        aspect = self.video.sample_aspect_ratio or Fraction(1)
        return aspect if Fraction(1, 2) <= aspect <= 2 else Fraction(1)

    @property
    def sound(self) -> AudioStream | None:
        """The first that can be decoded; a clip whose sound is unknown is a silent one."""
        streams = self.container.streams.audio
        return next((stream for stream in streams if not _undecodable(stream)), None)

    @property
    def has_alpha(self) -> bool:
        # The decoder of VP8 and VP9 leaves it out, browsers do not.
        return self.video.metadata.get("alpha_mode") == "1"

    def seek(self, pts: int) -> None:
        """So that `frames` begins no later than there: at the key frame before."""
        self.container.seek(pts, stream=self.video)

    def frames(self) -> Iterator[VideoFrame]:
        """
        Every presented frame in order; its position here is its index everywhere.

        A frame that does not come later than the one before is never on the screen, so it
        is left out. Refuses a video that turns out larger or longer than its header says.
        """
        yield from _presented(self, self.container.decode(self.video))


@contextmanager
def open_source(path: Path, bounds: Bounds = CLIP) -> Iterator[VideoSource]:
    """Whatever stops FFmpeg while the source is open is refused as the file's or the disk's."""
    kind = identify(path)
    try:
        # A file object, because a path is also a place for FFmpeg's own address syntax.
        with (
            path.open("rb") as file,
            # Old cameras write their names in any encoding; none of them is needed.
            av.open(
                file,
                "r",
                format=DEMUXERS[kind],
                options=OPTIONS,
                metadata_errors="replace",
            ) as container,
        ):
            yield _choose_video(container, kind, bounds)
    except av.error.FFmpegError as error:
        raise _refusal(error) from error


def _presented(source: VideoSource, decoded: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
    first: int | None = None
    last: int | None = None
    count = 0
    for frame in decoded:
        pts = frame.pts
        if pts is None:
            raise VideoRefused("unreadable", "The video has frames without a time. Re-encode it.")
        if last is not None and pts <= last:
            continue
        first = pts if first is None else first
        last = pts
        count += 1
        _check_size(frame.width, frame.height)
        source.bounds.check(float((pts - first) * source.time_base), count)
        yield frame
    if count == 0:
        raise VideoRefused("no_frames", "The video has no pictures in it. Export it again.")


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise VideoRefused(
            "too_large",
            f"The picture is {width} x {height}. Make it smaller: 4096 x 2304 is the most.",
        )


def _choose_video(container: InputContainer, kind: str, bounds: Bounds) -> VideoSource:
    # The cover picture of a song is a video stream too.
    streams = [
        stream
        for stream in container.streams.video
        if not stream.disposition & Disposition.attached_pic
    ]
    if not streams:
        if container.streams.audio:
            raise VideoRefused("audio_only", "The file has sound but no picture. Choose a video.")
        raise VideoRefused("no_frames", "The file has no picture in it. Export it again.")
    video = streams[0]
    if _undecodable(video):
        raise VideoRefused("unreadable", "The video is of an unknown kind. Re-encode it as H.264.")
    _check_size(video.codec_context.width, video.codec_context.height)
    bounds.check((container.duration or 0) / 1_000_000, video.frames)
    if video.time_base is None:
        raise VideoRefused("unreadable", "The video does not say its unit of time. Re-encode it.")
    video.codec_context.thread_count = DECODER_THREADS
    return VideoSource(container, video, kind, video.time_base, bounds)


def _undecodable(stream: VideoStream | AudioStream) -> bool:
    # In PyAV's stubs every stream has a decoder; one of an unknown codec has None.
    return cast(object, stream.codec_context) is None


def _refusal(error: av.error.FFmpegError) -> VideoRefused:
    if error.errno == errno.ENOSPC:
        return VideoRefused("storage_full", "The disk is full. Free some space and try again.")
    if error.errno == errno.ENOMEM:
        return VideoRefused("too_large", "The video needs too much memory. Make it smaller.")
    return VideoRefused(
        "unreadable",
        f"The video is damaged or of an unknown kind ({error.strerror}). Re-encode it.",
    )
