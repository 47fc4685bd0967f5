"""The folder in which a file is made. It outlives a worker that is killed, and nothing else."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import IO

from annotation.full_disk import naming_a_full_disk
from annotation.jobs import Lost, TryLater
from annotation.jobs.running import PASSING

JOURNAL = "journal.jsonl"
ATTEMPT_GOES_ON = (*PASSING, Lost, SystemExit, KeyboardInterrupt)
# The worker that lost its lease finds out when it has written the file under way.
UNTIL_IT_NOTICES_S = 30.0


class StillWritten(TryLater):
    """Somebody whose lease ran out has not noticed yet."""

    def __init__(self) -> None:
        super().__init__(
            "The worker that had this before still writes. This goes on when that one has stopped.",
            wait_s=UNTIL_IT_NOTICES_S,
            costs_attempt=False,
        )


def folder_of(target: Path) -> Path:
    return target.with_name(f".{target.name}")


@contextmanager
def unfinished(target: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """
    The folder, and its journal open for this process alone.

    Both are gone afterwards, unless another attempt will go on with what is there. A full disk is
    freed at once: others need the room.
    """
    folder = folder_of(target)
    with naming_a_full_disk():
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Others may read what is finished, never what is not.
        folder.mkdir(mode=0o700, exist_ok=True)
    with held(folder) as journal:
        try:
            with naming_a_full_disk():
                yield folder, journal
        except ATTEMPT_GOES_ON:
            raise
        except BaseException:
            rmtree(folder)
            raise
        rmtree(folder)


@contextmanager
def held(folder: Path) -> Iterator[IO[bytes]]:
    """Leases keep one worker to a job by the clock; this lock, by what really goes on."""
    with (folder / JOURNAL).open("a+b") as journal:
        try:
            fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StillWritten from None
        if not os.fstat(journal.fileno()).st_nlink:
            # Opened just before its holder was done with it.
            raise StillWritten
        yield journal
