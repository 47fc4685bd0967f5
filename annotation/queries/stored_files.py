"""Whether rows and stored files know of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotation.importing.leftovers import (
    PARTS,
    part_of,
    unlisted_originals,
    unlisted_records,
)
from annotation.importing.preparing import stored_path
from annotation.models import Clip, FaceTracks

from .promises import SHOWN, Broken

LISTED = "Every file that was stored more than a day ago has its row."
CLIPS_STORED = "The files of every clip are stored."
TRACKS_STORED = "The record of every clip's tracks is stored."


def broken_files() -> list[Broken]:
    """Looks at every file, which takes a minute for a hundred thousand clips."""
    found = [
        _broken(CLIPS_STORED, _clips_without_files()),
        _broken(TRACKS_STORED, _tracks_without_records()),
        _broken(LISTED, _files_without_rows()),
    ]
    return [broken for broken in found if broken.count]


def _broken(sentence: str, names: Iterable[int | str]) -> Broken:
    every = list(names)
    return Broken(sentence, len(every), every[:SHOWN])


def _clips_without_files() -> Iterator[int]:
    files = Clip.objects.values_list("pk", "original", "proxy", "poster")
    for pk, *names in files.order_by("pk").iterator():
        if not all(stored_path(name).exists() for name in filter(None, names)):
            yield pk


def _tracks_without_records() -> Iterator[int]:
    for pk, name in FaceTracks.objects.order_by("pk").values_list("pk", "record").iterator():
        if not stored_path(name).exists():
            yield pk


def _files_without_rows() -> Iterator[str]:
    for part in map(part_of, range(PARTS)):
        for path in (*unlisted_originals(part), *unlisted_records(part)):
            yield path.name
