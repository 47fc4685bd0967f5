"""What people may do with background work."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from annotation.errors import NotFound, TransitionRefused
from annotation.jobs.enqueuing import send_after_commit
from annotation.models import Job, JobState, Membership, Role, User

from .recording import record_in_project

ATTEMPTS_MORE = 3


def jobs_for(actor: User) -> QuerySet[Job]:
    """Leads and ML staff see the jobs of their projects, other members those they started."""
    membership = Membership.objects.filter(project=OuterRef("project"), user=actor)
    sees_all = Exists(membership.filter(role__in=[Role.LEAD, Role.ML]))
    started_it = Q(Exists(membership) | Q(project__isnull=True), started_by=actor)
    return Job.objects.filter(sees_all | started_it)


def job_for_update(uid: str, actor: User) -> Job:
    """Locks the row; a lock on the job comes last in the order."""
    visible = jobs_for(actor).filter(uid=uid)
    job = visible.select_for_update(of=("self",)).first()
    if job is None:
        raise NotFound("There is no such job.")
    return job


@transaction.atomic
def cancel_job(*, uid: str, actor: User) -> Job:
    """Ends a job that waits; one that runs stops at its next report. Safe to call twice."""
    job = job_for_update(uid, actor)
    if job.state == JobState.CANCELLED or job.cancel_requested_at is not None:
        return job
    if not job.can_cancel:
        raise TransitionRefused(
            "This job has ended already and cannot be cancelled.", status=job.state
        )
    job.cancel_requested_at = timezone.now()
    if job.state == JobState.QUEUED:
        job.state, job.ended_at = JobState.CANCELLED, job.cancel_requested_at
    job.save(update_fields=["cancel_requested_at", "state", "ended_at"])
    _record("job.cancelled", job, actor)
    return job


@transaction.atomic
def retry_job(*, uid: str, actor: User) -> Job:
    """
    Lets a dead or cancelled job be tried again, as often as a new one.

    The count of attempts goes on: it tells a worker of the past from the next one.
    """
    job = job_for_update(uid, actor)
    if not job.can_retry:
        raise TransitionRefused(
            "Only a job that failed or was cancelled can be tried again.", status=job.state
        )
    try:
        with transaction.atomic():
            _queue_again(job)
    except IntegrityError:
        raise TransitionRefused(
            "The same work was started again since. Look at that job instead.", status=job.state
        ) from None
    job.refresh_from_db()
    _record("job.retried", job, actor)
    send_after_commit(job)
    return job


def _queue_again(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=JobState.QUEUED,
        max_attempts=F("attempts") + ATTEMPTS_MORE,
        run_after=Now(),
        dispatched_at=Now(),
        cancel_requested_at=None,
        ended_at=None,
        error="",
    )


def _record(kind: str, job: Job, actor: User) -> None:
    if job.project is not None:
        record_in_project(kind, project=job.project, actor=actor, job=job.uid, job_kind=job.kind)
