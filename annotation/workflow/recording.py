"""Every change of state leaves one event, in the transaction of the change."""

from __future__ import annotations

from annotation.models import Clip, Project, User, WorkflowEvent


def record(kind: str, *, clip: Clip, actor: User | None, **detail: object) -> None:
    WorkflowEvent.objects.create(
        project_id=clip.project_id, clip=clip, actor=actor, kind=kind, detail=detail
    )


def record_in_project(kind: str, *, project: Project, actor: User | None, **detail: object) -> None:
    WorkflowEvent.objects.create(project=project, actor=actor, kind=kind, detail=detail)
