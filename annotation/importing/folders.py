"""The only folders of this machine that an import may read."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from annotation.errors import InvalidInput

SUFFIXES = {".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi"}
LONGEST_NAME = 255
LONGEST_PATH = 1000
# Control characters, line ends, and the marks that turn the reading direction around.
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}


class OutsideImportFolders(InvalidInput):
    """The path leads out of the folders that the operator opened for imports."""


def import_roots() -> list[Path]:
    return [Path(root).resolve() for root in settings.IMPORT_ROOTS]


def resolve_below_roots(path: str) -> Path:
    """
    The existing file or folder that the path means, links followed.

    A relative path is looked for below each root. What is absent and what lies outside are
    refused in the same words, so that nobody can ask which files this machine has.
    """
    roots = import_roots()
    for root in roots:
        try:
            found = (root / path).resolve(strict=True)
        except (OSError, ValueError):  # absent, a loop of links, too long, a NUL
            continue
        if any(found.is_relative_to(allowed) for allowed in roots) and can_be_stored(str(found)):
            return found
    raise OutsideImportFolders(
        "There is no such path below the import folders of this server. Choose one of those "
        "listed, or ask the operator to add yours to IMPORT_ROOTS.",
        errors=[{"field": "path", "code": "unknown_path", "message": "Choose another path."}],
    )


def can_be_stored(path: str) -> bool:
    """Not so long that no column holds it, and UTF-8, which file names need not be."""
    is_utf8 = path.encode("utf-8", "ignore").decode() == path
    return len(path) <= LONGEST_PATH and is_utf8


def video_files(folder: Path) -> Iterator[Path]:
    """Files below the folder that are named like videos, by their names; or the one file."""
    if folder.is_file():
        yield folder
    for parent, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith("."):
                yield Path(parent, name)


def folders_below(root: Path) -> list[str]:
    """Names of the folders directly below a root, for people to choose from."""
    return sorted(entry.name for entry in root.iterdir() if _is_open(entry))


def _is_open(entry: Path) -> bool:
    return entry.is_dir() and not entry.is_symlink() and not entry.name.startswith(".")


def open_regular(path: Path) -> BinaryIO:
    """
    Opens a resolved path. Never a link that took its place since, nor a pipe, on which a
    reader would wait for ever.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise InvalidInput("This is not a regular file.")
    return open(descriptor, "rb")


def display_name(name: str) -> str:
    """A label for a file, never a path: the last part, without what would break a screen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    readable = last.encode("utf-8", "replace").decode("utf-8")
    # Control characters, line ends and the marks that turn the reading direction around.
    kept = "".join(
        letter
        for letter in readable
        if unicodedata.category(letter) not in {"Cc", "Cf", "Zl", "Zp"}
    )
    return kept[:LONGEST_NAME].strip() or "unnamed"
