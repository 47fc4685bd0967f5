"""
Real videos made on the spot, each frame with its own number in the picture.

The number is drawn as a row of eight black or white blocks above a row of their opposites, so
that it survives compression and a picture that is turned or shifted reads as no number at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.container import OutputContainer
from av.video.frame import PictureType, VideoFrame
from PIL import Image, ImageDraw

BITS = 8
BLACK, WHITE = 16, 235
AUDIO_RATE = 48_000
SAMPLES = 1024


@dataclass(frozen=True)
class Recipe:
    """`ticks` are the frames' times in units of `time_base`, in the order shown."""

    name: str
    ticks: list[int]
    time_base: Fraction
    codec: str = "libx264"
    pixel_format: str = "yuv420p"
    width: int = 160
    height: int = 96
    rotation: int = 0
    pixel_aspect: Fraction = Fraction(1)
    first_number: int = 0
    audio: str | None = None
    options: dict[str, str] = field(default_factory=dict)

    @property
    def rate(self) -> Fraction:
        """What the encoder is told; exact where the rate is constant."""
        if len(self.ticks) == 1:
            return Fraction(25)
        return 1 / ((self.ticks[1] - self.ticks[0]) * self.time_base)


def steady(rate: Fraction, count: int = 24) -> tuple[list[int], Fraction]:
    """Times of a constant rate, in the unit that cameras use for it."""
    return [index * rate.denominator for index in range(count)], Fraction(1, rate.numerator)


def number_picture(number: int, width: int, height: int) -> Image.Image:
    image = Image.new("RGB", (width, height), (128, 128, 128))
    draw = ImageDraw.Draw(image)
    for bit in range(BITS):
        left, right = bit * width // BITS, (bit + 1) * width // BITS - 1
        upper, lower = (WHITE, BLACK) if number >> bit & 1 else (BLACK, WHITE)
        draw.rectangle((left, 0, right, height // 3), (upper,) * 3)
        draw.rectangle((left, height // 3 + 1, right, 2 * height // 3), (lower,) * 3)
    return image


def read_number(image: Image.Image) -> int:
    """The number in the picture; fails where the picture is not an upright numbered one."""
    grey = image.convert("L")
    number = 0
    for bit in range(BITS):
        x = (2 * bit + 1) * grey.width // (2 * BITS)
        upper, lower = (_level(grey, x, row * grey.height // 6) for row in (1, 3))
        assert {upper < 64, lower < 64} == {True, False}, f"no number: {upper} above {lower}"
        assert max(upper, lower) > 192, f"no number: {upper} above {lower}"
        number |= (upper > lower) << bit
    return number


def _level(grey: Image.Image, x: int, y: int) -> int:
    return grey.tobytes()[y * grey.width + x]


def make_clip(path: Path, recipe: Recipe) -> Path:
    with av.open(str(path), "w") as output:
        video = output.add_stream(recipe.codec, recipe.rate, recipe.options)
        assert isinstance(video, av.VideoStream)
        sideways = recipe.rotation in (90, 270)
        video.width, video.height = (
            (recipe.height, recipe.width) if sideways else (recipe.width, recipe.height)
        )
        video.pix_fmt = recipe.pixel_format
        video.codec_context.time_base = video.time_base = recipe.time_base
        if recipe.pixel_aspect != 1:
            video.codec_context.sample_aspect_ratio = recipe.pixel_aspect
        if recipe.rotation:
            video.set_display_rotation(-recipe.rotation)
        sound = output.add_stream(recipe.audio, rate=AUDIO_RATE) if recipe.audio else None
        for frame in _frames(recipe):
            output.mux(video.encode(frame))
        output.mux(video.encode(None))
        if isinstance(sound, av.AudioStream):
            duration = (recipe.ticks[-1] - recipe.ticks[0]) * recipe.time_base
            _add_tone(output, sound, float(duration))
    return path


def _frames(recipe: Recipe) -> Iterator[VideoFrame]:
    for number, tick in enumerate(recipe.ticks, recipe.first_number):
        image = number_picture(number, recipe.width, recipe.height)
        # Stored turned the other way, so that the player's turn brings it upright.
        stored = image.rotate(recipe.rotation, expand=True)
        picture: VideoFrame = VideoFrame.from_image(stored)
        frame = picture.reformat(format=recipe.pixel_format)
        frame.pts, frame.time_base, frame.pict_type = tick, recipe.time_base, PictureType.NONE
        yield frame


def _add_tone(output: OutputContainer, sound: av.AudioStream, duration_s: float) -> None:
    for start in range(0, int(duration_s * AUDIO_RATE), SAMPLES):
        wave = (
            int(8000 * math.sin(2 * math.pi * 440 * (start + offset) / AUDIO_RATE))
            for offset in range(SAMPLES)
        )
        frame = AudioFrame(format="s16", layout="mono", samples=SAMPLES)
        frame.planes[0].update(b"".join(s.to_bytes(2, "little", signed=True) for s in wave))
        frame.sample_rate, frame.pts, frame.time_base = AUDIO_RATE, start, Fraction(1, AUDIO_RATE)
        output.mux(sound.encode(frame))
    output.mux(sound.encode(None))


NTSC = Fraction(30_000, 1001)
MILLISECOND = Fraction(1, 1000)
UNEVEN = [0, 33, 34, 90, 100, 133, 250, 251, 400, 433, 467, 500]

RECIPES = [
    Recipe("24.mp4", *steady(Fraction(24)), options={"bf": "0"}),
    Recipe("25.mp4", *steady(Fraction(25)), audio="aac"),
    Recipe("29_97.mp4", *steady(NTSC), audio="libmp3lame"),
    Recipe("60.mp4", *steady(Fraction(60), 240)),
    Recipe("variable_rate.mp4", UNEVEN, MILLISECOND),
    Recipe("late_start.mp4", [3000 + 40 * n for n in range(24)], MILLISECOND),
    Recipe("b_frames.mp4", *steady(Fraction(25), 48), options={"bf": "3", "b-adapt": "0"}),
    Recipe("turned_90.mp4", *steady(Fraction(25)), rotation=90),
    Recipe("turned_180.mp4", *steady(Fraction(25)), rotation=180),
    Recipe("turned_270.mp4", *steady(Fraction(25)), rotation=270),
    Recipe("full_range.mp4", *steady(Fraction(25)), pixel_format="yuvj420p"),
    Recipe("10_bit.mp4", *steady(Fraction(25)), pixel_format="yuv420p10le"),
    Recipe(
        "hevc.mov",
        *steady(Fraction(25)),
        codec="libx265",
        options={"x265-params": "log-level=none"},
    ),
    Recipe("vp9.webm", *steady(NTSC), codec="libvpx-vp9", audio="libopus"),
    Recipe("vp9_uneven.webm", UNEVEN, MILLISECOND, codec="libvpx-vp9"),
    Recipe("h264.mkv", *steady(NTSC), audio="libopus"),
    Recipe("mpeg4.avi", *steady(Fraction(25)), codec="mpeg4", audio="pcm_s16le"),
    Recipe("odd_sides.webm", *steady(Fraction(25)), codec="libvpx-vp9", width=161, height=97),
    Recipe("odd_444.mp4", *steady(Fraction(25)), pixel_format="yuv444p", width=161, height=97),
    Recipe(
        "hevc_10_bit.mp4",
        *steady(Fraction(24)),
        codec="libx265",
        pixel_format="yuv420p10le",
        options={"x265-params": "log-level=none"},
    ),
    Recipe("grey.mp4", *steady(Fraction(25)), pixel_format="gray"),
    Recipe("alpha.webm", *steady(Fraction(25)), codec="libvpx-vp9", pixel_format="yuva420p"),
    Recipe("alpha.mov", *steady(Fraction(25)), codec="prores_ks", pixel_format="yuva444p10le"),
    Recipe("wide_pixels.mp4", *steady(Fraction(25)), pixel_aspect=Fraction(16, 11)),
    Recipe("one_frame.mp4", [0], Fraction(1, 25)),
    Recipe("1000_a_second.mp4", *steady(Fraction(1000))),
    Recipe("half_a_second.mp4", [512 * n for n in range(12)], Fraction(1, 1024)),
]
