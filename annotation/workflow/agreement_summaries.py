"""What a project's scores come to is computed by a worker, whenever the scores are other ones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from annotation.jobs import JobKind, enqueue
from annotation.models import AgreementScore, AgreementSummary, ClipStage, Job, Project


def counted_scores(project_id: int) -> QuerySet[AgreementScore]:
    """
    Of approved clips alone: nobody at work on a clip is to learn how others agree on it, and some
    leads work on clips themselves.
    """
    return AgreementScore.objects.filter(
        clip__project_id=project_id, clip__stage=ClipStage.APPROVED
    )


def fingerprint_of(project_id: int) -> str:
    """Another one as soon as a score is counted, or no more, or renewed."""
    found = counted_scores(project_id).aggregate(
        count=Count("pk"), newest=Max("pk"), last=Max("computed_at")
    )
    last = found["last"].isoformat() if found["last"] else "never"
    return f"{found['count']}:{found['newest'] or 0}:{last}"


def renew_summaries() -> int:
    """Asks for those that are outdated, each once. Call it from time to time."""
    scores = AgreementScore.objects.filter(clip__project=OuterRef("pk"))
    projects = Project.objects.filter(Exists(scores)).select_related("agreement_summary")
    return sum(_renew(project) for project in projects.order_by("pk"))


def _renew(project: Project) -> bool:
    fingerprint = fingerprint_of(project.pk)
    former = getattr(project, "agreement_summary", None)
    if former is not None and former.fingerprint == fingerprint:
        return False
    # A clip that is opened and approved again brings an earlier fingerprint back.
    after = former.computed_at.isoformat() if former else ""
    digest = hashlib.sha256(f"{fingerprint}:{after}".encode()).hexdigest()
    key = f"agreement-summary:{project.uid}:{digest}"
    # What died is asked for again by a person, or with the next score, and not by the clock.
    if Job.objects.filter(key=key).exists():
        return False
    enqueue(
        JobKind.SUMMARIZE_AGREEMENT,
        key=key,
        payload={"project": project.pk},
        project=project,
        started_by=None,
        runs_alone=True,
    )
    return True


def store_summary(*, project: Project, fingerprint: str, figures: Mapping[str, Any]) -> None:
    AgreementSummary.objects.update_or_create(
        project=project, defaults={"fingerprint": fingerprint, "figures": dict(figures)}
    )
