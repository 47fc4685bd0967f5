"""What people do with training runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone
from kombu.exceptions import OperationalError

from annotation.errors import InvalidInput, TransitionRefused
from annotation.exporting.choosing import no_longer_allowed
from annotation.models import (
    DatasetVersion,
    DeviceKind,
    InstructionSet,
    Job,
    JobState,
    Launcher,
    Project,
    RunState,
    Split,
    TrainingRun,
    User,
)

from .access import project_for
from .devices import most_of_one_machine
from .exporting import built_in_set
from .recording import record_in_project
from .training_access import TRAINERS, run_for_update
from .training_moves import ask_for_start, end_stopped, move

POLL = "annotation.train_tasks.poll_runs"
# A folder below the folder of models, or a name that the trainer knows; never a path.
BASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# Clips are named by these many in a refusal; the rest is counted.
MOST_NAMED = 10


class ClipsWithdrawn(TransitionRefused):
    """The version has clips whose use has ended since it was frozen."""

    code = "clips_withdrawn"


@dataclass(frozen=True)
class Plan:
    """A run as it was asked for. The recipe is resolved: it was checked and has every field."""

    version: str
    name: str
    recipe: dict[str, Any]
    memory_gib: float | None = None
    instruction_set: str = ""
    seed: int | None = None
    launcher: Launcher = Launcher.LOCAL
    device_kind: DeviceKind = DeviceKind.CPU
    device_count: int = 1
    cloned_from: str = ""


@transaction.atomic
def start_run(*, project_id: int, actor: User, plan: Plan) -> TrainingRun:
    """
    Refuses a version without train clips, one with clips that may no longer be used, and a
    device that no machine has. Locks the project for the run's number.
    """
    project_for(project_id, actor, *TRAINERS)
    project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
    version = _version(project, plan)
    _check(plan)
    run = TrainingRun.objects.create(
        project=project,
        number=_next_number(project),
        name=plan.name,
        version=version,
        instruction_set=_instruction_set(project, plan.instruction_set),
        seed=version.seed if plan.seed is None else plan.seed,
        recipe=plan.recipe,
        memory_gib=plan.memory_gib,
        launcher=plan.launcher,
        device_kind=plan.device_kind,
        device_count=plan.device_count,
        cloned_from=_former(project, plan.cloned_from),
        created_by=actor,
    )
    ask_for_start(run)
    record_in_project(
        "training.asked_for",
        project=project,
        actor=actor,
        run=run.uid,
        number=run.number,
        version=version.number,
    )
    return run


def _version(project: Project, plan: Plan) -> DatasetVersion:
    version = project.dataset_versions.filter(uid=plan.version).first()
    if version is None:
        raise wrong("version", "The project has no such dataset version.")
    if not version.counts[Split.TRAIN]:
        raise wrong("version", "The version has no train clips. Freeze one that has some.")
    refuse_withdrawn(version)
    return version


def refuse_withdrawn(version: DatasetVersion) -> None:
    """A model keeps what it saw, so nothing begins with a clip whose use has ended."""
    left_out = no_longer_allowed(version)
    uids = [uid for reason in left_out.values() for uid in reason]
    if uids:
        named = ", ".join(uids[:MOST_NAMED])
        more = f" and {len(uids) - MOST_NAMED} more" if len(uids) > MOST_NAMED else ""
        raise ClipsWithdrawn(
            f"Version {version.number} has clips whose use has ended: {named}{more}. "
            "Freeze a new version, which leaves them out, and start a run on that.",
            left_out=left_out,
        )


def _check(plan: Plan) -> None:
    refuse_paths(plan.recipe)
    if plan.launcher not in offered_launchers():
        raise wrong("launcher", "No cluster is set up here. Choose another way of starting.")
    if plan.launcher == Launcher.SLURM:
        _check_job(plan)
        return
    is_several = plan.launcher == Launcher.TORCHRUN
    if is_several != (plan.device_count > 1):
        raise wrong("device_count", "One device is started by itself, several by torchrun.")
    if plan.device_count > most_of_one_machine(plan.device_kind):
        raise wrong(
            "device_kind",
            "No machine that trains has announced so many of these devices. Choose others, or "
            "start a train worker where they are.",
        )


def _check_job(plan: Plan) -> None:
    """What the cluster has is known to it alone."""
    if plan.device_count > 1 and plan.device_kind == DeviceKind.CPU:
        raise wrong("device_count", "A run on processors is one process.")


def offered_launchers() -> list[Launcher]:
    """A cluster where the settings name one."""
    has_cluster = settings.TRAIN_SLURM is not None
    return [launcher for launcher in Launcher if has_cluster or launcher != Launcher.SLURM]


def refuse_paths(recipe: dict[str, Any]) -> None:
    """The trainer's own command would read any folder of the machine."""
    if "base" in recipe and not BASE.fullmatch(str(recipe["base"])):
        raise wrong("recipe.base", "This must be the name of a folder below the folder of models.")


def _next_number(project: Project) -> int:
    last: int | None = project.training_runs.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _instruction_set(project: Project, uid: str) -> InstructionSet:
    if not uid:
        return built_in_set()
    offered = InstructionSet.objects.filter(uid=uid)
    found = offered.filter(project=project).first() or offered.filter(project=None).first()
    if found is None:
        raise wrong("instruction_set", "The project has no such instruction set.")
    return found


def _former(project: Project, uid: str) -> TrainingRun | None:
    if not uid:
        return None
    found = project.training_runs.filter(uid=uid).first()
    if found is None:
        raise wrong("cloned_from", "The project has no such run.")
    return found


def wrong(field: str, message: str) -> InvalidInput:
    return InvalidInput(
        message, errors=[{"field": field, "code": "not_possible", "message": message}]
    )


@transaction.atomic
def stop_run(*, run_uid: str, actor: User) -> TrainingRun:
    """
    A run that waits ends at once; a process is asked to save a checkpoint and end. Safe to call
    twice. Locks the run, then its job.
    """
    run = run_for_update(run_uid, actor)
    if run.state in (RunState.STOPPING, RunState.STOPPED):
        return run
    if not run.can_stop:
        raise TransitionRefused("This run has ended already.", status=run.state)
    if run.state == RunState.QUEUED:
        cancel_waiting_job(run)
        end_stopped(run, "It was stopped before it began.", actor)
    else:
        move(
            run, RunState.STOPPING, "training.stop_requested", actor=actor, stop_requested_at=Now()
        )
        transaction.on_commit(poll_now)
    return run


def cancel_waiting_job(run: TrainingRun) -> None:
    now = timezone.now()
    waiting = Job.objects.filter(pk__in=[run.job_id], state=JobState.QUEUED)
    waiting.update(state=JobState.CANCELLED, cancel_requested_at=now, ended_at=now)


def poll_now() -> None:
    """The timetable polls too, so a broker that is away costs seconds."""
    try:
        current_app.send_task(POLL)
    except OperationalError:
        return


@transaction.atomic
def resume_run(*, run_uid: str, actor: User) -> TrainingRun:
    """Goes on from the last checkpoint of a stopped or failed run. Locks the run."""
    run = run_for_update(run_uid, actor)
    if not run.can_resume:
        raise TransitionRefused(
            "Only a run that was stopped or failed can go on.", status=run.state
        )
    refuse_withdrawn(run.version)
    move(
        run,
        RunState.QUEUED,
        "training.resumed",
        actor=actor,
        ended_at=None,
        code="",
        reason="",
        message="",
        deaths=0,
        stop_requested_at=None,
    )
    ask_for_start(run)
    return run
