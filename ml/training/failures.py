"""Why a run ends before it is done."""

from __future__ import annotations

import errno
from typing import Literal

FailureCode = Literal[
    "nan_loss",
    "disk_full",
    "out_of_memory",
    "bad_recipe",
    "bad_manifest",
    "test_clips_in_training",
    "base_missing",
    "adapter_for_another_base",
    "missing_media",
    "unreadable",
    "unexpected",
]
# As libraries say it that were written in other languages.
DISK_FULL = "No space left on device"


class RunFailed(Exception):
    def __init__(self, code: FailureCode, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)


class Stopped(Exception):
    """Somebody asked the run to end before its first step."""


def is_disk_full(error: BaseException) -> bool:
    is_full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return is_full or DISK_FULL in str(error)
