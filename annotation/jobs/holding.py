"""
A worker that holds several jobs at a time: each with its own lease and its own end, and one
thread that keeps all the leases.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from .leases import held, put_back
from .running import (
    STOPPED,
    Progress,
    attempt,
    drop_broken_connection,
    fail,
    heartbeats,
    reason_of,
    take,
)

logger = logging.getLogger(__name__)


class Holding:
    """The jobs in this process that are not over."""

    def __init__(self, first: Progress) -> None:
        self._running = {first.job.pk: first}

    def __iter__(self) -> Iterator[Progress]:
        # A copy, for another thread keeps the leases.
        return iter(list(self._running.values()))

    def take(self, job_id: int) -> Progress | None:
        progress = take(job_id)
        if progress is not None:
            self._running[job_id] = progress
        return progress

    @contextmanager
    def step(self, progress: Progress) -> Iterator[None]:
        """What stops the block ends this job and no other."""
        is_stopped = True
        with attempt(progress):
            yield
            is_stopped = False
        if is_stopped or progress.is_finished:
            del self._running[progress.job.pk]

    def end_all(self, fault: Exception) -> None:
        """One alone is to blame for the fault; of several nobody knows which, so all come back."""
        left = list(self)
        if len(left) == 1:
            fail(left[0].job, fault)
            return
        logger.warning("%d jobs at a time: their attempts failed", len(left), exc_info=fault)
        drop_broken_connection()
        self.put_all_back(reason_of(fault))

    def put_all_back(self, reason: str) -> None:
        for progress in self:
            put_back(held(progress.job), progress.job, reason)


@contextmanager
def holding(first: Progress) -> Iterator[Holding]:
    """What stops the block ends all jobs that are not over."""
    jobs = Holding(first)
    with heartbeats(jobs):
        try:
            yield jobs
        except (SystemExit, KeyboardInterrupt):
            jobs.put_all_back(STOPPED)
            raise
        except Exception as fault:  # noqa: BLE001 -- the edge of a worker: the jobs get a reason
            jobs.end_all(fault)
