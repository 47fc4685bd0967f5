"""
Pictures as the towers take them.

Pillow resizes, because the released weights were made with its bicubic and its rounding.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from ml.faces.records import Floats, Picture

CLIP_MEAN, CLIP_STD = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
FACE_MEAN, FACE_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
# The mean as a colour, rounded down as it was in training.
PADDING = tuple(int(255 * part) for part in CLIP_MEAN)
BICUBIC = Image.Resampling.BICUBIC


def frame_pixels(rgb: Picture, side: int, fit: Literal["pad", "crop"]) -> Tensor:
    """(3, side, side): the whole frame on a square, or the middle square of it."""
    image = Image.fromarray(rgb)
    if fit == "pad":
        image = _on_square(image)
    return _normalised(_middle(image, side), CLIP_MEAN, CLIP_STD)


def face_pixels(
    rgb: Picture,
    box: Floats,
    side: int,
    *,
    margin: float,
    shape: Literal["squash", "square"],
    for_clip: bool = False,
) -> Tensor:
    """
    (3, side, side): the box, left, top, right, bottom in pixels, with room around it.

    What of it lies outside the picture is cut off. Squashed, a face loses its aspect; on a
    square it keeps it.
    """
    image = Image.fromarray(rgb).crop(_with_room(box, margin, *rgb.shape[1::-1]))
    if shape == "square":
        image = _on_square(image)
    moments = (CLIP_MEAN, CLIP_STD) if for_clip else (FACE_MEAN, FACE_STD)
    return _normalised(image.resize((side, side), BICUBIC), *moments)


def _with_room(box: Floats, margin: float, width: int, height: int) -> tuple[int, int, int, int]:
    """Whole pixels, at least one each way."""
    left, top, right, bottom = map(float, box)
    room_x, room_y = (right - left) * margin / 2, (bottom - top) * margin / 2
    first_x = min(max(int(left - room_x), 0), width - 1)
    first_y = min(max(int(top - room_y), 0), height - 1)
    last_x = min(max(int(right + room_x), first_x + 1), width)
    last_y = min(max(int(bottom + room_y), first_y + 1), height)
    return first_x, first_y, last_x, last_y


def _on_square(image: Image.Image) -> Image.Image:
    side = max(image.size)
    square = Image.new("RGB", (side, side), PADDING)
    square.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return square


def _middle(image: Image.Image, side: int) -> Image.Image:
    short = min(image.size)
    width, height = (int(side * length / short) for length in image.size)
    left, top = (width - side) // 2, (height - side) // 2
    return image.resize((width, height), BICUBIC).crop((left, top, left + side, top + side))


def _normalised(image: Image.Image, mean: tuple[float, ...], std: tuple[float, ...]) -> Tensor:
    values = np.asarray(image, np.float32) / np.float32(255)
    normed = (values - np.array(mean, np.float32)) / np.array(std, np.float32)
    return torch.from_numpy(normed.transpose(2, 0, 1).copy())
