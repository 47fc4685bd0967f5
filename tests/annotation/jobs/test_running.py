from __future__ import annotations

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone

from annotation.jobs import Cancelled, Lost, Progress, run_job, running
from annotation.jobs.leases import claim, finish
from annotation.models import JobState

from .asking import ask, change, long_ago, state_of

pytestmark = pytest.mark.django_db


def test_a_body_gives_the_result_and_the_progress(world):
    job = ask(world)

    def body(progress: Progress):
        assert progress.job.payload == {"import": 1}
        progress.report(2, 3, "Two of three files are read.")
        return {"imported": 3}

    run_job(job.pk, body)

    assert state_of(job) == JobState.DONE
    assert job.result == {"imported": 3}
    assert job.progress == {"done": 2, "total": 3, "message": "Two of three files are read."}
    assert (job.attempts, job.error, job.lease_until) == (1, "", None)


def test_a_message_for_an_ended_or_absent_job_does_nothing(world):
    job = ask(world)
    run_job(job.pk, lambda progress: {"run": 1})
    run_job(job.pk, lambda progress: {"run": 2})
    run_job(job.pk + 1, lambda progress: {"run": 3})
    assert state_of(job) == JobState.DONE
    assert job.result == {"run": 1}


def test_a_late_loser_cannot_finish(world):
    job = ask(world)
    loser = claim(job.pk, "first worker")
    change(job, lease_until=long_ago())
    winner = claim(job.pk, "second worker")
    assert loser is not None
    assert winner is not None

    @transaction.atomic
    def write_outputs():
        world.clip(name="an output of the loser")
        finish(loser, {"by": "loser"})

    with pytest.raises(Lost):
        write_outputs()
    assert not world.project.clips.exists()

    finish(winner, {"by": "winner"})
    assert state_of(job) == JobState.DONE
    assert (job.attempts, job.result) == (2, {"by": "winner"})


def test_a_body_finishes_in_the_transaction_of_its_outputs(world):
    job = ask(world)

    def body(progress: Progress):
        with transaction.atomic():
            world.clip(name="an output")
            progress.finish({"clips": 1})
        return {"clips": 1}

    run_job(job.pk, body)
    assert state_of(job) == JobState.DONE
    assert world.project.clips.count() == 1


def test_outputs_that_fail_after_the_finish_leave_the_job_open(world):
    job = ask(world)

    def body(progress: Progress):
        with transaction.atomic():
            progress.finish({})
            raise OperationalError

    run_job(job.pk, body)
    assert state_of(job) == JobState.QUEUED


def test_a_body_stops_at_its_next_report_after_a_cancel(world, monkeypatch):
    monkeypatch.setattr(running, "REPORT_SECONDS", 0.0)
    job = ask(world)
    reports = []

    def body(progress: Progress):
        for done in range(5):
            reports.append(done)
            if done == 2:
                change(job, cancel_requested_at=timezone.now())
            progress.report(done, 5)
        return {}

    run_job(job.pk, body)
    assert state_of(job) == JobState.CANCELLED
    assert reports == [0, 1, 2]
    assert job.progress["done"] == 2


def test_a_body_stops_at_its_next_report_after_losing_its_lease(world, monkeypatch):
    monkeypatch.setattr(running, "REPORT_SECONDS", 0.0)
    job = ask(world)

    def body(progress: Progress):
        change(job, lease_until=long_ago())
        assert claim(job.pk, "another worker") is not None
        progress.report(1, 2)
        pytest.fail("went on after it lost the lease")

    run_job(job.pk, body)
    assert state_of(job) == JobState.RUNNING
    assert job.owner == "another worker"


def test_progress_says_why_it_stops(world, monkeypatch):
    monkeypatch.setattr(running, "REPORT_SECONDS", 0.0)
    job = ask(world)
    held = claim(job.pk, "a worker")
    assert held is not None
    progress = Progress(held)
    change(job, cancel_requested_at=timezone.now())
    with pytest.raises(Cancelled):
        progress.report(1, 2)
