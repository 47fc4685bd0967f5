"""How much waits before a project's drafts, and for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.errors import NotAllowed
from annotation.jobs import JobKind
from annotation.models import DraftStatus, Job, JobState
from annotation.queries.draft_queue import draft_queue_of, place_of
from annotation.workflow.promoting import shipped_signals
from tests.factories import DraftFactory, World

pytestmark = pytest.mark.django_db


def a_job(**fields):
    keyed = {"kind": JobKind.DRAFT_CLIP, "key": f"draft:{Job.objects.count()}"}
    return Job.objects.create(**{**keyed, **fields})


def running(job):
    lease = timezone.now() + timedelta(minutes=1)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, lease_until=lease)
    return job


def asked(world, job):
    version = shipped_signals()
    return DraftFactory(
        clip=world.open_clip(),
        kind="signals",
        generator=version.name,
        version=version,
        status=DraftStatus.REQUESTED,
        document=None,
        ended_at=None,
        job=job,
    )


def ended(seconds_ago, count):
    now = timezone.now()
    for _ in range(count):
        job = a_job(state=JobState.DONE, ended_at=now)
        Job.objects.filter(pk=job.pk).update(created_at=now - timedelta(seconds=seconds_ago))


def test_what_waits_what_runs_and_what_stands_before_it():
    world, other = World(), World()
    asked(other, a_job())
    asked(world, running(a_job()))
    a_job(kind=JobKind.DRAFT_ON_DEVICE)
    asked(world, a_job())
    asked(world, a_job())
    (row,) = draft_queue_of(world.project.pk, world.mila)
    assert (row.name, row.waiting, row.running, row.ahead) == (shipped_signals().name, 2, 1, 2)
    assert row.seconds_left is None


def test_the_time_left_follows_the_pace_of_what_ended_lately():
    world = World()
    ended(seconds_ago=30, count=3)
    for _ in range(4):
        asked(world, a_job())
    (row,) = draft_queue_of(world.project.pk, world.mila)
    assert row.seconds_left == pytest.approx(40, rel=0.05)


def test_a_draft_that_waits_knows_its_place():
    world = World()
    ended(seconds_ago=30, count=3)
    first, second = (asked(world, a_job()) for _ in range(2))
    place = place_of(second)
    assert place
    assert place.ahead == 1
    assert place.seconds_left == pytest.approx(20, rel=0.05)
    running(first.job)
    first.refresh_from_db()
    assert place_of(first) is None


def test_what_ended_long_ago_tells_no_pace():
    world = World()
    ended(seconds_ago=30, count=3)
    Job.objects.update(ended_at=timezone.now() - timedelta(minutes=11))
    asked(world, a_job())
    assert draft_queue_of(world.project.pk, world.mila)[0].seconds_left is None


def test_nothing_waits_and_others_do_not_ask():
    world = World()
    DraftFactory(clip=world.open_clip())
    assert draft_queue_of(world.project.pk, world.lena) == []
    with pytest.raises(NotAllowed):
        draft_queue_of(world.project.pk, world.ada)
