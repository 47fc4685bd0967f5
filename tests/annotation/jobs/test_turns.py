"""S90: of work that is heavy, one job of a kind at a time in a project. The next waits its turn."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from annotation.jobs import JobKind, enqueue, run_job
from annotation.jobs.leases import WAITS_ITS_TURN, claim
from annotation.jobs.sweeping import sweep
from annotation.models import Job, JobState
from annotation.workflow.exporting import start_export
from annotation.workflow.releasing import freeze
from tests.factories import ProjectFactory, World
from tests.steps import consolidated_clip

from .asking import ask, change, long_ago, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(world, sent):
    """One runs, the other's message came too early."""
    first, second = [ask(world, f"import:{number}", runs_alone=True) for number in range(2)]
    assert claim(first.pk, "a worker")
    assert claim(second.pk, "another worker") is None
    sent.clear()
    return first, second


def test_the_second_of_a_kind_waits_and_says_so(pair):
    _, second = pair
    assert state_of(second) == JobState.QUEUED
    assert second.progress["message"] == WAITS_ITS_TURN
    assert second.attempts == 0


def test_the_end_of_the_first_sends_the_next(world, sent):
    first, second, third = [ask(world, f"import:{n}", runs_alone=True) for n in range(3)]

    def body(progress):
        run_job(second.pk, lambda progress: pytest.fail("ran beside the first"))
        sent.clear()
        return {}

    run_job(first.pk, body)
    assert sent == [("annotation.tasks.run_import", [second.pk])]
    run_job(second.pk, lambda progress: {})
    assert (state_of(second), second.progress["message"]) == (JobState.DONE, "")
    assert sent[1:] == [("annotation.tasks.run_import", [third.pk])]


def test_the_next_is_sent_when_the_worker_of_the_first_died(pair, sent):
    first, second = pair
    change(first, lease_until=long_ago())
    sweep()
    assert state_of(first) == JobState.QUEUED
    assert [numbers for _, numbers in sent] == [[second.pk]]
    assert claim(second.pk, "another worker")


@pytest.mark.parametrize("other", ["kind", "project", "no project", "not alone"])
def test_work_of_another_sort_goes_on_beside_it(world, sent, other):
    fields = {
        "kind": JobKind.RUN_IMPORT,
        "project": world.project,
        "payload": {},
        "started_by": world.lena,
        "runs_alone": True,
    }
    running = enqueue(**fields, key="first")
    assert claim(running.pk, "a worker")
    changed: dict[str, dict[str, object]] = {
        "kind": {"kind": JobKind.RUN_EXPORT},
        "project": {"project": ProjectFactory()},
        "no project": {"project": None},
        "not alone": {"runs_alone": False},
    }
    beside = enqueue(**{**fields, **changed[other]}, key="second")
    assert claim(beside.pk, "another worker")


def test_the_database_refuses_two_that_run(pair):
    _, second = pair
    with (
        pytest.raises(IntegrityError, match="job_one_running_of_a_kind"),
        transaction.atomic(),
    ):
        change(second, state=JobState.RUNNING, lease_until=long_ago())


def test_exports_run_alone(sent):
    world = World(cross_validation_check_share=0.0)
    consolidated_clip(world)
    version = freeze(project_id=world.project.pk, actor=world.mila)
    for _ in range(2):
        start_export(version_uid=version.uid, actor=world.mila, format="native-jsonl")
    first, second = Job.objects.filter(kind=JobKind.RUN_EXPORT).order_by("pk")
    assert claim(first.pk, "a worker")
    assert claim(second.pk, "another worker") is None
