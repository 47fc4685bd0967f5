"""Videos that are unusual or broken: the right answer or a refusal, never anything else."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.packet import Packet
from av.video.frame import VideoFrame
from PIL import Image

from ml.video.containers import VideoRefused
from ml.video.crops import Crop
from ml.video.probing import VideoFacts, probe
from ml.video.proxies import write_proxy
from ml.video.shown import Showing
from ml.video.stills import write_frame
from ml.video.streaming import read_header, stream_frames
from tests.clips import RECIPES, Recipe, make_clip, read_number, steady


def named(name: str) -> Recipe:
    return next(recipe for recipe in RECIPES if recipe.name == name)


def numbers(path: Path) -> list[int]:
    return [read_number(Image.fromarray(frame.rgb)) for frame in stream_frames(path, rate=None)]


def test_pixels_that_are_not_square_become_so(tmp_path):
    path = make_clip(tmp_path / "wide.mp4", named("wide_pixels.mp4"))
    facts = probe(path)
    assert (facts.width, facts.height, facts.is_browser_playable) == (233, 96, False)
    write_proxy(path, tmp_path / "proxy.mp4")
    write_frame(path, 3, tmp_path / "still.jpg")
    copied = probe(tmp_path / "proxy.mp4")
    assert (copied.width, copied.height, copied.is_browser_playable) == (234, 96, True)
    with Image.open(tmp_path / "still.jpg") as still:
        assert (still.size, read_number(still)) == ((233, 96), 3)
    assert next(stream_frames(path)).rgb.shape == (96, 233, 3)


def test_narrow_pixels_of_a_turned_video_widen_the_picture_that_is_shown(tmp_path):
    recipe = replace(named("turned_90.mp4"), pixel_aspect=Fraction(10, 11))
    facts = probe(make_clip(tmp_path / "narrow.mp4", recipe))
    assert (facts.width, facts.height) == (176, 96)


def test_an_aspect_that_no_camera_has_is_left_alone(tmp_path):
    recipe = replace(named("wide_pixels.mp4"), pixel_aspect=Fraction(100))
    assert probe(make_clip(tmp_path / "wide.mp4", recipe)).width == 160


def change_size(path: Path) -> Path:
    """Twelve pictures of 160 x 96, twelve of 80 x 48, as a video call sends them."""
    large = make_clip(path.with_name("large.webm"), resized(160, 0))
    small = make_clip(path.with_name("small.webm"), resized(80, 12))
    with av.open(str(path), "w") as output:
        stream = None
        for part in (large, small):
            with av.open(str(part)) as whole:
                stream = stream or output.add_stream_from_template(whole.streams.video[0])
                for packet in whole.demux(video=0):
                    if packet.dts is not None:
                        packet.stream = stream
                        output.mux(packet)
    return path


def resized(width: int, first: int) -> Recipe:
    ticks = [40 * number for number in range(first, first + 12)]
    return Recipe(
        "part.webm",
        ticks,
        Fraction(1, 1000),
        codec="libvpx-vp9",
        width=width,
        height=width * 3 // 5,
        first_number=first,
    )


def test_a_size_that_changes_on_the_way_is_shown_as_the_first(tmp_path):
    path = change_size(tmp_path / "changing.webm")
    facts = probe(path)
    assert (facts.width, facts.height, facts.frame_count) == (160, 96, 24)
    assert not facts.is_browser_playable
    write_proxy(path, tmp_path / "proxy.mp4")
    write_frame(path, 20, tmp_path / "still.jpg")
    assert numbers(path) == numbers(tmp_path / "proxy.mp4") == list(range(24))
    with Image.open(tmp_path / "still.jpg") as still:
        assert (still.size, read_number(still)) == ((160, 96), 20)


def test_more_than_a_thousand_frames_a_second_are_refused(tmp_path):
    path = make_clip(tmp_path / "fast.mp4", Recipe("", *steady(Fraction(10_000), 30)))
    with pytest.raises(VideoRefused) as refusal:
        probe(path)
    assert refusal.value.code == "too_fast"


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["b_frames.mp4", "hevc.mov", "vp9.webm", "mpeg4.avi", "h264.mkv"])
def test_damage_in_the_middle_is_refused_or_kept_the_same_everywhere(tmp_path, name, seed):
    path = damage(make_clip(tmp_path / name, named(name)), seed)
    try:
        facts = probe(path)
    except VideoRefused:
        return
    frames = [frame.rgb.shape for frame in stream_frames(path, rate=None)]
    assert frames == [(facts.height, facts.width, 3)] * facts.frame_count
    write_proxy(path, tmp_path / "proxy.mp4")
    copied = probe(tmp_path / "proxy.mp4")
    assert seconds(copied) == seconds(facts)


def seconds(facts: VideoFacts) -> list[Fraction]:
    return [pts * Fraction(*facts.time_base) for pts in facts.pts]


def damage(path: Path, seed: int) -> Path:
    random = np.random.default_rng(seed)
    content = np.fromfile(path, np.uint8)
    third = len(content) // 3
    places = random.integers(third, 2 * third, random.choice((1, 4, 40)))
    content[places] = random.integers(0, 256, len(places))
    content.tofile(path)
    return path


def test_names_in_another_encoding_are_no_obstacle(tmp_path):
    path = make_clip(tmp_path / "25.mp4", named("25.mp4"))
    content = path.read_bytes()
    assert b"VideoHandler" in content
    path.write_bytes(content.replace(b"VideoHandler", "Caméra vidéo".encode("latin-1")))
    assert probe(path).frame_count == 24


def test_sound_of_an_unknown_kind_is_silence(tmp_path):
    path = make_clip(tmp_path / "h264.mkv", named("h264.mkv"))
    path.write_bytes(path.read_bytes().replace(b"A_OPUS", b"A_ZZZZ"))
    assert not probe(path).has_audio
    write_proxy(path, tmp_path / "proxy.mp4")
    assert numbers(tmp_path / "proxy.mp4") == list(range(24))


def test_a_picture_of_an_unknown_kind_is_refused(tmp_path):
    path = make_clip(tmp_path / "24.mp4", named("24.mp4"))
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz"))
    with pytest.raises(VideoRefused, match="unknown kind") as refusal:
        probe(path)
    assert refusal.value.code == "unreadable"


def test_a_proxy_starts_before_it_is_loaded_and_steps_back_quickly(tmp_path):
    write_proxy(make_clip(tmp_path / "60.mp4", named("60.mp4")), tmp_path / "proxy.mp4")
    content = (tmp_path / "proxy.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    packets = packets_of(tmp_path / "proxy.mp4")
    assert [packet.pts for packet in packets] == [packet.dts for packet in packets]
    keys = [index for index, packet in enumerate(packets) if packet.is_keyframe]
    assert max(after - before for before, after in pairwise(keys)) == 12


@pytest.mark.parametrize("name", ["variable_rate.mp4", "vp9_uneven.webm"])
def test_a_seek_among_uneven_frames_needs_no_other_frame(tmp_path, name):
    write_proxy(make_clip(tmp_path / name, named(name)), tmp_path / "proxy.mp4")
    assert all(packet.is_keyframe for packet in packets_of(tmp_path / "proxy.mp4"))


def packets_of(path: Path) -> list[Packet]:
    with av.open(str(path)) as container:
        return [packet for packet in container.demux(video=0) if packet.size]


@pytest.mark.parametrize("name", ["turned_90.mp4", "10_bit.mp4", "odd_444.mp4", "vp9.webm"])
def test_a_crop_is_the_same_part_of_the_picture_everywhere(tmp_path, name):
    path = make_clip(tmp_path / name, named(name))
    crop = Crop(20, 0, 60, 32)
    write_proxy(path, tmp_path / "proxy.mp4", crop)
    write_frame(path, 5, tmp_path / "still.jpg", crop)
    proxy = [frame.rgb for frame in stream_frames(tmp_path / "proxy.mp4", rate=None)]
    with Image.open(tmp_path / "still.jpg") as still:
        pictures = [proxy[5], np.asarray(still)]
    pictures.append([frame.rgb for frame in stream_frames(path, rate=None, crop=crop)][5])
    whole = [frame.rgb for frame in stream_frames(path, rate=None)][5]
    for picture in pictures:
        assert picture.shape == (32, 60, 3)
        # Of 255: two compressions lie between.
        assert np.abs(whole[:32, 20:80].astype(int) - picture).mean() < 6
    assert (read_header(path, crop=crop).width, read_header(path, crop=crop).height) == (60, 32)


@pytest.mark.parametrize("color_range", [1, 2])
@pytest.mark.parametrize("colorspace", [1, 5])
def test_what_is_cut_keeps_its_colours(color_range, colorspace):
    planes = np.full((144, 160), 150, np.uint8)
    planes[:96] = 60
    frame = VideoFrame.from_ndarray(planes, "yuv420p")
    frame.color_range, frame.colorspace = color_range, colorspace
    frame.pts, frame.time_base = 0, Fraction(1, 25)
    cut = Showing(Fraction(1), Crop(0, 0, 80, 48)).show(frame)
    assert np.array_equal(
        frame.to_ndarray(format="rgb24")[:48, :80], cut.to_ndarray(format="rgb24")
    )
