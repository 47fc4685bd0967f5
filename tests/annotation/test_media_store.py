"""What is stored of a clip and made from it is made once, whole, or not at all."""

from __future__ import annotations

import errno
import hashlib
import io
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from annotation import media
from annotation.full_disk import StorageFull
from annotation.media import UnusableMedia
from ml.video.streaming import read_stream
from tests.clips import Recipe, make_clip, read_number

CLIP = Recipe("plain.mp4", list(range(24)), Fraction(1, 25), audio="aac")


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def original(tmp_path):
    with make_clip(tmp_path / CLIP.name, CLIP).open("rb") as file:
        return media.stream_to_storage(file, media.MIB)[0]


def test_the_same_bytes_are_stored_once(media_root):
    first = media.stream_to_storage(io.BytesIO(b"film"), 10)
    again = media.stream_to_storage(io.BytesIO(b"film"), 10)
    assert first == again
    assert first[0].read_bytes() == b"film"
    assert first[1:] == (hashlib.sha256(b"film").hexdigest(), 4)
    assert files_in(media_root) == [first[0]]


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(media_root):
    with pytest.raises(UnusableMedia) as refusal:
        media.stream_to_storage(io.BytesIO(b"eleven byte"), 10)
    assert refusal.value.code == "too_large"
    assert files_in(media_root) == []


def test_a_full_disk_is_said_and_leaves_nothing(media_root, monkeypatch):
    def no_space(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", no_space)
    with pytest.raises(StorageFull, match="Free some space"):
        media.stream_to_storage(io.BytesIO(b"film"), 10)
    assert files_in(media_root) == []


def test_what_is_made_from_a_clip_is_made_once(original, monkeypatch):
    facts = media.probe(original)
    made = [
        media.make_proxy(original, facts),
        media.make_poster(original),
        media.extract_frame(original, 7),
    ]
    with Image.open(made[2]) as still:
        assert read_number(still) == 7
    assert media.probe(made[0]).times() == facts.times()
    monkeypatch.setattr(media, "START_ML", "import os; os.abort()")
    assert made == [
        media.make_proxy(original, facts),
        media.make_poster(original),
        media.extract_frame(original, 7),
    ]


def test_what_is_cropped_stands_beside_what_is_not(original):
    facts = media.probe(original)
    crop = [0, 0, 160, 64]
    proxy = media.make_proxy(original, facts, crop)
    still = media.extract_frame(original, 7, crop)
    poster = media.make_poster(original, crop)
    cropped = media.probe(proxy)
    assert (cropped.width, cropped.height, cropped.times()) == (160, 64, facts.times())
    for picture in (still, poster):
        with Image.open(picture) as image:
            assert image.size == (160, 64)
    whole = media.extract_frame(original, 7)
    assert whole != still
    with Image.open(whole) as image:
        assert image.size == (160, 96)


def test_a_crop_outside_of_the_picture_is_refused_and_leaves_nothing(original, media_root):
    with pytest.raises(UnusableMedia) as refusal:
        media.extract_frame(original, 7, [0, 0, 160, 97])
    assert refusal.value.code == "bad_crop"
    assert files_in(media_root) == [original]


def test_a_child_that_still_writes_ends_with_the_block(original):
    command = ["frames", "--rate", "0", str(original)]
    with media.child_output(command, media.READING) as pipe:
        header, frames = read_stream(pipe)
        first = next(frames)
    assert (header.frame_count, first.index, first.rgb.shape) == (24, 0, (96, 160, 3))
    assert pipe.closed


def test_a_proxy_with_other_times_is_refused_and_leaves_nothing(original, tmp_path, media_root):
    slower = Recipe("slow.mp4", list(range(24)), Fraction(1, 20))
    others = media.probe(make_clip(tmp_path / "slow.mp4", slower))
    with pytest.raises(UnusableMedia, match="cannot be kept"):
        media.make_proxy(original, others)
    assert files_in(media_root) == [original]


def test_a_frame_past_the_end_is_refused_and_leaves_nothing(original, media_root):
    with pytest.raises(UnusableMedia) as refusal:
        media.extract_frame(original, 24)
    assert refusal.value.code == "no_such_frame"
    assert files_in(media_root) == [original]


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
