"""
Runs as jobs of a Slurm cluster, handed over through submitit. Its nodes see the run's folder, the
media, the models and this program under the same paths.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from submitit.slurm.slurm import SlurmExecutor, SlurmInfoWatcher

from annotation.errors import WorkflowError
from annotation.jobs import TryLater
from annotation.media import PROJECT_ROOT
from annotation.models import Device, DeviceKind, TrainingRun
from annotation.run_folder import RunFolder
from annotation.workflow.training_moves import mark_signalled

from .launchers import (
    SAVES_WITHIN_S,
    Started,
    one_for_each_gpu,
    one_process,
    passed_on,
    trainer_arguments,
)
from .processes import become, lock_to_hand_on

MARK = "slurm"
CANCEL_TIMEOUT_S = 60
# Of the accounting, at most. A job that ended is noticed that late.
ASKED_EVERY_S = 30
# Of the states that sacct tells. Also what begins is told as PENDING for some seconds.
IN_LINE = {"PENDING", "CONFIGURING", "REQUEUED", "SUSPENDED"}
GOING_ON = {*IN_LINE, "UNKNOWN", "RUNNING", "RESIZING", "COMPLETING"}
TAKEN_AWAY = {"PREEMPTED", "NODE_FAIL", "BOOT_FAIL"}
# With the number of who did it behind; what the cluster itself ends has names of its own.
BY_SOMEBODY = "CANCELLED by "
# In the words of all four commands, while the controller is away or too busy.
SILENT = ("Unable to contact slurm controller", "Socket timed out")


class SlurmRefused(WorkflowError):
    code = "slurm_refused"


class SlurmSilent(WorkflowError):
    code = "slurm_silent"


class Watcher(SlurmInfoWatcher):
    def is_done(self, job_id: str, mode: str = "standard") -> bool:
        """Preempted jobs do not go on, since ours are not to be put back."""
        return self.get_state(job_id, mode=mode) not in GOING_ON


STILL_THERE = "A former process of the run is still at work. The next job waits until it is gone."
AWAY = "The cluster does not answer. The run waits until it does."
WATCHER = Watcher(delay_s=ASKED_EVERY_S)


class SlurmLauncher:
    def start(self, run: TrainingRun, folder: RunFolder, devices: Sequence[Device]) -> Started:
        with lock_to_hand_on(folder.lock) as lock:
            if lock is None:
                raise TryLater(STILL_THERE, wait_s=30.0, costs_attempt=False)
            number = submitted(run, folder) or self._submit(run, folder)
        return Started(number, MARK)

    def _submit(self, run: TrainingRun, folder: RunFolder) -> int:
        folder.out.mkdir(parents=True, exist_ok=True)
        folder.forget_former_process()
        command = [*self.program(run.device_count), *trainer_arguments(run, folder)]
        try:
            executor = SlurmExecutor(jobs_of(run, folder))
            executor.update_parameters(**parameters(run))
            return int(executor.submit(become, command, folder.log, folder.lock).job_id)
        except (RuntimeError, OSError, subprocess.SubprocessError) as refusal:
            if is_silence(str(refusal)):
                raise TryLater(AWAY, wait_s=60.0, costs_attempt=False) from refusal
            raise SlurmRefused(
                f"The cluster did not take the run: {refusal}. Mend what it names, then resume it."
            ) from refusal

    def program(self, devices: int) -> list[str]:
        return one_for_each_gpu(devices) if devices > 1 else one_process()

    def is_alive(self, run: TrainingRun, folder: RunFolder) -> bool:
        return not WATCHER.is_done(str(run.process_group))

    def is_in_line(self, run: TrainingRun, folder: RunFolder) -> bool:
        """Also one that had begun, where somebody put it back or to sleep."""
        return not folder.state() or WATCHER.get_state(str(run.process_group)) in IN_LINE

    def was_cancelled(self, run: TrainingRun) -> bool:
        state = WATCHER.get_state(str(run.process_group), mode="cache")
        return state.startswith(BY_SOMEBODY) and run.signalled_at is None

    def signal(self, run: TrainingRun, folder: RunFolder, which: signal.Signals) -> None:
        """Who said nothing yet has nothing to save, and a job in line would not hear."""
        is_to_save = which == signal.SIGTERM and not self.is_in_line(run, folder)
        scancel(run, *(["--signal=TERM"] if is_to_save else []))

    def end_stragglers(self, run: TrainingRun) -> None:
        """
        The cluster ends the processes of a job itself. What it took away it may put back into its
        line, where somebody allowed that. Marked, so that no other worker takes that for somebody.
        """
        if WATCHER.get_state(str(run.process_group), mode="cache") in TAKEN_AWAY:
            mark_signalled(run)
            scancel(run)


def scancel(run: TrainingRun, *how: str) -> None:
    """It says nothing of a job that is over."""
    command = ["scancel", *how, str(run.process_group)]
    asked = subprocess.run(  # noqa: S603 -- a number
        command, timeout=CANCEL_TIMEOUT_S, check=False, capture_output=True, text=True
    )
    if is_silence(asked.stderr):
        raise SlurmSilent(AWAY)


def is_silence(told: str) -> bool:
    return any(words in told for words in SILENT)


def jobs_of(run: TrainingRun, folder: RunFolder) -> Path:
    return folder.root / "slurm" / str(run.attempts)


def submitted(run: TrainingRun, folder: RunFolder) -> int | None:
    """
    The job of this attempt. What it is to do is put there after the cluster took it; a worker
    killed in between leaves a job that finds nothing and ends.
    """
    found = sorted(jobs_of(run, folder).glob("*_submitted.pkl"))
    return int(found[0].name.partition("_")[0]) if found else None


def parameters(run: TrainingRun) -> dict[str, Any]:
    asked = settings.TRAIN_SLURM
    if asked is None:
        raise SlurmRefused("No cluster is set up any more. Clone the run and choose another way.")
    values = {
        "job_name": f"countenance-{run.number}",
        "partition": asked.partition,
        "account": asked.account,
        "time": asked.hours * 60,
        "cpus_per_task": asked.cpus,
        "mem": f"{asked.memory_gib}GB",
        "gpus_per_node": run.device_count if run.device_kind == DeviceKind.CUDA else None,
        "stderr_to_stdout": True,
        # Of the little that the job was given; by itself srun would leave out more.
        "srun_args": ["--export=ALL"],
        "additional_parameters": {
            "chdir": str(PROJECT_ROOT),
            # Else the cluster keeps the worker's whole environment, with its secrets.
            "export": ",".join(sorted(passed_on(os.environ))),
            # Before its time is up, so that it saves what it learned.
            "signal": f"TERM@{SAVES_WITHIN_S}",
            # Started again it would begin anew; the platform's next attempt goes on.
            "no-requeue": True,
        },
    }
    return {name: value for name, value in values.items() if value is not None}
