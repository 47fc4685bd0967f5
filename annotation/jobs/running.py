"""What a task calls: claim the job, keep its lease while the body works, and end it once."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    connection,
)

from annotation.errors import WorkflowError
from annotation.models import Job, JobState

from .enqueuing import send_next
from .leases import (
    Cancelled,
    Lost,
    TryLater,
    claim,
    end,
    extend,
    finish,
    give_up,
    held,
    postpone,
    put_back,
)

logger = logging.getLogger(__name__)

# What may be gone at the next attempt. OSError holds network, disk and time-outs.
PASSING = (OperationalError, InterfaceError, OSError, MemoryError, SoftTimeLimitExceeded)
# Often enough for a progress bar, seldom enough for a loop over thousands of records.
REPORT_SECONDS = 1.0
STOPPED = "The worker was stopped in the middle."


class Progress:
    """A running job in the hands of its body."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.is_finished = False
        self._stop: Exception | None = None
        self._stored_at = monotonic()

    def report(self, done: int, total: int, message: str = "") -> None:
        """
        Tells how far the work is. Call it between pieces of work, outside transactions.

        Raises Lost or Cancelled when the body has to stop; let them pass.
        """
        self.job.progress = {"done": done, "total": total, "message": message}
        if self._stop is None and monotonic() - self._stored_at >= REPORT_SECONDS:
            self.beat()
        if self._stop is not None:
            raise self._stop

    def beat(self) -> None:
        self._stored_at = monotonic()
        try:
            extend(self.job)
        except (Lost, Cancelled) as stop:
            self._stop = stop

    def finish(self, result: dict[str, object]) -> None:
        """
        Ends the job as done, as the last statement of the transaction that writes the outputs.

        Needed only by a body whose outputs must not be written twice; it then returns the same.
        """
        finish(self.job, result)
        self.is_finished = True


Body = Callable[[Progress], dict[str, object]]


def run_job(job_id: int, body: Body) -> None:
    """
    Runs the body once for this attempt; what it returns is the job's result.

    A refusal of the workflow ends the job with its sentence, a passing fault brings it back
    later, any other fault ends it.
    """
    progress = take(job_id)
    if progress is None:
        logger.info("job %s is not to be run now", job_id)
        return
    job = progress.job
    with heartbeats([progress]), attempt(progress):
        result = body(progress)
        if not progress.is_finished:
            progress.finish(result)
    send_next(job)
    logger.info("job %s %s: attempt %s is over", job.pk, job.kind, job.attempts)


def take(job_id: int) -> Progress | None:
    """Claims the job for this process; None when there is nothing to do now."""
    job = claim(job_id, f"{socket.gethostname()}:{os.getpid()}")
    return Progress(job) if job else None


@contextmanager
def heartbeats(running: Iterable[Progress]) -> Iterator[None]:
    """A thread of its own, so that a long call in the body does not cost the leases."""
    is_over = Event()
    thread = Thread(target=_beat_until, args=(is_over, running), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _beat_until(is_over: Event, running: Iterable[Progress]) -> None:
    try:
        while not is_over.wait(settings.JOB_HEARTBEAT_SECONDS):
            for progress in running:
                _beat(progress)
    finally:
        connection.close()


def _beat(progress: Progress) -> None:
    try:
        progress.beat()
    except DatabaseError as problem:
        # The lease outlasts a few missed beats; the next one takes a fresh connection.
        logger.warning("job %s: heartbeat missed: %s", progress.job.pk, problem)
        connection.close()


@contextmanager
def attempt(progress: Progress) -> Iterator[None]:
    """What stops the block ends this attempt as it deserves."""
    job = progress.job
    try:
        yield
    except Cancelled:
        end(held(job), JobState.CANCELLED, progress=job.progress)
    except Lost:
        logger.warning("job %s: attempt %s lost its lease", job.pk, job.attempts)
    except TryLater as later:
        logger.info("job %s: attempt %s put off: %s", job.pk, job.attempts, later.reason)
        postpone(held(job), job, later)
    except WorkflowError as refusal:
        give_up(held(job), job, refusal.message)
    except (SystemExit, KeyboardInterrupt):
        put_back(held(job), job, STOPPED)
        raise
    except Exception as fault:  # noqa: BLE001 -- the edge of a worker: the job gets a reason
        fail(job, fault)


def fail(job: Job, fault: Exception) -> None:
    logger.warning("job %s: attempt %s failed", job.pk, job.attempts, exc_info=fault)
    drop_broken_connection()
    answer = put_back if isinstance(fault, PASSING) else give_up
    answer(held(job), job, reason_of(fault))


def drop_broken_connection() -> None:
    """The fault may have been the connection that the next statement needs."""
    if not connection.is_usable():
        connection.close()


def reason_of(fault: Exception) -> str:
    """For people who may see the job: no text of the fault, which can hold paths or captions."""
    if isinstance(fault, SoftTimeLimitExceeded):
        return "The work took longer than its time limit. Split it, or raise the limit."
    if isinstance(fault, OperationalError | InterfaceError):
        return "The database did not answer. Try again when it is back."
    if isinstance(fault, OSError) and fault.strerror:
        return f"The system refused: {fault.strerror}. Mend that, then try again."
    if isinstance(fault, MemoryError):
        return "The memory of the worker was not enough. Give it more, then try again."
    return (
        f"The program failed here ({type(fault).__name__}). "
        "The log of the worker holds the details; report them."
    )
