"""What fails because the disk is full says so, wherever files are written."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from annotation.errors import WorkflowError


class StorageFull(WorkflowError):
    """The disk has no room; what was begun has been removed again."""

    code = "storage_full"

    def __init__(
        self, message: str = "The disk is full. Free some space and try again; nothing was kept."
    ) -> None:
        super().__init__(message)


@contextmanager
def naming_a_full_disk() -> Iterator[None]:
    """Raises StorageFull where the disk, or what may be used of it, is full."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull from error
        raise
