"""Who may do something with a training run."""

from __future__ import annotations

from annotation.errors import NotFound
from annotation.models import Role, TrainingRun, User

from .access import require_role

TRAINERS = (Role.LEAD, Role.ML)


def run_for_update(uid: str, actor: User) -> TrainingRun:
    run = (
        TrainingRun.objects.select_for_update(of=("self",))
        .select_related("project", "version")
        .filter(uid=uid)
        .first()
    )
    if run is None:
        raise NotFound("There is no such training run.")
    try:
        require_role(run.project_id, actor, *TRAINERS)
    except NotFound:
        raise NotFound("There is no such training run.") from None
    return run
