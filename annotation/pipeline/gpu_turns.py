"""
When a worker may draft on the GPU of its machine: not while a training run has it, and then what
it had loaded makes room.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Event, Lock, Thread

from django.db import DatabaseError, connection

from annotation.jobs.leases import say_that_it_waits
from annotation.workflow.devices import (
    is_announced,
    is_taken_by_a_run,
    leave_after_drafting,
    take_for_drafting,
)

from . import machine, own_models

logger = logging.getLogger(__name__)

BUSY = "A training run has the GPU of this worker. Drafts go on when it has ended."
# The trainer needs longer to load its libraries than this to be noticed.
LOOK_EVERY_S = 5.0
# Nothing is unloaded under a draft that is being written.
_IN_USE = Lock()


def gpu_name() -> str:
    """As the driver numbers it: a worker is given one of several by the usual variable."""
    first = os.environ.get("CUDA_VISIBLE_DEVICES", "").partition(",")[0]
    return f"cuda:{first if first.isdigit() else 0}"


@contextmanager
def gpu_turn(job_id: int) -> Iterator[bool]:
    """False where a run has the device: the job stays queued, says so, and is sent again."""
    device = machine.host(), gpu_name()
    with _IN_USE:
        if not take_for_drafting(*device):
            say_that_it_waits(job_id, BUSY)
            own_models.unload()
            yield False
            return
        if is_announced(*device):
            _make_room_for_runs()
        try:
            yield True
        finally:
            leave_after_drafting(*device)


@cache
def _make_room_for_runs() -> Thread:
    """A worker without work would keep its model in the memory that a run counts on."""
    thread = Thread(target=_watch, args=(Event(),), daemon=True, name="makes room for runs")
    thread.start()
    return thread


def _watch(is_over: Event) -> None:
    while not is_over.wait(LOOK_EVERY_S):
        try:
            unload_for_runs()
        except DatabaseError as problem:
            logger.warning("the device could not be looked at: %s", problem)
        finally:
            connection.close()


def unload_for_runs() -> None:
    if is_taken_by_a_run(machine.host(), gpu_name()) and _IN_USE.acquire(blocking=False):
        try:
            own_models.unload()
        finally:
            _IN_USE.release()
