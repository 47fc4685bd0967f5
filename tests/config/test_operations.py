"""What operators see of the tables, and that they change nothing there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from annotation.models import Job, JobState
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead_job():
    return Job.objects.create(
        kind="annotation.tasks.run_import",
        key="a",
        state=JobState.DEAD,
        ended_at=timezone.now(),
        error="The worker that ran this stopped without a word.",
    )


@pytest.fixture
def operator():
    client = Client()
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    return client


def test_operators_find_dead_jobs_with_their_reasons(operator, dead_job):
    other = Job.objects.create(kind="annotation.tasks.run_export", key="b")
    page = operator.get("/operations/annotation/job/", {"state__exact": "dead"}).content.decode()
    assert dead_job.uid in page
    assert dead_job.error in page
    assert other.uid not in page


@pytest.mark.parametrize("action", ["add/", "{}/delete/"])
def test_operators_add_and_remove_no_jobs(operator, dead_job, action):
    path = f"/operations/annotation/job/{action.format(dead_job.pk)}"
    assert operator.post(path, {"post": "yes"}).status_code == 403
    assert Job.objects.count() == 1


def test_operators_change_no_job(operator, dead_job):
    answer = operator.post(f"/operations/annotation/job/{dead_job.pk}/change/", {"state": "done"})
    assert answer.status_code == 403
    dead_job.refresh_from_db()
    assert dead_job.state == JobState.DEAD


def test_members_of_projects_do_not_see_the_tables(dead_job):
    client = Client()
    client.force_login(UserFactory.create())
    answer = client.get("/operations/annotation/job/", follow=True)
    assert answer.status_code == 403
    assert dead_job.uid not in answer.content.decode()
