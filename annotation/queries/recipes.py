"""
What recipes come to on the machines that are here. These ask a process of its own: call them
outside of transactions.
"""

from __future__ import annotations

from typing import Any

from annotation.errors import InvalidInput
from annotation.models import DatasetVersion, DeviceKind, Launcher, Split, User
from annotation.recipes import Checked, check_recipe
from annotation.workflow.access import require_role
from annotation.workflow.devices import devices_known
from annotation.workflow.training import Plan, refuse_paths
from annotation.workflow.training_access import TRAINERS


def plan_for(project_id: int, actor: User, *, fits_anyway: bool = False, **asked: Any) -> Plan:
    """
    The run asked for, its recipe resolved. What is wrong with the recipe is an `InvalidInput` by
    field; so is too much memory, unless it `fits_anyway`.
    """
    answer = checked_recipe(
        project_id,
        actor,
        recipe=asked["recipe"],
        version=asked["version"],
        launcher=asked["launcher"],
        device_kind=None if fits_anyway else asked["device_kind"],
    )
    if answer.recipe is None or answer.errors:
        raise _refusal(answer)
    memory = answer.memory["total_gib"] if answer.memory else None
    return Plan(**{**asked, "recipe": answer.recipe, "memory_gib": memory})


def _refusal(answer: Checked) -> InvalidInput:
    return InvalidInput(
        "The recipe cannot run like this. Correct the fields named.",
        errors=[
            {
                "field": ".".join(filter(None, ("recipe", problem["field"]))),
                "code": "not_possible",
                "message": problem["message"],
            }
            for problem in answer.errors
        ],
    )


def checked_recipe(
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
    cluster's devices the memory is not known here.
    """
    require_role(project_id, actor, *TRAINERS)
    refuse_paths(recipe)
    found = DatasetVersion.objects.filter(project_id=project_id, uid=version).first()
    here = devices_known() if launcher != Launcher.SLURM else []
    sizes = [each.memory_gib for each in here if each.kind == device_kind]
    return check_recipe(
        recipe,
        clips=found.counts[Split.TRAIN] if found else None,
        memory_gib=max(sizes, default=None),
    )
