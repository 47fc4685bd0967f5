"""How far a project is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from annotation.models import ApprovedCaption, Assignment, AssignmentStatus, Clip, ClipStage, User
from annotation.workflow.access import require_role

# A clip that has not moved for this long wants the lead's eye.
STUCK_AFTER = timedelta(days=3)
MOST_STUCK = 20
DAYS_SHOWN = 90
AT_REST = [ClipStage.APPROVED, ClipStage.REJECTED, ClipStage.WITHDRAWN]


@dataclass(frozen=True)
class Progress:
    stages: dict[str, int]
    slots: dict[str, int]
    approved_by_day: list[dict[str, Any]]
    stuck: list[dict[str, Any]]


def progress_of(project_id: int, actor: User) -> Progress:
    require_role(project_id, actor)
    stages = Clip.objects.filter(project_id=project_id).values_list("stage")
    slots = Assignment.objects.filter(clip__project_id=project_id).values_list("status")
    return Progress(
        stages=dict.fromkeys(ClipStage.values, 0) | _counted(stages),
        slots=dict.fromkeys(AssignmentStatus.values, 0) | _counted(slots),
        approved_by_day=_approved_by_day(project_id),
        stuck=_stuck(project_id),
    )


def _counted(rows: Any) -> dict[str, int]:
    return dict(rows.annotate(n=Count("pk")).order_by())


def _approved_by_day(project_id: int) -> list[dict[str, Any]]:
    since = timezone.now() - timedelta(days=DAYS_SHOWN)
    captions = ApprovedCaption.objects.filter(clip__project_id=project_id, created_at__gt=since)
    days = captions.annotate(day=TruncDate("created_at")).values("day")
    return [dict(day) for day in days.annotate(count=Count("pk")).order_by("day")]


def _stuck(project_id: int) -> list[dict[str, Any]]:
    clips = Clip.objects.filter(
        project_id=project_id, stage_since__lt=timezone.now() - STUCK_AFTER
    ).exclude(stage__in=AT_REST)
    return [
        {"clip_id": clip.pk, "name": clip.name, "stage": clip.stage, "since": clip.stage_since}
        for clip in clips.order_by("stage_since", "id")[:MOST_STUCK]
    ]
