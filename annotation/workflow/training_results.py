"""How what a run learned becomes a model version, whether the run came to its end or not."""

from __future__ import annotations

from django.db import transaction

from annotation.errors import TransitionRefused, WorkflowError
from annotation.jobs import JobKind, enqueue
from annotation.models import Job, ModelKind, ModelVersion, TrainingRun, User

from .promoting import versions_in
from .recording import record_in_project
from .training_access import run_for_update


class NoResult(WorkflowError):
    code = "no_result"


@transaction.atomic
def ask_for_result(*, run_uid: str, actor: User, saved_step: int | None) -> Job:
    """
    Registers what a run had learned that ended before its time. Asked twice for the same step
    it is the same job. Locks the run.
    """
    run = run_for_update(run_uid, actor)
    if not run.can_resume:
        raise TransitionRefused(
            "Only what a stopped or failed run learned can be registered; that of a run that is "
            "done is registered already.",
            status=run.state,
        )
    if saved_step is None:
        raise NoResult("The run saved no checkpoint, so there is nothing to register. Resume it.")
    return enqueue(
        JobKind.REGISTER_RESULT,
        key=f"register-result:{run.uid}:{saved_step}",
        payload={"run": run.pk, "step": saved_step},
        project=run.project,
        started_by=actor,
    )


@transaction.atomic
def register_result(
    run: TrainingRun, *, adapter: str, actor: User | None, stopped_at_step: int | None = None
) -> ModelVersion:
    """Twice is once: a result has one model version, whoever asks for it."""
    version, is_new = ModelVersion.objects.get_or_create(
        training_run=run,
        stopped_at_step=stopped_at_step,
        defaults={
            "project": run.project,
            "kind": ModelKind.FACETRACK_MM,
            "name": _free_name(run, stopped_at_step),
            "base": run.recipe["base"],
            "adapter": adapter,
            "registered_by": actor or run.created_by,
        },
    )
    if is_new:
        at = {} if stopped_at_step is None else {"step": stopped_at_step, "steps": run.steps}
        record_in_project(
            "model_version.registered",
            project=run.project,
            actor=actor,
            model=version.uid,
            run=run.uid,
            **at,
        )
    return version


def _free_name(run: TrainingRun, stopped_at_step: int | None) -> str:
    """The run's number is in it where another model has the name."""
    step = "" if stopped_at_step is None else f"step {stopped_at_step} of {run.steps}"
    name = f"{run.name[:80]} ({step})" if step else run.name
    if not versions_in(run.project_id).filter(name=name).exists():
        return name
    marks = ", ".join(filter(None, (f"run {run.number}", run.uid[:6], step)))
    return f"{run.name[:70]} ({marks})"
