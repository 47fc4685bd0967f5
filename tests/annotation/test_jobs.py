from __future__ import annotations

from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError, transaction
from django.utils import timezone

from annotation.errors import TransitionRefused
from annotation.jobs import Cancelled, JobKind, Lost, Progress, enqueue, run_job, running
from annotation.jobs.leases import claim, finish
from annotation.jobs.sweeping import sweep
from annotation.models import Job, JobState
from tests.factories import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def sent(monkeypatch):
    """What went to the broker, without one."""
    messages: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(
        "annotation.jobs.enqueuing.current_app.send_task",
        lambda name, args: messages.append((name, args)),
    )
    return messages


@pytest.fixture
def committed(sent, django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def ask(world, key="import:1", **fields):
    return enqueue(
        JobKind.RUN_IMPORT,
        key=key,
        payload={"import": 1},
        project=world.project,
        started_by=world.lena,
        **fields,
    )


def change(job, **fields):
    Job.objects.filter(pk=job.pk).update(**fields)


def state_of(job):
    job.refresh_from_db()
    return job.state


def long_ago():
    return timezone.now() - timedelta(hours=1)


def test_a_job_is_sent_by_name_after_the_commit(world, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(world)
        assert sent == []
    assert sent == [("annotation.tasks.run_import", [job.pk])]
    assert job.progress == {"done": 0, "total": 0, "message": ""}


def test_the_same_key_is_the_same_work(world, sent, committed):
    with committed():
        first = ask(world)
        assert ask(world).pk == first.pk
    assert len(sent) == 1

    run_job(first.pk, lambda progress: {})
    assert ask(world).pk == first.pk
    change(first, state=JobState.DEAD, error="It could not be read.")
    assert ask(world).pk != first.pk


def test_without_a_broker_the_job_waits(world, settings, django_capture_on_commit_callbacks):
    from celery import current_app

    with (
        current_app.connection_for_write("redis+socket:///nowhere/valkey.sock") as nowhere,
        pytest.MonkeyPatch.context() as patch,
        django_capture_on_commit_callbacks(execute=True),
    ):
        send = current_app.send_task
        patch.setattr(
            "annotation.jobs.enqueuing.current_app.send_task",
            lambda name, args: send(name, args, connection=nowhere),
        )
        job = ask(world)
    assert state_of(job) == JobState.QUEUED


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
