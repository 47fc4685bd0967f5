"""How the process of a run is started, found again and ended, on this machine or a cluster."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from annotation.jobs import TryLater
from annotation.media import PROJECT_ROOT
from annotation.models import Device, DeviceKind, TrainingRun
from annotation.run_folder import RunFolder
from ml.weights import models_folder

from .processes import end_stragglers, is_alive, lock_to_hand_on, signal_group, started_mark

# The trainer needs neither the database's address nor any secret.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "USER")
PASSED_ON_FAMILIES = ("CUDA_", "NCCL_", "OMP_", "MKL_", "FACES_", "MLFLOW_")
# Below people's requests and drafts, where they share a processor.
NICE = ("nice", "-n", "10")
# A step and its checkpoint, once a run is told to end. Torchrun's own half minute is too short.
SAVES_WITHIN_S = 120
STARTING = "The process of this run was started by another worker and comes up."


@dataclass(frozen=True)
class Started:
    process_group: int
    mark: str


class Launching(Protocol):
    def start(self, run: TrainingRun, folder: RunFolder, devices: Sequence[Device]) -> Started:
        """Takes over a process that is alive already, instead of a second one."""

    def is_alive(self, run: TrainingRun, folder: RunFolder) -> bool: ...

    def is_in_line(self, run: TrainingRun, folder: RunFolder) -> bool:
        """Whether hours may pass without a word, as nothing of the run is at work."""

    def was_cancelled(self, run: TrainingRun) -> bool:
        """Whether a person took away what is alive no more."""

    def signal(self, run: TrainingRun, folder: RunFolder, which: signal.Signals) -> None: ...

    def end_stragglers(self, run: TrainingRun) -> None:
        """What a process that is gone may have left behind."""


def trainer_arguments(run: TrainingRun, folder: RunFolder) -> list[str]:
    """
    Of `python -m ml`. Going on is beginning where there is no checkpoint yet, and a cluster may
    start what it was given once more.
    """
    arguments = ["train", "--recipe", str(folder.recipe), "--train", str(folder.manifest("train"))]
    if run.manifests.get("validation", {}).get("count"):
        arguments += ["--validation", str(folder.manifest("validation"))]
    if settings.TRAIN_FEATURES_GIB is not None:
        arguments += ["--features-gib", str(settings.TRAIN_FEATURES_GIB)]
    return [*arguments, "--out", str(folder.out), "--models", str(models_folder()), "--resume"]


class LocalLauncher:
    """
    A session of its own, so that the end of the worker is not its end. It inherits the lock of
    the folder: while it lives no second process of the run can begin.
    """

    def start(self, run: TrainingRun, folder: RunFolder, devices: Sequence[Device]) -> Started:
        with lock_to_hand_on(folder.lock) as lock:
            if lock is None:
                return self._found(folder)
            folder.out.mkdir(parents=True, exist_ok=True)
            folder.forget_former_process()
            with folder.log.open("ab") as log:
                child = subprocess.Popen(  # noqa: S603 -- no shell; arguments are our own paths
                    self.command(run, folder, devices),
                    cwd=PROJECT_ROOT,
                    env=environment_for(devices, os.environ),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    pass_fds=[lock.fileno()],
                )
            return Started(child.pid, started_mark(child.pid))

    def _found(self, folder: RunFolder) -> Started:
        """By its own word, which it says once its libraries are loaded."""
        said = folder.state().get("pid")
        pid = said if isinstance(said, int) else 0
        mark = started_mark(pid)
        if not mark:
            raise TryLater(STARTING, wait_s=5.0, costs_attempt=False)
        return Started(os.getpgid(pid), mark)

    def command(self, run: TrainingRun, folder: RunFolder, devices: Sequence[Device]) -> list[str]:
        kinds = {device.kind for device in devices}
        gently = NICE if kinds == {DeviceKind.CPU} else ()
        return [*gently, *self.program(len(devices)), *trainer_arguments(run, folder)]

    def program(self, devices: int) -> list[str]:
        return one_process()

    def is_alive(self, run: TrainingRun, folder: RunFolder) -> bool:
        return is_alive(run.process_group, run.process_started)

    def is_in_line(self, run: TrainingRun, folder: RunFolder) -> bool:
        return False

    def was_cancelled(self, run: TrainingRun) -> bool:
        return False

    def signal(self, run: TrainingRun, folder: RunFolder, which: signal.Signals) -> None:
        signal_group(run.process_group, run.process_started, which)

    def end_stragglers(self, run: TrainingRun) -> None:
        end_stragglers(run.process_group)


class TorchrunLauncher(LocalLauncher):
    """One process for each GPU, under one that answers for them."""

    def program(self, devices: int) -> list[str]:
        return one_for_each_gpu(devices)


def one_process() -> list[str]:
    return [sys.executable, "-m", "ml"]


def one_for_each_gpu(gpus: int) -> list[str]:
    several = ("--standalone", "--nproc-per-node", str(gpus))
    patience = ("--shutdown-timeout", str(SAVES_WITHIN_S))
    return [sys.executable, "-m", "torch.distributed.run", *several, *patience, "-m", "ml"]


def passed_on(own: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in own.items()
        if name in PASSED_ON or name.startswith(PASSED_ON_FAMILIES)
    }


def environment_for(devices: Sequence[Device], own: Mapping[str, str]) -> dict[str, str]:
    numbers = [device.name.partition(":")[2] for device in devices]
    # Empty hides all GPUs from a run that was given the processor.
    return passed_on(own) | {"CUDA_VISIBLE_DEVICES": ",".join(filter(None, numbers))}
