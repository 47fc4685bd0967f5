"""A job to try things on, and what has become of it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from annotation.jobs import JobKind, enqueue
from annotation.models import Job


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
