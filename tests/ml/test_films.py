"""Films of known shots, each frame with its number: the clips are theirs to the frame."""

from __future__ import annotations

import json
from fractions import Fraction
from hashlib import sha256

import av
import pytest
from av.video.frame import VideoFrame
from PIL import Image

from ml.__main__ import main
from ml.tracking.cutting import FilmCutter
from ml.tracking.films import Lengths, find_excerpts
from ml.tracking.settings import TrackingSettings
from ml.video.containers import VideoRefused
from ml.video.excerpts import write_excerpt
from ml.video.probing import probe
from ml.video.sources import open_source
from tests.clips import Recipe, make_clip, number_picture, read_number, steady
from tests.ml.scripted_faces import Person, Scene

RATE = 24
# Frames of each shot and its colour: half a second, three seconds, five, two.
SHOTS = [(12, "red"), (72, "green"), (120, "blue"), (48, "yellow")]
LENGTHS = Lengths(least=1.0, most=3.0)


def shot_picture(index, colour):
    """The frame's number over a ground that tells the shot."""
    picture = Image.new("RGB", (160, 96), colour)
    picture.paste(number_picture(index, 80, 48).crop((0, 0, 80, 32)), (40, 32))
    return picture


def number_of(picture: Image.Image) -> int:
    number = picture.crop((40, 32, 120, 64))
    whole = Image.new("RGB", (80, 48))
    whole.paste(number)
    return read_number(whole)


@pytest.fixture(scope="module", params=["mp4", "mkv"])
def film(request, tmp_path_factory):
    return make_film(tmp_path_factory.mktemp("films") / f"film.{request.param}")


def make_film(path):
    """Its key frames lie anywhere and its frames are not stored in order."""
    pictures = [colour for count, colour in SHOTS for _ in range(count)]
    with av.open(str(path), "w") as output:
        video = output.add_stream("libx264", RATE, {"bf": "3", "crf": "20"})
        video.width, video.height, video.pix_fmt = 160, 96, "yuv420p"
        video.codec_context.gop_size = 31
        for index, colour in enumerate(pictures):
            frame = VideoFrame.from_image(shot_picture(index, colour))
            frame.pts, frame.time_base = index, Fraction(1, RATE)
            output.mux(video.encode(frame))
        output.mux(video.encode(None))
    return path


def numbers(clip):
    with open_source(clip) as source:
        return [number_of(frame.to_image()) for frame in source.frames()]


def test_shots_are_clips_where_they_are_long_enough_and_parts_where_too_long(film):
    found = find_excerpts(film, LENGTHS)
    assert [part.start_s for part in found] == pytest.approx([0.5, 3.5, 6.0, 8.5], abs=0.002)
    assert [part.stop_s for part in found] == pytest.approx([3.5, 6.0, 8.5, 10.5], abs=0.002)


def test_every_part_has_its_own_frames_and_no_other(film, tmp_path):
    first, second, third, last = find_excerpts(film, LENGTHS)
    for part, expected in [
        (first, range(12, 84)),
        (second, range(84, 144)),
        (third, range(144, 204)),
        (last, range(204, 252)),
    ]:
        clip = tmp_path / "clip.mp4"
        write_excerpt(film, clip, part.start, part.stop)
        assert numbers(clip) == list(expected)
        facts = probe(clip)
        assert facts.duration_s == pytest.approx(part.stop_s - part.start_s, abs=0.002)
        assert facts.is_browser_playable
        assert not facts.has_audio


def test_equal_parts_have_equal_bytes(film, tmp_path):
    part = find_excerpts(film, LENGTHS)[0]
    for name in ("one.mp4", "two.mp4"):
        write_excerpt(film, tmp_path / name, part.start, part.stop)
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_no_part_is_longer_than_a_clip_may_be(film):
    for most in (0.7, 1.1, 1.9, 4.0):
        parts = find_excerpts(film, Lengths(least=0.5, most=most))
        assert max(part.stop_s - part.start_s for part in parts) <= most + 1e-9


def test_sound_is_cut_with_the_picture(tmp_path):
    film = make_clip(
        tmp_path / "tone.mp4", Recipe("tone.mp4", *steady(Fraction(25), 100), audio="aac")
    )
    write_excerpt(film, tmp_path / "clip.mp4", 25 * 512, 75 * 512)
    with av.open(str(tmp_path / "clip.mp4")) as clip:
        lengths = [(stream.duration or 0) * (stream.time_base or 0) for stream in clip.streams]
    assert [float(length) for length in lengths] == pytest.approx([2.0, 2.0], abs=0.1)
    assert probe(tmp_path / "clip.mp4").has_audio


def test_a_part_without_pictures_is_refused(film, tmp_path):
    with open_source(film) as source:
        end = 100_000 * source.time_base.denominator
    with pytest.raises(VideoRefused, match="no pictures there"):
        write_excerpt(film, tmp_path / "clip.mp4", end, end + 1)


def test_the_clips_with_a_face_are_kept_and_listed(tmp_path):
    film, lengths = make_film(tmp_path / "film.mp4"), Lengths(least=2.5, most=5.0)
    # Sixteen looks a second: all of the first part, and none after.
    ada = Person("ada", lambda look: (80, 48, 40) if look < 48 else None)
    cutter = FilmCutter(
        film, tmp_path / "out", Scene([ada], 48).models, TrackingSettings(), lengths
    )
    lines = list(cutter.cut())
    assert [line["has_face"] for line in lines] == [True, False]
    (record,) = map(json.loads, cutter.manifest.read_text().splitlines())
    clip = tmp_path / "out" / record["video"]
    assert sorted(path.name for path in clip.parent.iterdir()) == ["film-0001.mp4", "film.jsonl"]
    assert numbers(clip) == list(range(12, 84))
    assert record["sha256"] == sha256(clip.read_bytes()).hexdigest()
    assert record["film_sha256"] == sha256(film.read_bytes()).hexdigest()
    assert (record["source_video"], record["start_s"]) == (film.name, pytest.approx(0.5, abs=0.002))


def test_a_film_that_is_none_ends_with_its_reason(tmp_path, capsys):
    (tmp_path / "film.mp4").write_bytes(b"no film")
    assert main(["shots", str(tmp_path / "film.mp4")]) == 1
    assert json.loads(capsys.readouterr().out)["error"] == "not_a_video"
    cutter = FilmCutter(
        tmp_path / "film.mp4", tmp_path, Scene([], 1).models, TrackingSettings(), LENGTHS
    )
    with pytest.raises(VideoRefused, match="not a video"):
        list(cutter.cut())
