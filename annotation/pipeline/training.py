"""
Training is not a task: a job starts a process and returns, and a poll every few seconds reads what
the process says of itself. Both are safe to run twice, and on any worker of the machine.
"""

from __future__ import annotations

import json
import logging
import signal
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from annotation.errors import WorkflowError
from annotation.full_disk import naming_a_full_disk
from annotation.jobs import Progress, TryLater
from annotation.models import Launcher, RunState, Split, TrainingRun
from annotation.models.experiments import BEGUN
from annotation.run_folder import RunFolder
from annotation.workflow.devices import is_drafting
from annotation.workflow.training import refuse_withdrawn
from annotation.workflow.training_moves import (
    CLUSTER,
    begin_again,
    claim_run,
    end_stopped,
    fail_run,
    fail_unstarted,
    finish_run,
    mark_signalled,
    record_curve,
    record_heartbeat,
    record_manifests,
    record_start,
)
from annotation.workflow.training_results import NoResult

from . import machine
from .launchers import SAVES_WITHIN_S, Launching, LocalLauncher, TorchrunLauncher
from .manifests import SEEN, write_manifest
from .results import keep_result
from .slurm import SlurmLauncher

logger = logging.getLogger(__name__)

KILL_AFTER = timedelta(seconds=SAVES_WITHIN_S)
# The trainer speaks every few seconds, also in long steps: one that does not hangs. So does one
# that speaks and comes no further, for so long and for so many times its longest standstill.
HANGS_AFTER = timedelta(minutes=15)
LONGEST_STANDSTILLS = 20
# Until it has opened its base, which may be large and its disk slow.
OPENING = timedelta(hours=1)
# A machine whose worker has said nothing for so long is taken for gone.
SILENT = timedelta(minutes=10)
DRAFTING = "A draft that began before the run still uses its device."
CANCELLED = "Somebody took its job off the cluster. Ask who did; then resume the run."
IN_LINE = "It waits in the cluster's line."
COUNTED = ("step", "steps", "done", "total")
LONGEST = {"phase": 32, "message": 500}
# As recipes have it.
LONGEST_NAME = 80
LAUNCHERS: dict[str, Launching] = {
    Launcher.LOCAL: LocalLauncher(),
    Launcher.TORCHRUN: TorchrunLauncher(),
    Launcher.SLURM: SlurmLauncher(),
}


def submit_run(progress: Progress) -> dict[str, object]:
    """The body of a run's job: what it needs is written, and its process started."""
    claimed = claim_run(progress.job, machine.host())
    if claimed is None:
        return {"run": progress.job.payload["run"], "state": "not to be started"}
    run, devices = claimed
    if is_drafting(devices):
        raise TryLater(DRAFTING, wait_s=5.0, costs_attempt=False)
    folder = RunFolder.of(run.uid)
    try:
        prepare(run, folder, progress)
        started = launcher_of(run).start(run, folder, devices)
    except WorkflowError as refusal:
        fail_run(run, refusal.code, refusal.message)
        return {"run": run.uid, "state": RunState.FAILED.value}
    run.process_group, run.process_started = started.process_group, started.mark
    if not record_start(run, started.process_group, started.mark):
        # Stopped while it came up: nothing is there that could be kept.
        launcher_of(run).signal(run, folder, signal.SIGKILL)
    return {"run": run.uid, "state": run.state}


def prepare(run: TrainingRun, folder: RunFolder, progress: Progress) -> None:
    """
    A run that took a step goes on with what it was given then. Before that it is written anew:
    what was missing may have been found.
    """
    refuse_withdrawn(run.version)
    with naming_a_full_disk():
        folder.root.mkdir(parents=True, exist_ok=True)
        folder.recipe.write_text(recipe_of(run), encoding="utf-8")
    if not run.step or not all(folder.manifest(split).exists() for split in SEEN):
        run.manifests = {split.value: _written(run, folder, split, progress) for split in SEEN}
        record_manifests(run, run.manifests)


def recipe_of(run: TrainingRun) -> str:
    """Under the name that people gave the run, as other tools show its curves."""
    named = run.recipe | {"name": run.name[:LONGEST_NAME]}
    return json.dumps(named, indent=2) + "\n"


def _written(
    run: TrainingRun, folder: RunFolder, split: Split, progress: Progress
) -> dict[str, Any]:
    total = run.version.counts[split]
    told = f"Writing the {split} clips."
    return write_manifest(
        run, split, folder.manifest(split), lambda done: progress.report(done, total, told)
    )


def poll_runs() -> None:
    """All runs of this machine, and those that no machine looks after."""
    here = Q(state__in=BEGUN, host__in=hosts())
    unstarted = Q(state__in=[RunState.QUEUED, RunState.PREPARING, RunState.STOPPING])
    lost = Q(state__in=BEGUN, polled_at__lt=timezone.now() - SILENT)
    wanted = TrainingRun.objects.filter(here | unstarted | lost)
    for run in wanted.select_related("project", "version", "job", "created_by").order_by("pk"):
        try:
            poll(run)
        except WorkflowError as refusal:
            logger.warning("run %s: %s", run.pk, refusal.message)
        except Exception:
            logger.exception("run %s could not be polled", run.pk)


def hosts() -> list[str]:
    """Whose processes can be looked after from here."""
    return [machine.host(), *([] if settings.TRAIN_SLURM is None else [CLUSTER])]


def poll(run: TrainingRun) -> None:
    if run.state in (RunState.QUEUED, RunState.PREPARING):
        fail_unstarted(run)
    elif run.host not in hosts():
        _give_up_machine(run)
    elif run.process_group is None:
        # Stopped before its process was there; its job sees that and starts none.
        end_stopped(run, "It was stopped before it began.")
    else:
        _look(run, RunFolder.of(run.uid))


def _give_up_machine(run: TrainingRun) -> None:
    if run.polled_at and run.polled_at < timezone.now() - SILENT:
        fail_run(
            run,
            "machine_away",
            f"Nothing was heard of the machine {run.host} for ten minutes. When it is back, or "
            "certainly off, resume the run.",
        )


def _look(run: TrainingRun, folder: RunFolder) -> None:
    launcher = launcher_of(run)
    # Before what it says of its end, which it may say in this moment.
    is_running = launcher.is_alive(run, folder)
    in_line = is_running and launcher.is_in_line(run, folder)
    state = folder.state()
    told = waiting() if in_line else told_by(state)
    record_heartbeat(run, told, folder.last_loss())
    attempt = run.attempts
    run.refresh_from_db()
    if run.attempts != attempt or run.state not in (RunState.RUNNING, RunState.STOPPING):
        return
    if not is_running:
        launcher.end_stragglers(run)
        _end(run, folder)
    elif run.state == RunState.STOPPING:
        _stop(run, folder)
    elif is_older(run.heartbeat_at, HANGS_AFTER) or stands_still(state):
        logger.warning("run %s: its process hangs after step %s, and is ended", run.pk, run.step)
        mark_signalled(run)
        launcher.signal(run, folder, signal.SIGKILL)


def is_older(moment: datetime | None, than: timedelta) -> bool:
    return moment is not None and moment < timezone.now() - than


def stands_still(state: dict[str, Any]) -> bool:
    """By heartbeats of the trainer that nothing came of; those of one that sleeps do not count."""
    still, longest = (state.get(name) for name in ("still_s", "longest_still_s"))
    if not isinstance(still, int | float):
        return False
    borne = OPENING
    if isinstance(longest, int | float):
        borne = max(HANGS_AFTER, timedelta(seconds=LONGEST_STANDSTILLS * longest))
    return timedelta(seconds=still) > borne


def launcher_of(run: TrainingRun) -> Launching:
    return LAUNCHERS[run.launcher]


def waiting() -> dict[str, Any]:
    """What does not run yet, or sleeps, is not silent: the time for its word begins later."""
    return {"message": IN_LINE, "heartbeat_at": timezone.now()}


def told_by(state: dict[str, Any]) -> dict[str, Any]:
    """Of the trainer's words those that fit a row."""
    seen: dict[str, Any] = {
        name: int(state[name]) for name in COUNTED if isinstance(state.get(name), int | float)
    }
    seen |= {
        name: state[name][:most]
        for name, most in LONGEST.items()
        if isinstance(state.get(name), str)
    }
    if at := _moment(state.get("at")):
        seen["heartbeat_at"] = at
    return seen


def _moment(value: object) -> datetime | None:
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _stop(run: TrainingRun, folder: RunFolder) -> None:
    launcher = launcher_of(run)
    # A cluster that does not hear it now is told again.
    with transaction.atomic():
        if mark_signalled(run):
            launcher.signal(run, folder, signal.SIGTERM)
            return
    if is_older(run.signalled_at, KILL_AFTER):
        launcher.signal(run, folder, signal.SIGKILL)


def _end(run: TrainingRun, folder: RunFolder) -> None:
    record_curve(run, folder.losses())
    said = folder.exit()
    status = said.get("status")
    if status == "done":
        _finish(run, folder)
    elif status == "failed":
        fail_run(run, str(said.get("code") or "failed")[:64], _reason(said))
    elif run.state == RunState.STOPPING:
        end_stopped(run, f"It was stopped at step {run.step}.")
    elif launcher_of(run).was_cancelled(run):
        fail_run(run, "cancelled", CANCELLED)
    else:
        # Dead, or told to end by somebody else, as when the machine goes down.
        begin_again(run)


def _reason(said: dict[str, Any]) -> str:
    return str(said.get("message") or "The trainer gave no reason; its log may.")


def _finish(run: TrainingRun, folder: RunFolder) -> None:
    try:
        kept = keep_result(run, folder)
    except NoResult as refusal:
        fail_run(run, refusal.code, refusal.message)
        return
    finish_run(run, adapter=kept.adapter, sha256=kept.sha256, versions=folder.versions())
