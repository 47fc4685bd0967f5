"""S24: what a stranger's file can do here is bounded, and each refusal says which it is."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image

from annotation import media
from annotation.media import ChildLimits, UnusableMedia
from tests.clips import RECIPES, Recipe, make_clip

CLIP = Recipe("plain.mp4", list(range(24)), Fraction(1, 25), audio="aac")


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def clip(tmp_path):
    return make_clip(tmp_path / CLIP.name, CLIP)


def write_text(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def write_sound(path: Path) -> Path:
    """A song as phones store it: MP4 with one sound track."""
    copy_first_track(make_clip(path.with_name("song.mp4"), CLIP), path, {}, kind="audio")
    return path


def copy_first_track(source: Path, target: Path, options: dict[str, str], kind="video") -> None:
    with av.open(str(source)) as whole, av.open(str(target), "w", options=options) as output:
        stream = next(stream for stream in whole.streams if stream.type == kind)
        track = output.add_stream_from_template(stream)
        for packet in whole.demux(stream):
            if packet.dts is not None:  # the last one is empty and only flushes decoders
                packet.stream = track
                output.mux(packet)


def write_no_frames(path: Path, options: dict[str, str]) -> Path:
    with av.open(str(path), "w", options=options) as output:
        video = output.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 160, 96, "yuv420p"
        output.start_encoding()
    return path


def write_picture(path: Path) -> Path:
    Image.new("RGB", (64, 64)).save(path, format="PNG")
    return path


def write_cut(path: Path, name: str, options: dict[str, str]) -> Path:
    """All but the last third; where the index comes last it is gone as well."""
    whole = next(recipe for recipe in RECIPES if recipe.name == name)
    made = path.with_name(name)
    copy_first_track(make_clip(path.with_name(f"whole_{name}"), whole), made, options)
    content = made.read_bytes()
    path.write_bytes(content[: 2 * len(content) // 3])
    return path


def write_damaged(path: Path) -> Path:
    """The right boxes around noise where the pictures were."""
    content = bytearray(make_clip(path, CLIP).read_bytes())
    start = content.index(b"mdat") + 4
    content[start : start + 2000] = b"\xff" * 2000
    path.write_bytes(content)
    return path


def write_bomb(path: Path) -> Path:
    """Pictures of 100 MB each in a file of a few kilobytes."""
    recipe = Recipe(
        path.name,
        [0, 1],
        Fraction(1, 25),
        width=8192,
        height=8192,
        options={"preset": "ultrafast", "crf": "51"},
    )
    return make_clip(path, recipe)


def write_long(path: Path) -> Path:
    return make_clip(path, Recipe(path.name, [0, 1, 601], Fraction(1)))


BAD_FILES = [
    ("empty", lambda path: write_text(path, "")),
    ("not_a_video", lambda path: write_text(path, "<html><script>alert(1)</script></html>")),
    ("not_a_video", lambda path: write_text(path, "ffconcat version 1.0\nfile plain.mp4\n")),
    ("not_a_video", lambda path: write_text(path, "#EXTM3U\n#EXTINF:1,\nplain.mp4\n")),
    ("not_a_video", write_picture),
    ("audio_only", write_sound),
    ("no_frames", lambda path: write_no_frames(path, {})),
    ("no_frames", lambda path: write_no_frames(path, {"movflags": "empty_moov"})),
    ("truncated", lambda path: write_cut(path, "b_frames.mp4", {})),
    ("truncated", lambda path: write_cut(path, "b_frames.mp4", {"movflags": "faststart"})),
    ("truncated", lambda path: write_cut(path, "vp9.webm", {})),
    ("truncated", lambda path: write_cut(path, "mpeg4.avi", {})),
    ("unreadable", write_damaged),
    ("unreadable", lambda path: path.with_name("absent.mp4")),
    ("too_large", write_bomb),
    ("too_long", write_long),
]


@pytest.mark.parametrize(("code", "write"), BAD_FILES)
def test_a_bad_file_is_refused_with_its_code(tmp_path, clip, code, write):
    with pytest.raises(UnusableMedia) as refusal:
        media.probe(write(tmp_path / "posing.mp4"))
    assert refusal.value.code == code
    assert str(refusal.value).endswith(".")


def test_a_good_file_gives_typed_facts(clip):
    facts = media.probe(clip)
    assert facts.times() == [Fraction(index, 25) for index in range(24)]
    assert (facts.frame_count, facts.average_rate) == (24, Fraction(25))
    assert facts.has_audio


def test_a_name_that_looks_like_an_option_or_an_address_is_only_a_name(tmp_path, clip):
    for name in ("--limits", "http:clip", "concat:a|b", "clip %03d.mp4"):
        assert media.probe(clip.rename(tmp_path / name)).frame_count == 24
        clip = tmp_path / name


@pytest.mark.parametrize("spent", [{"cpu_s": 0}, {"wall_s": 1}])
def test_a_child_that_does_not_end_is_stopped(clip, monkeypatch, spent):
    monkeypatch.setattr(media, "START_ML", hang_after_confinement(spent))
    with pytest.raises(UnusableMedia, match="too long to decode") as refusal:
        media.probe(clip, ChildLimits(**spent))
    assert refusal.value.code == "timeout"


def hang_after_confinement(spent) -> str:
    wait = "while True: pass" if "cpu_s" in spent else "import time; time.sleep(600)"
    return (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from ml.confinement import Limits, confine\n"
        f"confine(Limits.parse(sys.argv[3]))\n{wait}"
    )


def test_a_child_that_ignores_its_alarm_is_killed(clip, monkeypatch):
    deaf = "import signal, time; signal.signal(signal.SIGALRM, signal.SIG_IGN); time.sleep(600)"
    monkeypatch.setattr(media, "START_ML", deaf)
    monkeypatch.setattr(media, "KILL_AFTER_S", 0)
    with pytest.raises(UnusableMedia) as refusal:
        media.probe(clip, ChildLimits(wall_s=1))
    assert refusal.value.code == "timeout"


def test_a_child_that_dies_is_an_unreadable_file(clip, monkeypatch):
    monkeypatch.setattr(media, "START_ML", "import os; os.abort()")
    with pytest.raises(UnusableMedia) as refusal:
        media.probe(clip)
    assert refusal.value.code == "unreadable"


def test_the_child_has_no_environment_and_cannot_write_or_take_memory(tmp_path):
    target = tmp_path / "written"
    report = subprocess.run(
        [sys.executable, "-I", "-c", CONFINED, str(media.PROJECT_ROOT), str(target)],
        capture_output=True,
        check=True,
        text=True,
        env={},
    )
    assert json.loads(report.stdout) == {"memory": "refused", "file": errno.EFBIG, "core": 0}


CONFINED = """
import json, resource, sys
sys.path.insert(0, sys.argv[1])
from ml.confinement import Limits, confine
confine(Limits(address_space=1 << 30, cpu_s=20, wall_s=60, file_size=0, descriptors=64))
report = {"core": resource.getrlimit(resource.RLIMIT_CORE)[0]}
try:
    bytearray(1 << 31)
except MemoryError:
    report["memory"] = "refused"
try:
    with open(sys.argv[2], "wb", buffering=0) as file:
        file.write(b"x")
except OSError as error:
    report["file"] = error.errno
print(json.dumps(report))
"""
