"""Training runs as leads and ML staff see them, and what their folders say."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from annotation.errors import NotFound
from annotation.models import Device, Role, TrainingRun, User
from annotation.run_folder import LogPart, RunFolder
from annotation.workflow.access import require_role
from annotation.workflow.devices import devices_known

READERS = (Role.LEAD, Role.ML)


def runs_of(project_id: int, actor: User) -> QuerySet[TrainingRun]:
    require_role(project_id, actor, *READERS)
    return _with_what_is_shown().filter(project_id=project_id)


def run_for(uid: str, actor: User) -> TrainingRun:
    found = _with_what_is_shown().filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such training run.")
    require_role(found.project_id, actor, *READERS)
    return found


def _with_what_is_shown() -> QuerySet[TrainingRun]:
    return TrainingRun.objects.select_related(
        "version", "created_by", "instruction_set", "cloned_from", "job"
    ).prefetch_related("devices", "model_versions")


def saved_step_of(uid: str, actor: User) -> int | None:
    return RunFolder.of(run_for(uid, actor).uid).saved_step()


def step_to_register(run: TrainingRun) -> int | None:
    """What a run saved that ended before its time, where no model version is made of it yet."""
    if not run.can_resume:
        return None
    saved = RunFolder.of(run.uid).saved_step()
    registered = {version.stopped_at_step for version in run.model_versions.all()}
    return None if saved in registered else saved


def metrics_of(uid: str, actor: User) -> list[dict[str, Any]]:
    return RunFolder.of(run_for(uid, actor).uid).metrics()


def log_of(uid: str, actor: User, offset: int | None) -> LogPart:
    return RunFolder.of(run_for(uid, actor).uid).log_part(offset)


def devices_for(project_id: int, actor: User) -> list[Device]:
    require_role(project_id, actor, *READERS)
    return devices_known()
