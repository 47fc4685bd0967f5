"""How much of a disk the kept features of all runs may take."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)

GIB = 2**30
# Of the disk that they lie on, where nobody says how much.
SHARE = 0.5
# A run uses each of its files once an epoch. One that is missed all the same is made again.
UNUSED_AFTER_S = 24 * 3600.0


@dataclass(frozen=True)
class Kept:
    path: Path
    size: int
    used_at: float


def make_room(folder: Path, most_gib: float | None) -> None:
    """Removes what was used least recently, and not for a day, until the rest is small enough."""
    if not folder.exists():
        return
    most = SHARE * shutil.disk_usage(folder).total if most_gib is None else most_gib * GIB
    removed = list(_too_many(sorted(_kept(folder), key=lambda each: each.used_at), most))
    for each in removed:
        each.path.unlink(missing_ok=True)
    if removed:
        freed = sum(each.size for each in removed) / GIB
        logger.info("%d files of kept features were removed, %.1f GiB", len(removed), freed)


def _too_many(oldest_first: list[Kept], most: float) -> Iterator[Kept]:
    left, unused = sum(each.size for each in oldest_first), time.time() - UNUSED_AFTER_S
    for each in oldest_first:
        if left <= most or each.used_at > unused:
            return
        left -= each.size
        yield each


def _kept(folder: Path) -> Iterator[Kept]:
    """Also halves that killed processes left."""
    for path in folder.glob("*/*"):
        try:
            told = path.stat()
        except FileNotFoundError:
            # Another run makes room too.
            continue
        yield Kept(path, told.st_size, told.st_mtime)
