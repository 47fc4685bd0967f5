"""Bars, subtitles, headers and logos of known size are found, and nothing where there is none."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from av.video.frame import VideoFrame
from PIL import Image, ImageDraw, ImageFont

from ml.video.cropping import propose_crop
from ml.video.crops import Crop
from ml.video.streaming import read_header, stream_frames

WIDTH, HEIGHT = 480, 272
FRAMES, RATE = 36, 12
CLIPS = Path(__file__).parents[3] / "shared" / "data" / "clips"
TEXTS = ["I never thought that it would", "end like this, did you?", ""]
NAMES = ("on the left", "above", "on the right", "below")
# Edges are blurred over two pixels by compression, and sides are even.
NEAR = 4


def scenery(seed: int = 1) -> np.ndarray:
    """Soft shapes larger than the picture, so that a window can wander over them."""
    noise = np.random.default_rng(seed).integers(0, 256, (40, 60, 3), np.uint8)
    return cv2.resize(noise, (WIDTH + 120, HEIGHT + 120), interpolation=cv2.INTER_CUBIC)


def panned(index: int) -> np.ndarray:
    left, top = 3 * index, index
    return scenery()[top : top + HEIGHT, left : left + WIDTH].copy()


def still(index: int) -> np.ndarray:
    """A camera that stands; somebody's head goes to and fro before a fence of white posts."""
    picture = scenery()[:HEIGHT, :WIDTH].copy()
    picture[200:, ::16] = picture[200:, 1::16] = 240
    middle = int(240 + 60 * np.sin(index / 3)), 120
    cv2.circle(picture, middle, 50, (200, 160, 140), -1)
    return picture


def night(index: int) -> np.ndarray:
    """Almost black, with the noise of a camera and one lamp that passes."""
    noise = np.random.default_rng(index).integers(0, 9, (HEIGHT, WIDTH, 1), np.uint8)
    picture = np.repeat(noise, 3, axis=2)
    cv2.circle(picture, (80 + 8 * index, 150), 25, (180, 170, 150), -1)
    return picture


def stage(index: int) -> np.ndarray:
    """One person in the light, black all around and without noise."""
    picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    centre = 240 + index, 140
    cv2.ellipse(picture, centre, (60, 90), 0, 0, 360, (190, 150, 130), -1)
    return picture


def dusk(index: int) -> np.ndarray:
    """A sky that is black above and brightens evenly to the horizon, a black field below."""
    rows = np.concatenate([np.linspace(0, 120, 200), np.linspace(30, 0, 72)]).astype(np.uint8)
    picture = np.repeat(np.repeat(rows[:, None, None], WIDTH, 1), 3, 2).copy()
    cv2.circle(picture, (100 + 3 * index, 120), 20, (150, 150, 150), -1)
    return picture


def dark(index: int) -> np.ndarray:
    return (panned(index) * 0.08).astype(np.uint8)


def striped(index: int) -> np.ndarray:
    """A striped shirt that moves in the lower part."""
    picture = still(index)
    left = int(140 + 20 * np.sin(index / 2))
    picture[200:] = 60
    picture[210:, left : left + 200 : 8] = picture[210:, left + 1 : left + 200 : 8] = 240
    return picture


def with_bars(picture: np.ndarray, across: int, down: int) -> np.ndarray:
    return cv2.copyMakeBorder(picture, down, down, across, across, cv2.BORDER_CONSTANT)


def with_text(picture: np.ndarray, index: int) -> np.ndarray:
    """One line after the other, each for a second, its letters above y = height - 14."""
    image = Image.fromarray(picture)
    text, font = TEXTS[index // RATE % 3], ImageFont.load_default(18)
    draw = ImageDraw.Draw(image)
    place = image.width / 2, image.height - 14
    draw.text(place, text, (255, 255, 255), font, "mb", stroke_width=1, stroke_fill=(0, 0, 0))
    return np.asarray(image)


def header(picture: np.ndarray, *, below: int = 12, ink: int = 255) -> np.ndarray:
    """The name of a programme, its letters between `below` and `below` + 14."""
    image = Image.fromarray(picture)
    place, font = (image.width / 2, below), ImageFont.load_default(18)
    ImageDraw.Draw(image).text(place, "CHANNEL NINE LIVE", (ink,) * 3, font, "mt")
    return np.asarray(image)


def logo(picture: np.ndarray, *, strength: float = 1.0) -> np.ndarray:
    """A ring with a letter in the upper right corner, to be seen through where it is weaker."""
    drawn = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.circle(drawn, (440, 30), 14, 255, 5)
    cv2.putText(drawn, "K", (433, 37), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 255, 2)
    share = strength * (drawn / 255)[..., None]
    return (picture * (1 - share) + 255 * share).astype(np.uint8)


def ticker(picture: np.ndarray) -> np.ndarray:
    """News on a red ground of 60 pixels at the bottom."""
    picture = picture.copy()
    picture[-60:] = 150, 20, 30
    return header(header(picture, below=HEIGHT - 50), below=HEIGHT - 24)


def scoreboard(picture: np.ndarray) -> np.ndarray:
    picture = picture.copy()
    picture[8:48, 200:280] = 30, 30, 120
    return header(picture, below=18)


def film(path: Path, draw, count: int = FRAMES) -> Path:
    frames = [
        VideoFrame.from_ndarray(np.ascontiguousarray(draw(n)), "rgb24") for n in range(FRAMES)
    ]
    with av.open(str(path), "w") as output:
        video = output.add_stream("libx264", RATE, {"crf": "26", "preset": "veryfast"})
        video.width, video.height, video.pix_fmt = frames[0].width, frames[0].height, "yuv420p"
        for index, frame in enumerate(frames):
            frame.pts, frame.time_base = index, Fraction(1, RATE)
            output.mux(video.encode(frame))
        output.mux(video.encode(None))
    return path


def proposed(path: Path):
    return propose_crop(read_header(path), stream_frames(path))


def is_near(crop: Crop, left: int, top: int, right: int, bottom: int) -> bool:
    """Inside of what is true, and by no more than a blurred edge."""
    sides = (
        crop.left - left,
        crop.top - top,
        right - crop.left - crop.width,
        bottom - crop.top - crop.height,
    )
    return all(0 <= side <= NEAR for side in sides)


@pytest.mark.parametrize("scene", [panned, still])
@pytest.mark.parametrize(("across", "down"), [(0, 30), (64, 0), (20, 12)])
def test_bars_are_found_where_they_are(tmp_path, scene, across, down):
    path = film(tmp_path / "bars.mp4", lambda index: with_bars(scene(index), across, down))
    proposal = proposed(path)
    assert is_near(proposal.crop, across, down, across + WIDTH, down + HEIGHT)
    assert proposal.confidence > 0.6
    assert ("above and below" in proposal.reason) == (down > 0 == across)


def test_subtitles_in_a_bar_do_not_hide_it(tmp_path):
    path = film(
        tmp_path / "bars.mp4", lambda index: with_text(with_bars(panned(index), 0, 40), index)
    )
    proposal = proposed(path)
    assert is_near(proposal.crop, 0, 40, WIDTH, 40 + HEIGHT)
    assert proposal.reason == "Black bars above and below."


@pytest.mark.parametrize("scene", [panned, still])
def test_a_band_of_subtitles_is_cut_off_just_above_the_letters(tmp_path, scene):
    proposal = proposed(film(tmp_path / "text.mp4", lambda index: with_text(scene(index), index)))
    crop = proposal.crop
    assert (crop.left, crop.top, crop.width) == (0, 0, WIDTH)
    # The letters are 14 pixels high with their outline.
    assert HEIGHT - 14 - 14 - 12 <= crop.height <= HEIGHT - 14 - 12
    assert proposal.reason == "Subtitles in the lower part of the picture."


@pytest.mark.parametrize(
    ("burn", "cut"),
    [
        (header, (0, 26, 0, 0)),
        (partial(header, ink=10), (0, 26, 0, 0)),
        (partial(header, below=HEIGHT - 28), (0, 0, 0, 28)),
        (logo, (0, 0, WIDTH - 424, 0)),
        (partial(logo, strength=0.6), (0, 0, WIDTH - 424, 0)),
        (ticker, (0, 0, 0, 60)),
        (scoreboard, (0, 48, 0, 0)),
    ],
)
def test_what_stands_while_the_picture_moves_is_cut_off_at_its_side(tmp_path, burn, cut):
    proposal = proposed(film(tmp_path / "burnt.mp4", lambda index: burn(panned(index))))
    crop = proposal.crop
    found = crop.left, crop.top, WIDTH - crop.left - crop.width, HEIGHT - crop.top - crop.height
    # An outline around the letters and no more.
    assert all(0 <= side - true <= 12 for side, true in zip(found, cut, strict=True)), found
    (side,) = (name for name, true in zip(NAMES, cut, strict=True) if true)
    assert proposal.reason == f"Text or a logo that never moves {side}."
    assert proposal.confidence > 0.7


def test_a_header_and_a_logo_are_cut_off_together(tmp_path):
    burnt = film(tmp_path / "burnt.mp4", lambda index: logo(header(panned(index), below=240)))
    proposal = proposed(burnt)
    assert proposal.reason == "Text or a logo that never moves below and on the right."
    assert (proposal.crop.left, proposal.crop.top) == (0, 0)


def test_a_logo_in_a_bar_goes_with_the_bar(tmp_path):
    path = film(
        tmp_path / "bars.mp4",
        lambda index: header(with_bars(panned(index), 0, 40), below=HEIGHT + 52),
    )
    assert proposed(path).reason == "Black bars above and below."


@pytest.mark.parametrize("burn", [header, logo, ticker])
def test_before_a_camera_that_stands_nothing_tells_them_from_the_room(tmp_path, burn):
    assert proposed(film(tmp_path / "still.mp4", lambda index: burn(still(index)))) is None


def test_text_across_the_middle_belongs_to_the_picture(tmp_path):
    path = film(tmp_path / "middle.mp4", lambda index: header(panned(index), below=130))
    assert proposed(path) is None


def test_a_smaller_copy_is_looked_at_and_the_crop_is_of_the_picture(tmp_path):
    path = film(tmp_path / "bars.mp4", lambda index: with_bars(panned(index), 0, 32))
    half = propose_crop(read_header(path, long_side=240), stream_frames(path, long_side=240))
    assert is_near(half.crop, 0, 32, WIDTH, 32 + HEIGHT)


@pytest.mark.parametrize("scene", [panned, still, night, stage, dusk, dark, striped])
def test_where_nothing_is_to_cut_nothing_is_proposed(tmp_path, scene):
    assert proposed(film(tmp_path / "plain.mp4", scene)) is None


def test_a_black_clip_and_a_clip_of_one_frame_have_no_bars(tmp_path):
    assert proposed(film(tmp_path / "black.mp4", lambda index: panned(index) * 0)) is None
    assert proposed(film(tmp_path / "one.mp4", panned, count=1)) is None


def test_a_crop_that_left_little_is_not_proposed(tmp_path):
    thin = film(tmp_path / "thin.mp4", lambda index: with_bars(panned(index)[:120], 0, 120))
    assert proposed(thin) is None


def test_the_command_prints_the_proposal(tmp_path):
    path = film(tmp_path / "bars.mp4", lambda index: with_bars(panned(index), 0, 30))
    child = subprocess.run(
        [sys.executable, "-m", "ml", "crop", str(path)], capture_output=True, check=True, timeout=60
    )
    answer = json.loads(child.stdout)
    proposal = proposed(path)
    assert Crop(**answer["crop"]) == proposal.crop
    assert answer["reason"] == proposal.reason


@pytest.mark.skipif(not CLIPS.exists(), reason="the clips are beside some checkouts only")
@pytest.mark.parametrize("clip", sorted(CLIPS.glob("*.mp4")), ids=lambda clip: clip.stem)
def test_real_clips_without_bars_keep_their_whole_picture(clip):
    assert proposed(clip) is None
