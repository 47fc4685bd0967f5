"""The facts of one video, found by decoding all of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from ml.video.containers import VideoRefused
from ml.video.shown import clockwise_rotation, upright_size
from ml.video.sources import VideoSource, open_source
from ml.video.timing import is_even

# What every current browser plays, by container: 8-bit 4:2:0 only.
PLAYABLE_CODECS = {
    "mp4": ({"h264"}, {"aac", "mp3", None}),
    "mov": ({"h264"}, {"aac", "mp3", None}),
    "webm": ({"vp8", "vp9"}, {"opus", "vorbis", None}),
}
PLAYABLE_PIXELS = {"yuv420p", "yuvj420p"}
# Pages tell frames apart that are a millisecond or more from each other.
MAX_RATE = 1000


@dataclass(frozen=True)
class VideoFacts:
    """
    `pts` counts units of `time_base`, a number of seconds as numerator and denominator.

    Width and height are those of the picture as shown, after a turn of `rotation` degrees
    clockwise. The average rate is frames per second, as numerator and denominator.
    """

    duration_s: float
    width: int
    height: int
    rotation: int
    frame_count: int
    average_rate: tuple[int, int]
    time_base: tuple[int, int]
    pts: list[int]
    start_pts: int
    video_codec: str
    pixel_format: str
    container: str
    has_audio: bool
    audio_codec: str | None
    is_browser_playable: bool


def probe(path: Path) -> VideoFacts:
    with open_source(path) as source:
        frames = source.frames()
        first = next(frames)
        pts, shapes, last_duration = [first.pts or 0], {_shape(first)}, first.duration
        needs_no_other = first.key_frame
        for frame in frames:
            pts.append(frame.pts or 0)
            shapes.add(_shape(frame))
            needs_no_other = needs_no_other and frame.key_frame
            last_duration = frame.duration
        duration = (pts[-1] + _last_length(pts, last_duration, source) - pts[0]) * source.time_base
        width, height = upright_size(first, source.pixel_aspect)
        return VideoFacts(
            duration_s=float(duration),
            width=width,
            height=height,
            rotation=clockwise_rotation(first),
            frame_count=len(pts),
            average_rate=_average_rate(len(pts), duration).as_integer_ratio(),
            time_base=source.time_base.as_integer_ratio(),
            pts=pts,
            start_pts=pts[0],
            video_codec=_codec(source.video),
            pixel_format=first.format.name,
            container=source.kind,
            has_audio=source.sound is not None,
            audio_codec=_audio_codec(source),
            is_browser_playable=_is_playable(source, shapes) and (needs_no_other or is_even(pts)),
        )


def _shape(frame: VideoFrame) -> tuple[int, int, str]:
    return frame.width, frame.height, frame.format.name


def _average_rate(count: int, duration: Fraction) -> Fraction:
    rate = count / duration
    if rate > MAX_RATE:
        raise VideoRefused(
            "too_fast", f"The video has {float(rate):.0f} frames a second. Re-encode it with fewer."
        )
    return rate


def _last_length(pts: list[int], stated: int, source: VideoSource) -> int:
    """How long the last frame stays, in ticks. WebM does not say, so the one before stands in."""
    if stated > 0:
        return stated
    if len(pts) > 1:
        return pts[-1] - pts[-2]
    rate = source.video.average_rate or Fraction(25)
    return max(1, round(1 / rate / source.time_base))


def _audio_codec(source: VideoSource) -> str | None:
    return _codec(source.sound) if source.sound else None


def _codec(stream: VideoStream | AudioStream) -> str:
    name: str = stream.codec_context.codec.canonical_name
    return name


def _is_playable(source: VideoSource, shapes: set[tuple[int, int, str]]) -> bool:
    """Whether every browser shows what we do: one size, square pixels, nothing see-through."""
    videos, audios = PLAYABLE_CODECS.get(source.kind, (set(), set()))
    return (
        _codec(source.video) in videos
        and _audio_codec(source) in audios
        and len(shapes) == 1
        and all(pixel_format in PLAYABLE_PIXELS for _, _, pixel_format in shapes)
        and source.pixel_aspect == 1
        and not source.has_alpha
    )
