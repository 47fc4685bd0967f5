"""The default bounds lie where real encoders put them."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

from annotation.models import ScreeningRules
from ml.tracking.pictures import Pictures
from ml.video.streaming import read_header, stream_frames

SIDE = 96, 160
RATE = 25
COUNT = 40


def scene():
    """Soft light and dark as in a room, with the grain of a camera."""
    rows, columns = np.mgrid[: SIDE[0], : SIDE[1]]
    light = 128 + 60 * np.sin(rows / 17) * np.cos(columns / 23)
    grain = np.random.default_rng(7).normal(0, 6, SIDE)
    return np.clip(light + grain, 0, 255)


def write(path, pictures, codec, bit_rate):
    with av.open(str(path), "w") as output:
        stream = output.add_stream(codec, rate=RATE)
        stream.height, stream.width = SIDE
        stream.pix_fmt, stream.bit_rate = "yuv420p", bit_rate
        for number, picture in enumerate(pictures):
            rgb = np.repeat(np.clip(picture, 0, 255).astype(np.uint8)[..., None], 3, axis=2)
            frame = VideoFrame.from_ndarray(rgb, "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def look_at(path) -> Pictures:
    pictures = Pictures(read_header(path).frame_count)
    for frame in stream_frames(path):
        pictures.add(frame.index, frame.rgb, starts_shot=False)
    return pictures


@pytest.mark.parametrize(
    ("codec", "bit_rate"), [("libx264", 400_000), ("mpeg4", 60_000), ("mpeg4", 800_000)]
)
def test_a_still_stays_static_through_an_encoder(tmp_path, codec, bit_rate):
    still = write(tmp_path / "still.mp4", [scene()] * COUNT, codec, bit_rate)
    assert look_at(still).motion < ScreeningRules().min_motion / 2


def test_a_small_movement_is_none_that_counts_as_static(tmp_path):
    """A patch of a tenth of the picture that brightens and darkens as a speaking mouth does."""
    pictures = []
    for number in range(COUNT):
        picture = scene()
        picture[40:70, 60:110] += 25 * np.sin(number / 2)
        pictures.append(picture)
    moving = write(tmp_path / "moving.mp4", pictures, "libx264", 400_000)
    assert look_at(moving).motion > 2 * ScreeningRules().min_motion


def test_a_copy_of_less_quality_is_a_near_duplicate_and_another_scene_is_not(tmp_path):
    def differing(one, other):
        return (int(one, 16) ^ int(other, 16)).bit_count()

    good = look_at(write(tmp_path / "good.mp4", [scene()] * COUNT, "libx264", 800_000))
    poor = look_at(write(tmp_path / "poor.mp4", [scene()] * COUNT, "mpeg4", 60_000))
    other = look_at(write(tmp_path / "other.mp4", [255 - scene()] * COUNT, "libx264", 800_000))
    bound = ScreeningRules().near_duplicate_bits
    assert differing(good.perceptual_hash, poor.perceptual_hash) <= bound
    assert differing(good.perceptual_hash, other.perceptual_hash) > bound
