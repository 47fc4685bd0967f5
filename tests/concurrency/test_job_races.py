from __future__ import annotations

from functools import partial
from threading import Barrier, Thread
from time import monotonic, sleep

import pytest
from django.db import connection, transaction
from django.utils import timezone

from annotation.errors import TransitionRefused
from annotation.jobs import JobKind, enqueue, run_job
from annotation.jobs.leases import claim, extend
from annotation.jobs.sweeping import send_unsent, sweep
from annotation.models import Job, JobState
from annotation.workflow.jobs import retry_job
from tests.concurrency.racing import codes, race
from tests.factories import World

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 8


@pytest.fixture
def sent(monkeypatch):
    numbers: list[int] = []
    monkeypatch.setattr(
        "annotation.jobs.enqueuing.current_app.send_task", lambda name, args: numbers.extend(args)
    )
    return numbers


@pytest.fixture
def world():
    return World()


def ask(world, key="import:1"):
    return enqueue(
        JobKind.RUN_IMPORT, key=key, payload={}, project=world.project, started_by=world.lena
    )


def unguarded_claim(looked: Barrier, job_id: int) -> bool:
    job = Job.objects.get(pk=job_id)
    looked.wait(timeout=30)
    if job.state != JobState.QUEUED:
        return False
    job.state, job.attempts, job.lease_until = JobState.RUNNING, 1, timezone.now()
    job.save()
    return True


def test_of_many_workers_one_wins_a_claim(world, sent):
    job = ask(world)
    claims = race(*[partial(claim, job.pk, f"worker {n}") for n in range(WORKERS)])
    assert sum(won is not None for won in claims) == 1


def test_reading_before_writing_would_let_two_win(world, sent):
    job = ask(world)
    looked = Barrier(2)
    assert race(*[partial(unguarded_claim, looked, job.pk)] * 2) == [True, True]


def test_an_abandoned_job_has_one_heir(world, sent):
    job = ask(world)
    claim(job.pk, "a worker that dies")
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now())
    heirs = race(sweep, *[partial(claim, job.pk, f"worker {n}") for n in range(WORKERS)])[1:]
    job.refresh_from_db()
    winners = [heir for heir in heirs if heir is not None]
    assert len(winners) == (1 if job.state == JobState.RUNNING else 0)
    assert job.attempts == 1 + len(winners)


def test_the_body_runs_once_whoever_gets_the_message(world, sent):
    job = ask(world)
    ran = []

    def body(progress):
        ran.append(progress.job.attempts)
        return {}

    race(*[partial(run_job, job.pk, body)] * WORKERS)
    assert ran == [1]


def test_a_double_click_asks_for_one_job(world, sent):
    jobs = race(*[partial(ask, world)] * WORKERS)
    assert Job.objects.count() == 1
    assert {job.pk for job in jobs if isinstance(job, Job)} == set(sent)
    assert len(sent) == 1


def test_two_sweeps_send_a_lost_message_once(world, sent):
    job = ask(world)
    Job.objects.update(dispatched_at=None)
    sent.clear()
    with transaction.atomic():
        send_unsent()
        race(sweep)
    assert sent == [job.pk]


def test_a_late_heartbeat_saves_the_lease_from_the_sweep(world, sent):
    running = claim(ask(world).pk, "a slow worker")
    assert running is not None
    Job.objects.update(lease_until=timezone.now())
    sweeper = Thread(target=race, args=[sweep])
    with transaction.atomic():
        extend(running)
        sweeper.start()
        wait_until_somebody_waits_for_us()
    sweeper.join()
    running.refresh_from_db()
    assert (running.state, running.owner) == (JobState.RUNNING, "a slow worker")


def wait_until_somebody_waits_for_us() -> None:
    deadline = monotonic() + 30
    blocked = "SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    with connection.cursor() as cursor:
        while True:
            cursor.execute(blocked)
            if cursor.fetchone() != (0,):
                return
            assert monotonic() < deadline, "nobody came to the lock"
            sleep(0.01)


def test_a_double_click_tries_a_dead_job_again_once(world, sent):
    job = ask(world)
    ended = {"state": JobState.DEAD, "error": "The disk was full.", "ended_at": timezone.now()}
    Job.objects.filter(pk=job.pk).update(**ended)
    again = partial(retry_job, uid=job.uid, actor=world.lena)
    assert codes(race(again, again)) == ["done", TransitionRefused.code]


def test_work_planned_in_a_lost_transaction_is_not_sent(world, sent):
    with transaction.atomic():
        ask(world)
        transaction.set_rollback(True)
    assert sent == []
    assert not Job.objects.exists()
