"""Jobs that misbehave. Each writes a line with its process into the folder it is given."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from celery import shared_task
from django.db import OperationalError, transaction

from annotation.jobs import Progress, run_job

PATIENCE_S = 30


class MisbehavingKind(StrEnum):
    COUNT = "tests.jobs.tasks.count"
    HOLD = "tests.jobs.tasks.hold"
    HOLD_IN_SILENCE = "tests.jobs.tasks.hold_in_silence"
    POISON = "tests.jobs.tasks.poison"
    FAIL_COMMIT = "tests.jobs.tasks.fail_commit"


def write_line(progress: Progress) -> Path:
    folder = Path(progress.job.payload["folder"])
    with (folder / "runs").open("a") as log:
        log.write(f"{os.getpid()}\n")
    return folder


def count_body(progress: Progress) -> dict[str, object]:
    write_line(progress)
    return {"attempt": progress.job.attempts}


def hold_body(progress: Progress) -> dict[str, object]:
    wait_at_gate(progress, lambda: progress.report(1, 2, "Waiting at the gate."))
    return {"attempt": progress.job.attempts}


def hold_in_silence_body(progress: Progress) -> dict[str, object]:
    wait_at_gate(progress, lambda: None)
    return {"attempt": progress.job.attempts}


def wait_at_gate(progress: Progress, meanwhile: Callable[[], None]) -> None:
    gate = write_line(progress) / "gate"
    deadline = time.monotonic() + PATIENCE_S
    while not gate.exists():
        assert time.monotonic() < deadline, "nobody opened the gate"
        meanwhile()
        time.sleep(0.02)


def poison_body(progress: Progress) -> dict[str, object]:
    write_line(progress)
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def fail_commit_body(progress: Progress) -> dict[str, object]:
    """The outputs of the first attempt are lost with its transaction, the finish with them."""
    write_line(progress)
    with transaction.atomic():
        progress.finish({"attempt": progress.job.attempts})
        if progress.job.attempts == 1:
            raise OperationalError
    return {}


@shared_task
def count(job_id: int) -> None:
    run_job(job_id, count_body)


@shared_task
def hold(job_id: int) -> None:
    run_job(job_id, hold_body)


@shared_task
def hold_in_silence(job_id: int) -> None:
    run_job(job_id, hold_in_silence_body)


@shared_task
def poison(job_id: int) -> None:
    run_job(job_id, poison_body)


@shared_task
def fail_commit(job_id: int) -> None:
    run_job(job_id, fail_commit_body)
