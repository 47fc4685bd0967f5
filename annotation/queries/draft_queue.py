"""How many drafts of a project wait, what stands before them, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from annotation.models import Draft, DraftStatus, Job, JobState, User
from annotation.workflow.access import project_for
from annotation.workflow.promoting import REGISTRARS

# A pace is told from what ended lately, and from no fewer than these.
LATELY = timedelta(minutes=10)
FEWEST = 3
UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True)
class QueuedVersion:
    version: str
    name: str
    waiting: int
    running: int
    # Of every project, asked for before the first that waits here.
    ahead: int
    # Until the last that waits here has its turn; None where too little ended lately.
    seconds_left: float | None


@dataclass(frozen=True)
class Place:
    ahead: int
    # Until the draft is made; None where too little ended lately.
    seconds_left: float | None


def place_of(draft: Draft) -> Place | None:
    """Where a draft that waits stands among those that its workers make; None for others."""
    job = draft.job_under_way
    if job is None or job.state != JobState.QUEUED:
        return None
    return Place(_before(job.kind, job.pk), _seconds_left(job.kind, job.pk))


def draft_queue_of(project_id: int, actor: User) -> list[QueuedVersion]:
    project_for(project_id, actor, *REGISTRARS)
    drafts = Draft.objects.filter(
        clip__project_id=project_id, status=DraftStatus.REQUESTED, job__state__in=UNDER_WAY
    )
    is_waiting = Q(job__state=JobState.QUEUED)
    rows = drafts.values("version__uid", "version__name", "job__kind").annotate(
        waiting=Count("pk", filter=is_waiting),
        running=Count("pk", filter=~is_waiting),
        first=Min("job_id", filter=is_waiting),
        last=Max("job_id", filter=is_waiting),
    )
    return [
        QueuedVersion(
            version=row["version__uid"],
            name=row["version__name"],
            waiting=row["waiting"],
            running=row["running"],
            ahead=_before(row["job__kind"], row["first"]),
            seconds_left=_seconds_left(row["job__kind"], row["last"]),
        )
        for row in rows.order_by("version__name", "version__uid")
    ]


def _before(kind: str, job_id: int | None) -> int:
    """Workers of a kind take its jobs in the order of their numbers, but for those that wait."""
    if job_id is None:
        return 0
    return Job.objects.filter(kind=kind, state__in=UNDER_WAY, pk__lt=job_id).count()


def _seconds_left(kind: str, last: int | None) -> float | None:
    now = timezone.now()
    lately = Job.objects.filter(kind=kind, state=JobState.DONE, ended_at__gt=now - LATELY)
    ended = lately.aggregate(count=Count("pk"), since=Min("created_at"))
    if last is None or ended["count"] < FEWEST:
        return None
    each_s: float = min(LATELY, now - ended["since"]).total_seconds() / ended["count"]
    return round((_before(kind, last) + 1) * each_s, 1)
