"""Clips drawn on the spot: a face that smiles, one that is surprised, one that turns away."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import av
from PIL import Image, ImageDraw

WIDTH, HEIGHT, RATE, FRAMES = 640, 360, 25, 75
SKIN, LINE, BACKGROUND = (233, 198, 170), (70, 50, 40), (86, 110, 128)

Face = Callable[[float], dict[str, float]]


def smile(share: float) -> dict[str, float]:
    return {"mouth": math.sin(share * math.pi)}


def surprise(share: float) -> dict[str, float]:
    risen = min(1.0, share * 3)
    return {"brows": risen, "jaw": risen}


def turn(share: float) -> dict[str, float]:
    return {"shift": share, "mouth": -0.4 * share}


CLIPS: dict[str, tuple[str, Face]] = {
    "drawn-smile.mp4": ("Drawn face that smiles", smile),
    "drawn-surprise.mp4": ("Drawn face with raised brows", surprise),
    "drawn-turn.mp4": ("Drawn face that turns away", turn),
}


def draw_clips(folder: Path) -> Iterator[tuple[Path, str]]:
    for file, (name, face) in CLIPS.items():
        path = folder / file
        if not path.exists():
            _write(path, face)
        yield path, name


def _write(path: Path, face: Face) -> None:
    partial = path.with_suffix(".partial")
    with av.open(partial, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(FRAMES):
            picture = _picture(**face(number / (FRAMES - 1)))
            container.mux(stream.encode(_frame(picture)))
        container.mux(stream.encode(None))
    partial.replace(path)


def _frame(picture: Image.Image) -> av.VideoFrame:
    frame: av.VideoFrame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
    return frame


def _picture(
    *, mouth: float = 0.0, brows: float = 0.0, jaw: float = 0.0, shift: float = 0.0
) -> Image.Image:
    """`mouth` from frown (-1) to smile (1); the others from nothing (0) to all (1)."""
    image = Image.new("RGB", (WIDTH, HEIGHT), BACKGROUND)
    draw = ImageDraw.Draw(image)
    x, y = 320 + 60 * shift, 180
    draw.ellipse((x - 95, y - 125, x + 95, y + 125), fill=SKIN, outline=LINE, width=3)
    for side in (-1, 1):
        eye = x + side * 38 + 18 * shift
        lid = 9 + 5 * brows
        draw.ellipse((eye - 15, y - 35 - lid, eye + 15, y - 35 + lid), fill="white", outline=LINE)
        draw.ellipse((eye - 6, y - 41, eye + 6, y - 29), fill=LINE)
        brow = y - 60 - 18 * brows
        draw.arc((eye - 22, brow - 8, eye + 22, brow + 10), 200, 340, fill=LINE, width=5)
    middle, lips = x + 18 * shift, y + 60
    if jaw > 0:
        draw.ellipse((middle - 22, lips - 12, middle + 22, lips + 8 + 40 * jaw), fill=LINE)
    else:
        bend = 34 * mouth
        box = (middle - 42, lips - abs(bend) - 1, middle + 42, lips + abs(bend) + 1)
        draw.arc(box, 20 if bend > 0 else 200, 160 if bend > 0 else 340, fill=LINE, width=5)
    return image
