"""Which of the processes that torchrun started this one is."""

from __future__ import annotations

import os

import torch.distributed


def process_number() -> int:
    return int(os.environ.get("RANK", "0"))


def process_count() -> int:
    return int(os.environ.get("WORLD_SIZE", "1"))


def is_left_behind(fault: Exception) -> bool:
    """Another process of the run is gone, which tells by its own word, or not at all, why."""
    of_torch = isinstance(fault, torch.distributed.DistError)
    # Gloo's own errors are of no other class.
    return process_count() > 1 and (of_torch or "/gloo/" in str(fault))
