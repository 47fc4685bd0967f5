"""Frames as arrays, and through the pipe of a bounded child."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from PIL import Image

from ml.video.containers import VideoRefused
from ml.video.crops import Crop
from ml.video.probing import probe
from ml.video.sampling import resample
from ml.video.streaming import read_header, read_stream, stream_frames, write_stream
from tests.clips import RECIPES, Recipe, make_clip, read_number, steady

every_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
LIMITS = {
    "address_space": 1024**3, "cpu_s": 20, "wall_s": 60, "file_size": 0, "descriptors": 64,
}  # fmt: skip


def piped(path, **options):
    pipe = io.BytesIO()
    sent = write_stream(path, pipe, **options)
    pipe.write(json.dumps({"frames": sent}).encode() + b"\n")
    pipe.seek(0)
    return pipe


@every_recipe
def test_the_frames_are_those_of_the_resampling_with_their_number_and_time(tmp_path, recipe):
    path = make_clip(tmp_path / recipe.name, recipe)
    facts = probe(path)
    times = [(pts - facts.start_pts) * Fraction(*facts.time_base) for pts in facts.pts]
    frames = list(stream_frames(path))
    assert [frame.index for frame in frames] == resample(times)
    for frame in frames:
        assert read_number(Image.fromarray(frame.rgb)) == frame.index
        assert frame.time_s == pytest.approx(float(times[frame.index]))
        assert frame.rgb.shape == (facts.height, facts.width, 3)


@every_recipe
def test_the_header_announces_what_a_full_decode_finds(tmp_path, recipe):
    path = make_clip(tmp_path / recipe.name, recipe)
    facts, header = probe(path), read_header(path)
    assert (header.width, header.height) == (facts.width, facts.height)
    assert header.frame_count == facts.frame_count


def test_without_a_rate_every_frame_comes(numbered):
    assert [frame.index for frame in stream_frames(numbered, rate=None)] == list(range(24))


def test_a_large_picture_is_made_smaller_and_a_small_one_stays(numbered):
    header = read_header(numbered, long_side=80)
    frames = list(stream_frames(numbered, long_side=80))
    assert (header.width, header.height, header.scale) == (160, 96, 0.5)
    assert {frame.rgb.shape for frame in frames} == {(48, 80, 3)}
    assert [read_number(Image.fromarray(frame.rgb)) for frame in frames] == [
        frame.index for frame in frames
    ]
    assert read_header(numbered, long_side=2000).scale == 1


def test_the_pipe_gives_the_same_bytes(numbered):
    header, frames = read_stream(piped(numbered, long_side=100))
    assert header == read_header(numbered, long_side=100)
    for sent, got in zip(stream_frames(numbered, long_side=100), frames, strict=True):
        assert (got.index, got.time_s) == (sent.index, sent.time_s)
        assert np.array_equal(got.rgb, sent.rgb)


def test_a_stream_that_breaks_off_is_refused_wherever_it_does(numbered):
    whole = piped(numbered, rate=2, long_side=16).getvalue()
    for end in range(len(whole)):
        with pytest.raises(VideoRefused):
            list(read_stream(io.BytesIO(whole[:end]))[1])


def test_the_writers_reason_reaches_the_reader(numbered):
    whole = piped(numbered).getvalue()
    broken = whole[: whole.rindex(b"{")] + b'{"error": "timeout", "message": "Slow."}\n'
    with pytest.raises(VideoRefused, match="Slow") as refusal:
        list(read_stream(io.BytesIO(broken))[1])
    assert refusal.value.code == "timeout"


def test_frames_larger_than_any_clip_may_be_are_not_awaited(numbered):
    line, _, rest = piped(numbered).getvalue().partition(b"\n")
    header = json.loads(line) | {"rgb_width": 10**6, "rgb_height": 10**6}
    with pytest.raises(VideoRefused) as refusal:
        read_stream(io.BytesIO(json.dumps(header).encode() + b"\n" + rest))
    assert refusal.value.code == "too_large"


def test_the_command_streams_from_a_confined_process(numbered):
    argv = [sys.executable, "-m", "ml", "--limits", json.dumps(LIMITS), "frames", str(numbered)]
    child = subprocess.run(
        [*argv, "--rate", "8", "--crop", "0,0,160,64"], capture_output=True, check=True, timeout=60
    )
    header, frames = read_stream(io.BytesIO(child.stdout))
    assert (header.width, header.height, header.rate) == (160, 64, 8)
    expected = stream_frames(numbered, rate=8, crop=Crop(0, 0, 160, 64))
    for got, wanted in zip(frames, expected, strict=True):
        assert (got.index, got.time_s) == (wanted.index, wanted.time_s)
        assert np.array_equal(got.rgb, wanted.rgb)


def test_the_command_says_why_there_are_no_frames(tmp_path):
    nothing = tmp_path / "nothing.mp4"
    nothing.write_bytes(b"")
    child = subprocess.run(
        [sys.executable, "-m", "ml", "frames", str(nothing)], capture_output=True, timeout=60
    )
    with pytest.raises(VideoRefused) as refusal:
        read_stream(io.BytesIO(child.stdout))
    assert refusal.value.code == "empty"


def test_memory_does_not_grow_with_the_length(tmp_path):
    short, long = (peak_kib(tmp_path, count) for count in (20, 200))
    # Kept frames would be 120 MiB apart.
    assert long - short < 30 * 1024


def peak_kib(folder, count):
    recipe = Recipe(
        "long.mp4", *steady(Fraction(30), count), width=640, height=360,
        options={"preset": "ultrafast"},
    )  # fmt: skip
    path = make_clip(folder / f"{count}.mp4", recipe)
    argv = [sys.executable, "-m", "ml", "frames", "--rate", "0", str(path)]
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return usage.ru_maxrss


@pytest.mark.parametrize("crop", ["1,2,3", "a,b,c,d"])
def test_a_crop_of_another_form_is_no_crop(crop):
    with pytest.raises(ValueError, match=r"values|literal"):
        Crop.parse(crop)


def test_a_crop_outside_of_the_picture_is_refused(numbered):
    for crop in (Crop(-1, 0, 10, 10), Crop(0, 0, 161, 96), Crop(0, 90, 10, 7), Crop(0, 0, 0, 96)):
        with pytest.raises(VideoRefused) as refusal:
            next(stream_frames(numbered, crop=crop))
        assert refusal.value.code == "bad_crop"


@pytest.fixture
def numbered(tmp_path):
    recipe = Recipe("25.mp4", *steady(Fraction(25)))
    return make_clip(tmp_path / recipe.name, recipe)
