"""Clips for machines without a network: a drawn face that smiles or blinks, and moving shapes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import av
from PIL import Image, ImageDraw

WIDTH, HEIGHT, RATE, SECONDS = 640, 360, 25, 3
BACKGROUND, SKIN, LINE = "#39424e", "#e3b18a", "#2b1d16"
Drawing = Callable[[ImageDraw.ImageDraw, float], None]


def draw_clips(folder: Path) -> Iterator[tuple[Path, str]]:
    for file, (name, draw) in DRAWINGS.items():
        path = folder / file
        if not path.exists():
            write(path, draw)
        yield path, name


def write(path: Path, draw: Drawing) -> None:
    partial = path.with_suffix(".part")
    with av.open(partial, "w", format="mp4") as output:
        stream = output.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for frame in frames(draw):
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    partial.replace(path)


def frames(draw: Drawing) -> Iterator[av.VideoFrame]:
    count = RATE * SECONDS
    for number in range(count):
        image = Image.new("RGB", (WIDTH, HEIGHT), BACKGROUND)
        draw(ImageDraw.Draw(image), number / (count - 1))
        picture: av.VideoFrame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
        yield picture


def rise_and_fall(part: float) -> float:
    """0 at both ends, 1 in the middle: an expression comes and goes."""
    return math.sin(math.pi * part) ** 2


def head(canvas: ImageDraw.ImageDraw, eyes_open: float, brows_up: float) -> None:
    canvas.ellipse((220, 40, 420, 320), fill=SKIN)
    for x in (275, 365):
        half = 2 + 10 * eyes_open
        canvas.ellipse((x - 16, 150 - half, x + 16, 150 + half), fill="white", outline=LINE)
        canvas.ellipse((x - 5, 150 - half / 2, x + 5, 150 + half / 2), fill=LINE)
        y = 122 - 18 * brows_up
        canvas.line((x - 24, y + 4, x, y, x + 24, y + 4), fill=LINE, width=6)
    canvas.line((320, 165, 312, 205, 324, 207), fill=LINE, width=3)


def smile(canvas: ImageDraw.ImageDraw, part: float) -> None:
    strength = rise_and_fall(part)
    head(canvas, eyes_open=1 - 0.5 * strength, brows_up=0.2 * strength)
    half, depth = 38 + 22 * strength, 44 * strength
    box = (320 - half, 245 - depth, 320 + half, 245 + depth)
    if depth < 2:
        canvas.line((box[0], 245, box[2], 245), fill=LINE, width=5)
    else:
        canvas.chord(box, 0, 180, fill="white", outline=LINE, width=4)


def surprise(canvas: ImageDraw.ImageDraw, part: float) -> None:
    strength = rise_and_fall(part)
    head(canvas, eyes_open=1 + 0.5 * strength, brows_up=strength)
    half = 4 + 26 * strength
    canvas.ellipse((320 - 22, 250 - half, 320 + 22, 250 + half), fill="#6b2f2a", outline=LINE)


def shapes(canvas: ImageDraw.ImageDraw, part: float) -> None:
    x = 80 + 480 * part
    canvas.rectangle((x - 40, 60, x + 40, 140), fill="#5aa9e6")
    canvas.polygon(((640 - x, 200), (590 - x, 300), (690 - x, 300)), fill="#7fc8a9")


DRAWINGS: dict[str, tuple[str, Drawing]] = {
    "drawn_smile.mp4": ("Drawn face that smiles", smile),
    "drawn_surprise.mp4": ("Drawn face in surprise", surprise),
    "drawn_shapes.mp4": ("Moving shapes without a face", shapes),
}
