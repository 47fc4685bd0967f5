"""What repairs lost messages and dead workers. Safe to run anywhere, as often as one likes."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from annotation.models import Job, JobState

from .enqueuing import send_after_commit, send_next
from .leases import end, from_now, held, put_back

# A bound on one transaction; the rest is there at the next sweep.
MOST_AT_ONCE = 500
ABANDONED = (
    "The worker that ran this stopped without a word. If that happens again, look at its log."
)


def sweep() -> None:
    put_back_abandoned()
    end_cancelled()
    send_unsent()


def put_back_abandoned() -> None:
    is_abandoned = Q(state=JobState.RUNNING, lease_until__lt=Now())
    for job in Job.objects.filter(is_abandoned)[:MOST_AT_ONCE]:
        # Asked again in the update: the worker may have sent a late heartbeat.
        put_back(held(job).filter(is_abandoned), job, ABANDONED)
        send_next(job)


def end_cancelled() -> None:
    """Jobs that came back to the queue after somebody asked for their end."""
    asked = Job.objects.filter(state=JobState.QUEUED, cancel_requested_at__isnull=False)
    end(asked, JobState.CANCELLED)


@transaction.atomic
def send_unsent() -> None:
    """Skips locked rows, so that two sweeps at once do not send the same."""
    is_unsent = Q(dispatched_at__isnull=True) | Q(
        dispatched_at__lt=from_now(-settings.JOB_RESEND_SECONDS)
    )
    waiting = Job.objects.select_for_update(skip_locked=True).filter(
        is_unsent, state=JobState.QUEUED, run_after__lte=Now()
    )
    jobs = list(waiting.order_by("run_after")[:MOST_AT_ONCE])
    Job.objects.filter(pk__in=[job.pk for job in jobs]).update(dispatched_at=Now())
    for job in jobs:
        send_after_commit(job)
