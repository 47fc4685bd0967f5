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

# Nine attempts with this bound reach over an hour in which the other side is down.
LONGEST_WAIT_S = 15 * 60.0
# Somebody else's word for how long to wait is not taken for more than this.
MOST_ASKED_WAIT_S = 3600.0
WAITS_ITS_TURN = (
    "Another job of this kind runs in the project. This one begins when that one has ended."
)


class Lost(Exception):
    """The lease ran out and the job went on without this worker, which must write nothing more."""


class Cancelled(Exception):
    """Somebody asked for the job to stop."""


class TryLater(Exception):
    """
    What the job needs cannot answer now; the reason is for people who see the job.

    `wait_s` is how long at least it is to be left alone. A wait for one's turn costs no attempt.
    """

    def __init__(self, reason: str, *, wait_s: float = 0.0, costs_attempt: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait_s = min(wait_s, MOST_ASKED_WAIT_S)
        self.costs_attempt = costs_attempt


def from_now(seconds: float) -> CombinedExpression:
    return Now() + timedelta(seconds=seconds)


def claim(job_id: int, owner: str) -> Job | None:
    """None when there is nothing to do now: a doubled, early or late message ends here."""
    try:
        with transaction.atomic():
            won = _claim(job_id, owner)
    except IntegrityError:
        # `job_one_running_of_a_kind`: no other constraint looks at what a claim changes.
        say_that_it_waits(job_id, WAITS_ITS_TURN)
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


def say_that_it_waits(job_id: int, reason: str) -> None:
    Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(progress=nothing_done(reason))


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


def put_back(row: QuerySet[Job], job: Job, reason: str, wait_s: float = 0.0) -> None:
    """
    Lets the job be tried again after a growing wait, and not before `wait_s` seconds; or ends it
    when it was tried enough.
    """
    if job.attempts >= job.max_attempts:
        give_up(row, job, reason)
        return
    # The exponent is bounded too: jobs that wait for their turn count many attempts.
    growing = settings.JOB_RETRY_SECONDS * 4 ** min(job.attempts - 1, 10)
    _queue_again(row, reason, max(wait_s, min(growing, LONGEST_WAIT_S)))


def postpone(row: QuerySet[Job], job: Job, later: TryLater) -> None:
    """What `TryLater` asks for."""
    if later.costs_attempt:
        put_back(row, job, later.reason, later.wait_s)
        return
    # The attempts are the fencing token, so they go on counting and the bound moves along.
    _queue_again(row, later.reason, later.wait_s, max_attempts=F("max_attempts") + 1)


def _queue_again(row: QuerySet[Job], reason: str, wait_s: float, **fields: object) -> None:
    row.update(
        state=JobState.QUEUED,
        lease_until=None,
        dispatched_at=None,
        run_after=from_now(wait_s),
        progress=nothing_done(),
        error=reason,
        **fields,
    )


def give_up(row: QuerySet[Job], job: Job, reason: str) -> None:
    """Puts the job on the dead list, where a person reads the reason and may try again."""
    if end(row, JobState.DEAD, error=reason):
        logger.error("job %s %s is dead after attempt %s", job.pk, job.kind, job.attempts)


def end(row: QuerySet[Job], state: JobState, **fields: object) -> bool:
    return bool(row.update(state=state, lease_until=None, ended_at=Now(), **fields))
