"""Training runs as leads and ML staff see them, and what their folders say."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from annotation.errors import NotFound
from annotation.models import (
    DatasetVersion,
    Device,
    DeviceKind,
    Launcher,
    Role,
    Split,
    TrainingRun,
    User,
)
from annotation.recipes import Checked, check_recipe
from annotation.run_folder import LogPart, RunFolder
from annotation.workflow.access import require_role
from annotation.workflow.devices import devices_known
from annotation.workflow.training import refuse_paths

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


def recipe_checked_for(
    project_id: int,
    actor: User,
    *,
    recipe: dict[str, Any],
    version: str = "",
    launcher: Launcher = Launcher.LOCAL,
    device_kind: DeviceKind | None = None,
) -> Checked:
    """
    As it would run on the train clips of the version and the largest device of the kind; of a
    cluster's devices the memory is not known here. Asks a process of its own: call it outside of
    transactions.
    """
    require_role(project_id, actor, *READERS)
    refuse_paths(recipe)
    found = DatasetVersion.objects.filter(project_id=project_id, uid=version).first()
    here = devices_known() if launcher != Launcher.SLURM else []
    sizes = [each.memory_gib for each in here if each.kind == device_kind]
    return check_recipe(
        recipe,
        clips=found.counts[Split.TRAIN] if found else None,
        memory_gib=max(sizes, default=None),
    )
