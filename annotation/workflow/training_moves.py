"""
The states of a training run, and what its worker may do to it.

Every move is an update that names the state and the attempt that were read, on the row's own
columns: of two that make it one wins, and what comes late from a former process changes nothing.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from annotation.errors import TransitionRefused
from annotation.jobs import JobKind, TryLater, enqueue
from annotation.models import (
    Device,
    Job,
    JobState,
    Launcher,
    ModelVersion,
    RunState,
    TrainingRun,
    User,
)

from .devices import claim_devices, release_devices
from .recording import record_in_project
from .training_results import register_result

MOVES: dict[RunState, set[RunState]] = {
    RunState.QUEUED: {RunState.PREPARING, RunState.STOPPED, RunState.FAILED},
    RunState.PREPARING: {RunState.RUNNING, RunState.STOPPING, RunState.STOPPED, RunState.FAILED},
    # Back to the queue where its process died.
    RunState.RUNNING: {RunState.QUEUED, RunState.STOPPING, RunState.DONE, RunState.FAILED},
    # It may come to its end, or fail, before the word reaches it.
    RunState.STOPPING: {RunState.STOPPED, RunState.DONE, RunState.FAILED},
    # By a person.
    RunState.STOPPED: {RunState.QUEUED},
    RunState.FAILED: {RunState.QUEUED},
    RunState.DONE: set(),
}
# Deaths in a row without a step between them, after which only a person starts the run again.
MOST_DEATHS = 3
MOST_LOSSES = 60
BUSY = "The devices of the machine are in use. The run begins when they are free."
WAIT_S = 60.0
# Any worker looks after the jobs of the cluster.
CLUSTER = "slurm"
NOTHING_RUNS: dict[str, Any] = {
    "host": "",
    "process_group": None,
    "process_started": "",
    "signalled_at": None,
}


@transaction.atomic
def move(
    run: TrainingRun,
    target: RunState,
    event: str,
    *,
    actor: User | None = None,
    detail: dict[str, Any] | None = None,
    **fields: Any,
) -> bool:
    """False where the run is no longer as it was read."""
    if target not in MOVES[RunState(run.state)]:
        raise TransitionRefused(f"A run that is {run.state} cannot become {target}.")
    as_read = TrainingRun.objects.filter(pk=run.pk, attempts=run.attempts, state=run.state)
    if not as_read.update(state=target, **fields):
        return False
    run.refresh_from_db(fields=["state", "attempts", *fields])
    record_in_project(
        event, project=run.project, actor=actor, run=run.uid, number=run.number, **(detail or {})
    )
    return True


@transaction.atomic
def claim_run(job: Job, host: str) -> tuple[TrainingRun, list[Device]] | None:
    """
    The run of a job with its devices; None where it is not to be started. TryLater where they
    are taken. Claimed again by the same job after its worker died.
    """
    run = TrainingRun.objects.select_related("project", "version").filter(job=job).first()
    if run is None or run.state not in (RunState.QUEUED, RunState.PREPARING):
        return None
    if run.launcher == Launcher.SLURM:
        host = CLUSTER
    if run.host != host:
        Device.objects.filter(run=run).update(run=None)
    devices = _devices_for(run, host)
    if run.state == RunState.PREPARING:
        TrainingRun.objects.filter(pk=run.pk).update(host=host)
    elif not move(
        run, RunState.PREPARING, "training.preparing", attempts=F("attempts") + 1, host=host
    ):
        transaction.set_rollback(True)
        return None
    return run, devices


def _devices_for(run: TrainingRun, host: str) -> list[Device]:
    if host == CLUSTER:
        return []
    devices = claim_devices(run, host)
    if not devices:
        raise TryLater(BUSY, wait_s=WAIT_S, costs_attempt=False)
    return devices


def record_manifests(run: TrainingRun, manifests: dict[str, Any]) -> None:
    TrainingRun.objects.filter(pk=run.pk, attempts=run.attempts).update(manifests=manifests)


def record_start(run: TrainingRun, process_group: int, process_started: str) -> bool:
    """False where somebody stopped the run meanwhile: its process is then to be ended."""
    return move(
        run,
        RunState.RUNNING,
        "training.started",
        detail={"attempt": run.attempts},
        process_group=process_group,
        process_started=process_started,
        started_at=run.started_at or Now(),
        heartbeat_at=Now(),
        # From here on silence counts, also of a machine that was never heard again.
        polled_at=Now(),
    )


def record_heartbeat(run: TrainingRun, seen: dict[str, Any], loss: float | None) -> None:
    """
    What the process says of itself. A step that was never taken before forgives the deaths; those
    that it takes again behind its checkpoint are not told, or it could die there for ever.
    """
    fields: dict[str, Any] = {**seen, "polled_at": Now()}
    if seen.get("step", 0) > run.step:
        fields["deaths"] = 0
        if loss is not None:
            fields["losses"] = thinned([*run.losses, loss])
    elif run.deaths:
        fields.pop("step", None)
    TrainingRun.objects.filter(pk=run.pk, attempts=run.attempts).update(**fields)


def thinned(losses: list[float]) -> list[float]:
    """Every second one where they became many, the last always."""
    return losses if len(losses) <= MOST_LOSSES else losses[(len(losses) - 1) % 2 :: 2]


def record_curve(run: TrainingRun, losses: list[float]) -> None:
    """The whole curve, where polls saw only what was the last loss at their time."""
    while len(losses) > MOST_LOSSES:
        losses = thinned(losses)
    TrainingRun.objects.filter(pk=run.pk, attempts=run.attempts).update(losses=losses)


def mark_signalled(run: TrainingRun) -> bool:
    waiting = TrainingRun.objects.filter(pk=run.pk, attempts=run.attempts, signalled_at=None)
    return bool(waiting.update(signalled_at=Now()))


@transaction.atomic
def end_stopped(run: TrainingRun, message: str, actor: User | None = None) -> bool:
    ended = move(
        run,
        RunState.STOPPED,
        "training.stopped",
        actor=actor,
        ended_at=Now(),
        message=message,
        **NOTHING_RUNS,
    )
    if ended:
        release_devices(run)
    return ended


@transaction.atomic
def fail_run(run: TrainingRun, code: str, reason: str) -> bool:
    ended = move(
        run,
        RunState.FAILED,
        "training.failed",
        detail={"code": code},
        ended_at=Now(),
        code=code,
        reason=reason,
        **NOTHING_RUNS,
    )
    if ended:
        release_devices(run)
    return ended


@transaction.atomic
def begin_again(run: TrainingRun) -> bool:
    """Puts a run whose process died back into the queue, as often as is sensible."""
    if run.deaths + 1 >= MOST_DEATHS:
        return fail_run(
            run,
            "died",
            f"The process of the run ended without a word, or hung, {MOST_DEATHS} times in a row. "
            "Its log may say why; a machine without enough memory ends processes like this. Mend "
            "that, then resume the run.",
        )
    queued = move(
        run,
        RunState.QUEUED,
        "training.died",
        detail={"step": run.step},
        deaths=F("deaths") + 1,
        **NOTHING_RUNS,
    )
    if queued:
        release_devices(run)
        ask_for_start(run)
    return queued


def ask_for_start(run: TrainingRun) -> None:
    """Another start of the same attempt is the same job."""
    run.job = enqueue(
        JobKind.SUBMIT_RUN,
        key=f"training-run:{run.uid}:{run.attempts}",
        payload={"run": run.pk},
        project=run.project,
        started_by=run.created_by,
    )
    run.save(update_fields=["job"])


@transaction.atomic
def finish_run(
    run: TrainingRun, *, adapter: str, sha256: str, versions: dict[str, Any]
) -> ModelVersion | None:
    """The result becomes a model version, in the transaction that ends the run."""
    ended = move(
        run,
        RunState.DONE,
        "training.finished",
        ended_at=Now(),
        result_sha256=sha256,
        versions=versions,
        message="",
        **NOTHING_RUNS,
    )
    if not ended:
        return None
    release_devices(run)
    return register_result(run, adapter=adapter, actor=None)


def fail_unstarted(run: TrainingRun) -> bool:
    """Ends a run whose job was given up or cancelled before a process was there."""
    job = run.job
    if job is None or job.state not in (JobState.DEAD, JobState.CANCELLED):
        return False
    if job.state == JobState.DEAD:
        return fail_run(run, "not_started", job.error)
    return end_stopped(run, "It was stopped before it began.")
