"""Which clips a command is about: those of a folder, or of a manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

SUFFIXES = {".avi", ".m4v", ".mkv", ".mov", ".mp4", ".webm"}


class ManifestRefused(ValueError):
    """The message names the line and says what it needs."""


@dataclass(frozen=True)
class ListedClip:
    """`name` is the path below the folder, or the manifest's own folder."""

    name: str
    path: Path


def list_clips(source: Path) -> list[ListedClip]:
    if source.is_dir():
        return [ListedClip(str(path.relative_to(source)), path) for path in _videos(source)]
    clips = []
    with source.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                name = _read_name(line, number)
                clips.append(ListedClip(name, source.parent / name))
    return clips


def _videos(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file():
            yield path


def _read_name(line: str, number: int) -> str:
    """The records are written below the same names, so none may lead out of a folder."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise ManifestRefused(f"Line {number} is not JSON. Each line is one object.") from error
    name = record.get("video") if isinstance(record, dict) else None
    if not isinstance(name, str) or not name:
        raise ManifestRefused(f'Line {number} names no video. Write {{"video": "PATH"}}.')
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise ManifestRefused(f"Line {number}: the video must lie below the manifest's folder.")
    return name
