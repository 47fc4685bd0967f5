from __future__ import annotations

import pytest

from annotation.jobs import run_job
from annotation.models import JobState

from .asking import ask, change, state_of

pytestmark = pytest.mark.django_db


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
