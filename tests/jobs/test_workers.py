"""Whatever happens to messages and processes, a job ends once or is dead with its reason."""

from __future__ import annotations

import os
import signal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotation.jobs.enqueuing import send
from annotation.jobs.sweeping import sweep
from annotation.models import Job, JobState, Membership, Role
from annotation.workflow.jobs import cancel_job, retry_job
from tests.factories import World
from tests.jobs.conftest import until
from tests.jobs.tasks import MisbehavingKind as Kind

pytestmark = pytest.mark.slow_process


def test_a_message_delivered_many_times_runs_the_job_once(jobs):
    job = jobs.ask(Kind.HOLD)
    for _ in range(5):
        send(job.pk, job.kind)
    jobs.started(job)
    # The second process takes the copies while the first holds the job.
    until(lambda: jobs.broker.waiting() == 0, "the copies being taken")
    jobs.open_gate(job)

    jobs.ended(job, JobState.DONE)
    assert len(jobs.runs(job)) == 1
    assert job.result == {"attempt": 1}


def test_a_killed_process_costs_one_attempt(jobs):
    job = jobs.ask(Kind.HOLD)
    jobs.started(job)
    os.kill(jobs.runs(job)[0], signal.SIGKILL)
    jobs.open_gate(job)

    jobs.ended(job, JobState.DONE)
    assert job.result == {"attempt": 2}
    assert len(set(jobs.runs(job))) == 2


def test_jobs_that_run_alone_follow_one_another(jobs):
    project = World().project
    first = jobs.ask(Kind.HOLD, "first", project=project, runs_alone=True)
    jobs.started(first)
    second = jobs.ask(Kind.HOLD, "second", project=project, runs_alone=True)
    # The second process takes the other message and finds that it is not its turn.
    until(lambda: jobs.broker.waiting() == 0, "the second message being taken")
    until(lambda: Job.objects.get(pk=second.pk).progress["message"], "the second's word of it")
    assert jobs.runs(second) == []
    jobs.open_gate(first)
    # By the end of the first, long before the sweep would send it again.
    jobs.started(second)
    jobs.open_gate(second)
    for job in (first, second):
        jobs.ended(job, JobState.DONE)
        assert job.attempts == 1


def test_a_poison_job_is_parked_with_its_reason_and_harms_no_other(jobs):
    poison = jobs.ask(Kind.POISON, "poison", max_attempts=2)
    other = jobs.ask(Kind.COUNT, "other")

    jobs.ended(poison, JobState.DEAD)
    assert "stopped without a word" in poison.error
    assert len(jobs.runs(poison)) == 2
    jobs.ended(other, JobState.DONE)
    assert len(jobs.runs(other)) == 1


def test_an_emptied_broker_loses_nothing(jobs):
    holding = [jobs.ask(Kind.HOLD, f"holding {n}") for n in range(2)]
    for job in holding:
        jobs.started(job)
    waiting = [jobs.ask(Kind.COUNT, f"waiting {n}") for n in range(3)]
    until(jobs.broker.waiting, "messages behind the running jobs")
    jobs.broker.empty()
    for job in holding:
        jobs.open_gate(job)

    for job in holding + waiting:
        jobs.ended(job, JobState.DONE)
        assert len(jobs.runs(job)) == 1


def test_work_planned_in_a_transaction_that_cannot_commit_is_never_sent(jobs):
    nothing = 0

    @transaction.atomic
    def plan():
        """PostgreSQL asks at the commit whether the project and the person exist."""
        jobs.ask(Kind.COUNT, "planned")
        Membership.objects.create(project_id=nothing, user_id=nothing, role=Role.LEAD)

    with pytest.raises(IntegrityError, match="foreign key"):
        plan()
    later = jobs.ask(Kind.COUNT, "later")
    jobs.ended(later, JobState.DONE)
    assert Job.objects.get() == later
    assert not (jobs.folder / "planned" / "runs").exists()


def test_outputs_that_could_not_be_committed_are_made_again(jobs):
    job = jobs.ask(Kind.FAIL_COMMIT)
    jobs.ended(job, JobState.DONE)
    assert job.result == {"attempt": 2}
    assert len(jobs.runs(job)) == 2


def test_a_running_job_stops_when_asked_and_can_be_tried_again(jobs):
    world = World()
    job = jobs.ask(Kind.HOLD)
    Job.objects.filter(pk=job.pk).update(project=world.project)
    jobs.started(job)
    cancel_job(uid=job.uid, actor=world.lena)
    jobs.ended(job, JobState.CANCELLED)

    jobs.open_gate(job)
    retry_job(uid=job.uid, actor=world.lena)
    jobs.ended(job, JobState.DONE)
    assert job.result == {"attempt": 2}


def test_heartbeats_keep_a_long_job_from_a_second_worker(jobs):
    job = jobs.ask(Kind.HOLD_IN_SILENCE)
    jobs.started(job)
    job.refresh_from_db()
    first_lease = job.lease_until

    until(lambda: timezone.now() > first_lease, "the end of the first lease")
    sweep()
    send(job.pk, job.kind)
    until(lambda: jobs.broker.waiting() == 0, "the copy being taken")
    jobs.open_gate(job)
    jobs.ended(job, JobState.DONE)
    assert len(jobs.runs(job)) == 1


def test_a_machine_that_goes_down_with_its_jobs_is_replaced(jobs):
    held = [jobs.ask(Kind.HOLD, f"held {n}") for n in range(2)]
    for job in held:
        jobs.started(job)
    jobs.worker.kill()
    for job in held:
        jobs.open_gate(job)
    jobs.worker.start()

    for job in held:
        jobs.ended(job, JobState.DONE)
        assert job.result == {"attempt": 2}


def test_a_worker_that_is_told_to_stop_gives_its_job_back(jobs):
    job = jobs.ask(Kind.HOLD)
    jobs.started(job)
    jobs.worker.stop()
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.QUEUED, "The worker was stopped in the middle.")

    jobs.worker.start()
    jobs.open_gate(job)
    jobs.ended(job, JobState.DONE)
    assert job.result == {"attempt": 2}
