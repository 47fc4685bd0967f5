"""S21: what exported files are called, whatever the clips are called."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from annotation.exporting.names import safe_stem, video_name
from tests.factories import ClipFactory

HOSTILE = [
    "../../x",
    "CON",
    "nul.mp4",
    "a/b\\c.mp4",
    "with\x00nul.mp4",
    "x" * 300 + ".mp4",
    "\u202egpj.exe",
    ".hidden",
    "-rf",
    "  ",
    "née Müller 日本.webm",
    "a.mp4/../../b",
    "x.<script>",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_file_names_are_safe_everywhere(name):
    """S21: names from clips stay inside the folder, on any system."""
    safe = video_name(ClipFactory.build(name=name, uid="00ff"))
    assert PurePosixPath(safe).name == safe
    assert safe.isascii()
    assert safe.isprintable()
    assert not set(safe) & set('\\/:*?"<>| ')
    assert not safe.startswith((".", "-"))
    assert len(safe) < 120
    assert PurePosixPath(safe).stem.endswith("-00ff")


def test_two_clips_of_one_name_have_two_file_names():
    names = {video_name(ClipFactory.build(name="a.mp4", uid=uid)) for uid in ("01", "02")}
    assert names == {"a-01.mp4", "a-02.mp4"}
    assert safe_stem("a.mp4") == "a"
