"""
Files that no row speaks of: whoever stored them was killed before it could say so.

Storage is looked through in parts, one for each two first digits of a hash.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction

from annotation.media import UNFINISHED_FOR_S
from annotation.models import Clip, FaceTracks, Import, ImportItem, ImportItemStatus, ImportKind

from .preparing import drop_record, lock_files, remove_files, storage_name

logger = logging.getLogger(__name__)

PARTS = 256
# Of seconds; so all of storage is looked through in about an hour.
PART_S = 15


def part_of(number: int) -> str:
    return f"{number % PARTS:02x}"


def part_of_now() -> str:
    return part_of(int(time.time() / PART_S))


def remove_leftovers(part: str) -> None:
    """Safe to run at any time, and by two at once."""
    for path in unlisted_originals(part):
        _remove_original(path)
    for path in unlisted_records(part):
        drop_record(path.parent.name, storage_name(path))
        logger.info("removed %s, which no row speaks of", path.name)


def unlisted_originals(part: str) -> list[Path]:
    files = list(_old(f"originals/{part}/*"))
    clips = Clip.objects.filter(sha256__in=[path.name for path in files])
    known = set(clips.values_list("sha256", flat=True))
    return [path for path in files if path.name not in known and not _is_listed(path)]


def unlisted_records(part: str) -> list[Path]:
    files = {storage_name(path): path for path in _old(f"derived/{part}/*/tracks-*")}
    known = set(FaceTracks.objects.filter(record__in=files).values_list("record", flat=True))
    return [path for name, path in files.items() if name not in known]


@transaction.atomic
def _remove_original(path: Path) -> None:
    """Asked again under the lock that an import holds: it may have stored the same bytes since."""
    lock_files(path.name)
    has_clip = Clip.objects.filter(sha256=path.name).exists()
    if has_clip or _is_listed(path) or not _is_old(path):
        return
    remove_files(path)
    logger.info("removed %s, which no row speaks of", path.name)


def _is_listed(path: Path) -> bool:
    """An upload that failed for want of room is tried again from what is stored."""
    location = storage_name(path)
    items = ImportItem.objects.filter(
        location=location,
        batch__kind=ImportKind.UPLOAD,
        status__in=[ImportItemStatus.PENDING, ImportItemStatus.FAILED],
    )
    return items.exists() or Import.objects.filter(records=location).exists()


def _old(pattern: str) -> Iterator[Path]:
    return (path for path in Path(settings.MEDIA_ROOT).glob(pattern) if _is_old(path))


def _is_old(path: Path) -> bool:
    # Somebody else's sweep may remove it at this moment.
    with suppress(FileNotFoundError):
        return path.stat().st_mtime < time.time() - UNFINISHED_FOR_S
    return False
