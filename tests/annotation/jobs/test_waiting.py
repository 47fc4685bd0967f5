"""A job whose other side asks to be left alone for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.jobs import TryLater, run_job
from annotation.models import JobState

from .asking import ask, change, long_ago, state_of

pytestmark = pytest.mark.django_db
BUSY = "The model is busy."


def put_off(job, **options):
    """Runs an attempt that is put off; answers for how many seconds."""

    def body(progress):
        raise TryLater(BUSY, **options)

    change(job, run_after=long_ago())
    run_job(job.pk, body)
    state = state_of(job)
    return state, (job.run_after - timezone.now()).total_seconds()


def test_the_wait_asked_for_is_kept(world):
    job = ask(world)
    state, wait_s = put_off(job, wait_s=300)
    assert (state, job.error, job.attempts) == (JobState.QUEUED, BUSY, 1)
    assert 290 < wait_s <= 300


def test_nobody_may_ask_for_days(world):
    _, wait_s = put_off(ask(world), wait_s=timedelta(days=9).total_seconds())
    assert 3590 < wait_s <= 3600


def test_waits_grow_to_a_bound_and_outlast_an_hour(world):
    job = ask(world, max_attempts=9)
    waits = [round(put_off(job)[1], -1) for _ in range(8)]
    assert waits == sorted(waits)
    assert max(waits) <= 900
    assert sum(waits) > 3600
    assert put_off(job)[0] == JobState.DEAD
    assert job.error == BUSY


def test_waiting_for_ones_turn_costs_no_attempt(world):
    job = ask(world, max_attempts=2)
    for _ in range(20):
        state, wait_s = put_off(job, wait_s=30, costs_attempt=False)
        assert state == JobState.QUEUED
        assert wait_s <= 30
    run_job(job.pk, lambda progress: {"done": True})
    assert state_of(job) == JobState.QUEUED
    change(job, run_after=long_ago())
    run_job(job.pk, lambda progress: {"done": True})
    assert state_of(job) == JobState.DONE
