"""
Everything about a file that has to be done before its clip exists: copy, decode, proxy, poster.

Files are stored under their SHA-256, so the same bytes are kept once for all projects.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from annotation import media
from annotation.errors import WorkflowError
from annotation.media import Readable
from annotation.media_facts import MediaFacts
from annotation.models import Clip, FaceTracks, ImportItem, ImportItemStatus, ImportKind

from .folders import display_name

# A clip of 20 seconds has a few megabytes; this holds off mistakes, not long videos.
LARGEST_FILE = 1024 * media.MIB


class FileGone(WorkflowError):
    """The stored file was removed by somebody else's failed import; a new try stores it again."""

    code = "file_gone"


@dataclass(frozen=True)
class StoredFile:
    """Bytes in storage that nothing is known of yet. `location` is a storage name."""

    name: str
    location: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class PreparedFile:
    stored: StoredFile
    facts: MediaFacts
    proxy: str
    poster: str
    crop: Sequence[int] | None = None


def stored_path(location: str) -> Path:
    return Path(settings.MEDIA_ROOT) / location


def storage_name(path: Path) -> str:
    return path.relative_to(settings.MEDIA_ROOT).as_posix()


def store_file(file: Readable, name: str) -> StoredFile:
    path, sha256, size_bytes = media.stream_to_storage(file, LARGEST_FILE)
    return StoredFile(display_name(name), storage_name(path), sha256, size_bytes)


def store_files(files: Iterable[tuple[Readable, str]]) -> list[StoredFile]:
    """All of them, or none: what one refusal leaves behind is removed."""
    stored: list[StoredFile] = []
    try:
        for file, name in files:
            stored.append(store_file(file, name))
    except (WorkflowError, OSError):
        for kept in stored:
            discard(kept)
        raise
    return stored


def stored_before(location: str, name: str) -> StoredFile:
    """What `store_file` answered for this location: a file is named after its hash."""
    path = stored_path(location)
    if not path.exists():
        raise _gone()
    return StoredFile(name, location, path.name, path.stat().st_size)


def prepare(stored: StoredFile, crop: Sequence[int] | None = None) -> PreparedFile:
    """Raises UnusableMedia where the bytes cannot become a clip."""
    path = stored_path(stored.location)
    if not path.exists():
        raise _gone()
    facts = media.probe(path)
    is_shown = facts.is_browser_playable and crop is None
    proxy = "" if is_shown else storage_name(media.make_proxy(path, facts, crop))
    poster = storage_name(media.make_poster(path, crop))
    return PreparedFile(stored, facts, proxy, poster, crop)


@transaction.atomic
def discard(stored: StoredFile) -> None:
    """
    Removes the stored bytes and what was made of them, unless a clip of any project has them
    or an import still waits for them.

    The lock is the one `require_files` takes: a clip is either seen here, or finds its files
    gone there. Unlinking is quick, so this is the one file work inside a transaction.
    """
    lock_files(stored.sha256)
    waiting = ImportItem.objects.filter(
        location=stored.location, status=ImportItemStatus.PENDING, batch__kind=ImportKind.UPLOAD
    )
    if waiting.exists() or Clip.objects.filter(sha256=stored.sha256).exists():
        return
    remove_files(stored_path(stored.location))


def remove_files(original: Path) -> None:
    """The stored bytes and all that was made of them, by whoever has locked them."""
    shutil.rmtree(media.derived_path(original, "poster.jpg").parent, ignore_errors=True)
    original.unlink(missing_ok=True)


def require_files(prepared: PreparedFile) -> None:
    """Call in the transaction that creates the clip: keeps `discard` off until it ends."""
    lock_files(prepared.stored.sha256)
    for location in (prepared.stored.location, prepared.proxy, prepared.poster):
        if location and not stored_path(location).exists():
            raise _gone()


def require_record(clip: Clip, location: str) -> None:
    """Call in the transaction that points at the record: keeps `drop_record` off until it ends."""
    lock_files(clip.sha256)
    if not stored_path(location).exists():
        raise _gone()


@transaction.atomic
def drop_record(sha256: str, location: str) -> None:
    """Removes a record of tracks that no clip points at any more."""
    lock_files(sha256)
    if not FaceTracks.objects.filter(record=location).exists():
        stored_path(location).unlink(missing_ok=True)


def lock_files(sha256: str) -> None:
    with connection.cursor() as cursor:
        # The key is a signed 64-bit number: sixty bits of the hash fit and never collide here.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])


def _gone() -> FileGone:
    return FileGone("The stored file is gone. Send it again, or try the import again.")
