"""Which of the processes that torchrun started this one is."""

from __future__ import annotations

import os


def process_number() -> int:
    return int(os.environ.get("RANK", "0"))


def process_count() -> int:
    return int(os.environ.get("WORLD_SIZE", "1"))
