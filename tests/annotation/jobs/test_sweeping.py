from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.jobs.leases import claim
from annotation.jobs.sweeping import sweep
from annotation.models import JobState

from .asking import ask, change, long_ago, state_of

pytestmark = pytest.mark.django_db


def test_the_sweep_sends_what_was_lost_and_leaves_what_is_fresh(world, sent, committed):
    lost, fresh, waiting, unsent = [ask(world, key=f"import:{n}") for n in range(4)]
    change(lost, dispatched_at=timezone.now() - timedelta(seconds=61))
    change(waiting, dispatched_at=None, run_after=timezone.now() + timedelta(hours=1))
    change(unsent, dispatched_at=None)
    sent.clear()

    with committed():
        sweep()
    assert sorted(args[0] for _, args in sent) == [lost.pk, unsent.pk]
    with committed():
        sweep()
    assert len(sent) == 2
    assert state_of(fresh) == JobState.QUEUED


def test_the_sweep_takes_the_job_of_a_dead_worker_back(world):
    job = ask(world, max_attempts=2)
    claim(job.pk, "a worker that dies")
    sweep()
    assert state_of(job) == JobState.RUNNING

    change(job, lease_until=long_ago())
    sweep()
    assert state_of(job) == JobState.QUEUED
    assert job.run_after > timezone.now()

    change(job, run_after=long_ago())
    claim(job.pk, "another worker that dies")
    change(job, lease_until=long_ago())
    assert claim(job.pk, "a worker too many") is None
    sweep()
    assert state_of(job) == JobState.DEAD
    assert "stopped without a word" in job.error


def test_the_sweep_ends_a_cancelled_job_whose_worker_died(world):
    job = ask(world)
    claim(job.pk, "a worker that dies")
    change(job, lease_until=long_ago(), cancel_requested_at=timezone.now())
    assert claim(job.pk, "another worker") is None
    sweep()
    assert state_of(job) == JobState.CANCELLED
