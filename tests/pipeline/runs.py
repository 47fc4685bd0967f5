"""Runs over real processes, of a trainer that keeps the contract of the folder."""

from __future__ import annotations

import signal

from annotation import jobs
from annotation.pipeline import machine, training
from annotation.pipeline.processes import signal_group
from annotation.run_folder import RunFolder
from tests.jobs.conftest import until
from tests.training import CPU, a_run, a_small_world, a_version, announce


class Runs:
    """A project with a version, on a machine with a processor."""

    def __init__(self):
        self.world = a_small_world()
        self.version = a_version(self.world)
        announce(machine.host(), CPU)

    def ask(self, name="run", **fields):
        return a_run(self.world, self.version, name, **fields)

    def submit(self, run):
        jobs.run_job(run.job_id, training.submit_run)
        run.refresh_from_db()
        return run

    def begin(self, name="run"):
        return self.submit(self.ask(name))

    def poll_until(self, run, *states):
        def is_there():
            training.poll_runs()
            run.refresh_from_db()
            return run.state in states

        until(is_there, f"{run} to become {states}: {RunFolder.of(run.uid).log_part(None).text}")
        return run

    def at_step(self, run, step):
        def is_there():
            training.poll_runs()
            run.refresh_from_db()
            return run.step >= step

        (RunFolder.of(run.uid).root / f"step-{step}").touch()
        until(is_there, f"step {step} of {run}")


def kill(run):
    signal_group(run.process_group, run.process_started, signal.SIGKILL)


def starts(run):
    """The step at which each process of the run began."""
    lines = (RunFolder.of(run.uid).out / "starts").read_text().split("\n")
    return [int(line.split()[1]) for line in lines if line]
