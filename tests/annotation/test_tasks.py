from __future__ import annotations

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from annotation.jobs import JobKind
from annotation.models import ClipStage, JobState
from annotation.tasks import open_overdue_clips, sweep
from config.celery import QUEUES
from tests.annotation.jobs.asking import ask, change, state_of
from tests.factories import World


@pytest.fixture
def task_names():
    current_app.loader.import_default_modules()
    # By the own settings of the io, ml and train workers: the others never load them.
    current_app.loader.import_task_module("annotation.io_tasks")
    current_app.loader.import_task_module("annotation.ml_tasks")
    current_app.loader.import_task_module("annotation.train_tasks")
    return set(current_app.tasks)


@pytest.mark.parametrize("kind", JobKind)
def test_every_kind_of_job_names_a_task(kind, task_names):
    assert kind in task_names


@pytest.mark.parametrize("entry", settings.CELERY_BEAT_SCHEDULE.values())
def test_the_timetable_names_tasks_and_queues(entry, task_names):
    assert entry["task"] in task_names
    assert entry["options"]["queue"] in QUEUES


@pytest.mark.django_db
def test_all_clips_that_waited_long_enough_are_opened():
    world = World(draft_wait_minutes=10)
    overdue = timezone.now() - timedelta(minutes=11)
    late = [world.clip(stage_since=overdue) for _ in range(3)]
    fresh = world.clip()

    open_overdue_clips()

    for clip in [*late, fresh]:
        clip.refresh_from_db()
    assert {clip.stage for clip in late} == {ClipStage.ANNOTATING}
    assert fresh.stage == ClipStage.DRAFTING


@pytest.mark.django_db
def test_the_sweep_is_a_task():
    job = ask(World())
    change(job, cancel_requested_at=timezone.now())
    sweep()
    assert state_of(job) == JobState.CANCELLED
