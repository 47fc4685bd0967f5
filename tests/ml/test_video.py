"""Times and frame numbers of real videos, from the source through probe, proxy and stills."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image

from ml.video.containers import VideoRefused
from ml.video.probing import VideoFacts, probe
from ml.video.proxies import write_proxy
from ml.video.shown import Showing
from ml.video.sources import Bounds, open_source
from ml.video.stills import write_frame, write_poster
from tests.clips import RECIPES, Recipe, make_clip, number_picture, read_number

every_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)


def seconds(facts: VideoFacts) -> list[Fraction]:
    return [pts * Fraction(*facts.time_base) for pts in facts.pts]


def numbers_in(path: Path) -> list[int]:
    with open_source(path) as source:
        showing = Showing(source.pixel_aspect)
        return [read_number(showing.show(frame).to_image()) for frame in source.frames()]


@every_recipe
def test_the_table_of_times_is_what_the_decoder_presents(tmp_path, recipe):
    path = make_clip(tmp_path / recipe.name, recipe)
    with av.open(str(path)) as container:
        frames = list(container.decode(container.streams.video[0]))
    decoded = sorted((frame.pts or 0) * (frame.time_base or 0) for frame in frames)
    facts = probe(path)
    assert seconds(facts) == decoded
    assert facts.frame_count == len(recipe.ticks)
    assert facts.start_pts == facts.pts[0]
    # Matroska and WebM count whole milliseconds.
    for found, drawn in zip(seconds(facts), recipe.ticks, strict=True):
        assert abs(found - drawn * recipe.time_base) <= Fraction(1, 2000)


@every_recipe
def test_every_frame_keeps_its_number_and_time_in_the_proxy(tmp_path, recipe):
    path = make_clip(tmp_path / recipe.name, recipe)
    proxy = tmp_path / "proxy.mp4"
    write_proxy(path, proxy)
    original, copied = probe(path), probe(proxy)
    assert numbers_in(path) == numbers_in(proxy) == list(range(len(recipe.ticks)))
    assert seconds(copied) == seconds(original)
    assert copied.is_browser_playable
    assert (copied.rotation, copied.width % 2, copied.height % 2) == (0, 0, 0)
    assert copied.audio_codec == ("aac" if recipe.audio else None)


@pytest.mark.parametrize("name", ["b_frames.mp4", "late_start.mp4", "turned_90.mp4", "vp9.webm"])
def test_a_still_is_the_frame_of_its_index(tmp_path, name):
    recipe = recipe_named(name)
    path = make_clip(tmp_path / name, recipe)
    for index in (0, 7, len(recipe.ticks) - 1):
        write_frame(path, index, tmp_path / "still.jpg")
        with Image.open(tmp_path / "still.jpg") as still:
            assert read_number(still) == index
            assert still.size == (recipe.width, recipe.height)


def test_the_poster_is_the_first_frame_made_small(tmp_path):
    recipe = Recipe("wide.mp4", list(range(3)), Fraction(1, 25), width=1280, height=320)
    write_poster(make_clip(tmp_path / "wide.mp4", recipe), tmp_path / "poster.jpg")
    with Image.open(tmp_path / "poster.jpg") as poster:
        assert (read_number(poster), poster.size) == (0, (640, 160))


@pytest.mark.parametrize(
    ("name", "rotation", "codecs", "is_playable"),
    [
        ("25.mp4", 0, ("h264", "aac"), True),
        ("29_97.mp4", 0, ("h264", "mp3"), True),
        ("turned_90.mp4", 90, ("h264", None), True),
        ("turned_270.mp4", 270, ("h264", None), True),
        ("10_bit.mp4", 0, ("h264", None), False),
        ("hevc.mov", 0, ("hevc", None), False),
        ("vp9.webm", 0, ("vp9", "opus"), True),
        ("vp9_uneven.webm", 0, ("vp9", None), False),
        ("variable_rate.mp4", 0, ("h264", None), False),
        ("h264.mkv", 0, ("h264", "opus"), False),
        ("mpeg4.avi", 0, ("mpeg4", "pcm_s16le"), False),
        ("alpha.webm", 0, ("vp9", None), False),
        ("alpha.mov", 0, ("prores", None), False),
        ("hevc_10_bit.mp4", 0, ("hevc", None), False),
    ],
)
def test_the_facts_say_what_a_browser_makes_of_it(tmp_path, name, rotation, codecs, is_playable):
    facts = probe(make_clip(tmp_path / name, recipe_named(name)))
    assert (facts.width, facts.height, facts.rotation) == (160, 96, rotation)
    assert (facts.video_codec, facts.audio_codec) == codecs
    assert facts.has_audio == (codecs[1] is not None)
    assert facts.is_browser_playable == is_playable


@pytest.mark.parametrize(
    ("name", "rate"), [("24.mp4", Fraction(24)), ("29_97.mp4", Fraction(30_000, 1001))]
)
def test_the_average_rate_is_exact(tmp_path, name, rate):
    facts = probe(make_clip(tmp_path / name, recipe_named(name)))
    assert Fraction(*facts.average_rate) == rate
    assert facts.duration_s == pytest.approx(float(24 / rate))


def test_more_frames_than_allowed_are_refused_at_the_first_too_many(tmp_path):
    path = make_clip(tmp_path / "vp9.webm", recipe_named("vp9.webm"))
    with open_source(path, Bounds(600, 24)) as source:
        assert len(list(source.frames())) == 24
    with open_source(path, Bounds(600, 23)) as source, pytest.raises(VideoRefused) as refusal:
        list(source.frames())
    assert refusal.value.code == "too_many_frames"


def test_a_turned_picture_does_not_read_as_its_number():
    picture = number_picture(5, 160, 96)
    for wrong in (picture.rotate(90, expand=True), picture.rotate(180)):
        with pytest.raises(AssertionError):
            assert read_number(wrong) == 5


def recipe_named(name: str) -> Recipe:
    return next(recipe for recipe in RECIPES if recipe.name == name)
