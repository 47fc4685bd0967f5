"""
The guarded updates that keep one worker to a job.

Each names the attempt it belongs to, so a worker that lost its lease changes nothing. They filter
on the row's own columns only: through a join PostgreSQL would not look again after waiting for the
lock, and two workers would win. Times are the database's, because machines differ.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now

from annotation.models import Job, JobState

from .enqueuing import nothing_done

logger = logging.getLogger(__name__)

WAITS_ITS_TURN = (
    "Another job of this kind runs in the project. This one begins when that one has ended."
)


class Lost(Exception):
    """The lease ran out and the job went on without this worker, which must write nothing more."""


class Cancelled(Exception):
    """Somebody asked for the job to stop."""


def from_now(seconds: float) -> CombinedExpression:
    return Now() + timedelta(seconds=seconds)


def claim(job_id: int, owner: str) -> Job | None:
    """None when there is nothing to do now: a doubled, early or late message ends here."""
    try:
        with transaction.atomic():
            won = _claim(job_id, owner)
    except IntegrityError:
        # `job_one_running_of_a_kind`: no other constraint looks at what a claim changes.
        _say_that_it_waits(job_id)
        return None
    return Job.objects.get(pk=job_id) if won else None


def _claim(job_id: int, owner: str) -> bool:
    waiting = Q(state=JobState.QUEUED, run_after__lte=Now())
    abandoned = Q(state=JobState.RUNNING, lease_until__lt=Now())
    return bool(
        Job.objects.filter(pk=job_id, attempts__lt=F("max_attempts"))
        .filter(waiting | abandoned, cancel_requested_at__isnull=True)
        .update(
            state=JobState.RUNNING,
            owner=owner,
            attempts=F("attempts") + 1,
            lease_until=from_now(settings.JOB_LEASE_SECONDS),
            progress=nothing_done(),
        )
    )


def _say_that_it_waits(job_id: int) -> None:
    Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        progress=nothing_done(WAITS_ITS_TURN)
    )


def held(job: Job) -> QuerySet[Job]:
    """The row, as long as this attempt still has it."""
    return Job.objects.filter(
        pk=job.pk, state=JobState.RUNNING, owner=job.owner, attempts=job.attempts
    )


def extend(job: Job) -> None:
    """Renews the lease and stores the progress."""
    lease_until = from_now(settings.JOB_LEASE_SECONDS)
    if not held(job).update(lease_until=lease_until, progress=job.progress):
        raise Lost
    if held(job).filter(cancel_requested_at__isnull=False).exists():
        raise Cancelled


def finish(job: Job, result: dict[str, object]) -> None:
    """Call last in the transaction that writes the outputs: a late loser takes them back."""
    if not end(held(job), JobState.DONE, result=result, progress=job.progress, error=""):
        raise Lost


def put_back(row: QuerySet[Job], job: Job, reason: str) -> None:
    """Lets the job be tried again after a growing wait, or ends it when it was tried enough."""
    if job.attempts >= job.max_attempts:
        give_up(row, job, reason)
        return
    row.update(
        state=JobState.QUEUED,
        lease_until=None,
        dispatched_at=None,
        run_after=from_now(settings.JOB_RETRY_SECONDS * 4 ** (job.attempts - 1)),
        progress=nothing_done(),
        error=reason,
    )


def give_up(row: QuerySet[Job], job: Job, reason: str) -> None:
    """Puts the job on the dead list, where a person reads the reason and may try again."""
    if end(row, JobState.DEAD, error=reason):
        logger.error("job %s %s is dead after attempt %s", job.pk, job.kind, job.attempts)


def end(row: QuerySet[Job], state: JobState, **fields: object) -> bool:
    return bool(row.update(state=state, lease_until=None, ended_at=Now(), **fields))
