"""The facts of one video, found by decoding all of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from ml.video.shown import clockwise_rotation, upright_size
from ml.video.sources import VideoSource, open_source

# What every current browser plays, by container: 8-bit 4:2:0 only.
PLAYABLE_CODECS = {
    "mp4": ({"h264"}, {"aac", "mp3", None}),
    "mov": ({"h264"}, {"aac", "mp3", None}),
    "webm": ({"vp8", "vp9"}, {"opus", "vorbis", None}),
}
PLAYABLE_PIXELS = {"yuv420p", "yuvj420p"}


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
        pts: list[int] = []
        for frame in source.frames():
            if not pts:
                rotation = clockwise_rotation(frame)
                width, height = upright_size(frame)
                pixel_format = frame.format.name
            pts.append(frame.pts or 0)
            last_duration = frame.duration
        duration = (pts[-1] + _last_length(pts, last_duration, source) - pts[0]) * source.time_base
        audio_codec = _audio_codec(source)
        video_codec = source.video.codec_context.codec.canonical_name
        return VideoFacts(
            duration_s=float(duration),
            width=width,
            height=height,
            rotation=rotation,
            frame_count=len(pts),
            average_rate=(len(pts) / duration).as_integer_ratio(),
            time_base=source.time_base.as_integer_ratio(),
            pts=pts,
            start_pts=pts[0],
            video_codec=video_codec,
            pixel_format=pixel_format,
            container=source.kind,
            has_audio=bool(source.container.streams.audio),
            audio_codec=audio_codec,
            is_browser_playable=_is_playable(source.kind, video_codec, audio_codec, pixel_format),
        )


def _last_length(pts: list[int], stated: int, source: VideoSource) -> int:
    """How long the last frame stays, in ticks. WebM does not say, so the one before stands in."""
    if stated > 0:
        return stated
    if len(pts) > 1:
        return pts[-1] - pts[-2]
    rate = source.video.average_rate or Fraction(25)
    return max(1, round(1 / rate / source.time_base))


def _audio_codec(source: VideoSource) -> str | None:
    audio = source.container.streams.audio
    return audio[0].codec_context.codec.canonical_name if audio else None


def _is_playable(kind: str, video: str, audio: str | None, pixel_format: str) -> bool:
    videos, audios = PLAYABLE_CODECS.get(kind, (set(), set()))
    return video in videos and audio in audios and pixel_format in PLAYABLE_PIXELS
