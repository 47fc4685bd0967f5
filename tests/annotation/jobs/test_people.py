from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone

from annotation.errors import NotFound, TransitionRefused
from annotation.jobs import JobKind, enqueue, run_job
from annotation.jobs.leases import claim, finish
from annotation.models import Job, JobState, WorkflowEvent
from annotation.workflow.jobs import cancel_job, jobs_for, retry_job
from tests.factories import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def job(world):
    """Started by Ada, an annotator."""
    return ask(world)


def ask(world):
    return enqueue(
        JobKind.RUN_EXPORT, key="export:1", payload={}, project=world.project, started_by=world.ada
    )


def end(job, state, error=""):
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(state=state, ended_at=now, error=error, attempts=3)


def events(world):
    found = WorkflowEvent.objects.filter(project=world.project).order_by("pk")
    return list(found.values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("ada", True),
        ("bela", False),
        ("dana", False),
        ("lena", True),
        ("mila", True),
        ("vera", False),
        ("finn", False),
    ],
)
def test_only_leads_ml_staff_and_the_starter_reach_a_job(world, job, name, sees):
    actor = getattr(world, name)
    assert jobs_for(actor).filter(pk=job.pk).exists() == sees
    if sees:
        assert cancel_job(uid=job.uid, actor=actor).state == JobState.CANCELLED
        assert retry_job(uid=job.uid, actor=actor).state == JobState.QUEUED
        return
    for call in (cancel_job, retry_job):
        with pytest.raises(NotFound):
            call(uid=job.uid, actor=actor)


def test_a_job_of_another_project_is_not_found(world, job):
    with pytest.raises(NotFound):
        cancel_job(uid=job.uid, actor=World().lena)


def test_who_left_the_project_no_longer_reaches_what_they_started(world, job):
    world.ada.memberships.all().delete()
    assert not jobs_for(world.ada).exists()


def test_a_person_of_several_roles_sees_a_job_once(world, job):
    world.project.memberships.create(user=world.lena, role="ml")
    assert jobs_for(world.lena).count() == 1


def test_a_cancelled_job_is_never_run(world, job):
    assert job.can_cancel
    cancelled = cancel_job(uid=job.uid, actor=world.lena)
    assert not cancelled.can_cancel
    run_job(job.pk, lambda progress: pytest.fail("ran although it was cancelled"))
    assert cancel_job(uid=job.uid, actor=world.lena).state == JobState.CANCELLED
    assert events(world) == ["job.cancelled"]


def test_a_running_job_is_asked_to_stop(world, job):
    held = claim(job.pk, "a worker")
    asked = cancel_job(uid=job.uid, actor=world.lena)
    assert (asked.state, asked.can_cancel) == (JobState.RUNNING, False)

    assert held is not None
    finish(held, {})
    with pytest.raises(TransitionRefused):
        retry_job(uid=job.uid, actor=world.lena)


@pytest.mark.parametrize("state", [JobState.DONE, JobState.DEAD])
def test_an_ended_job_cannot_be_cancelled(world, job, state):
    end(job, state, error="It could not be read.")
    with pytest.raises(TransitionRefused, match="ended already"):
        cancel_job(uid=job.uid, actor=world.lena)


def test_a_dead_job_is_tried_again_as_often_as_a_new_one(
    world, job, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(
        "annotation.jobs.enqueuing.current_app.send_task",
        lambda name, args: sent.append((name, args)),
    )
    end(job, JobState.DEAD, error="The disk was full.")

    with django_capture_on_commit_callbacks(execute=True):
        again = retry_job(uid=job.uid, actor=world.lena)

    assert (again.state, again.error, again.ended_at) == (JobState.QUEUED, "", None)
    assert (again.attempts, again.max_attempts) == (3, 6)
    assert sent == [("annotation.tasks.run_export", [job.pk])]
    assert events(world) == ["job.retried"]
    run_job(job.pk, lambda progress: {"ran": 1})
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 4)


def test_a_dead_job_whose_work_was_started_anew_stays_dead(world, job):
    end(job, JobState.DEAD, error="The disk was full.")
    ask(world)
    with pytest.raises(TransitionRefused, match="started again since"), transaction.atomic():
        retry_job(uid=job.uid, actor=world.lena)
    assert events(world) == []
