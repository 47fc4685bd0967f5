"""What a body may run into, and what becomes of its job."""

from __future__ import annotations

from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError
from django.utils import timezone

from annotation.errors import TransitionRefused
from annotation.jobs import Progress, run_job
from annotation.models import JobState

from .asking import ask, change, long_ago, state_of

pytestmark = pytest.mark.django_db


def fail_with(fault: BaseException):
    def body(progress: Progress):
        raise fault

    return body


def test_a_refusal_ends_the_job_with_its_sentence(world):
    job = ask(world)
    run_job(job.pk, fail_with(TransitionRefused("The clip was withdrawn. Leave it out.")))
    assert state_of(job) == JobState.DEAD
    assert (job.attempts, job.error) == (1, "The clip was withdrawn. Leave it out.")


def test_a_fault_of_the_program_ends_the_job_without_its_text(world):
    job = ask(world)
    run_job(job.pk, fail_with(KeyError("/home/somebody")))
    assert state_of(job) == JobState.DEAD
    assert job.attempts == 1
    assert "KeyError" in job.error
    assert "somebody" not in job.error


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (OperationalError("connection to /run/secret failed"), "The database did not answer"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (MemoryError(), "memory"),
        (SoftTimeLimitExceeded(), "time limit"),
    ],
)
def test_a_passing_fault_brings_the_job_back_with_a_growing_wait(world, fault, reason):
    job = ask(world)
    waits = []
    for attempt in (1, 2, 3):
        run_job(job.pk, fail_with(fault))
        state = state_of(job)
        assert job.attempts == attempt
        assert reason in job.error
        assert "secret" not in job.error
        waits.append(job.run_after - timezone.now())
        run_job(job.pk, lambda progress: pytest.fail("ran before its wait was over"))
        assert state_of(job) == state
        change(job, run_after=long_ago())

    assert timedelta(0) < waits[0] < waits[1] / 2
    assert job.state == JobState.DEAD


def test_a_stopped_worker_gives_the_job_back_at_once(world):
    job = ask(world)
    with pytest.raises(SystemExit):
        run_job(job.pk, fail_with(SystemExit()))
    assert state_of(job) == JobState.QUEUED
    assert job.error == "The worker was stopped in the middle."
