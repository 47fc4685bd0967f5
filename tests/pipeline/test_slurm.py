"""Runs as jobs of a cluster whose commands are scripted; what they start is real."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.utils import timezone

from annotation import jobs
from annotation.models import Device, Job, ModelVersion, RunState, TrainingRun
from annotation.pipeline import slurm, training
from annotation.run_folder import RunFolder
from annotation.workflow.training import resume_run, stop_run
from config.env import TrainSlurm
from tests import scripted_slurm
from tests.concurrency.racing import race
from tests.jobs.conftest import until
from tests.training import SCRIPTED

from .runs import starts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cluster(runs, settings, monkeypatch, tmp_path):
    folder = tmp_path / "cluster"
    folder.mkdir()
    program = f"#!{sys.executable}\n{Path(scripted_slurm.__file__).read_text()}"
    for name in ("sbatch", "srun", "sacct", "scancel", "scontrol"):
        (folder / name).write_text(program)
        (folder / name).chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("SECRET_KEY", "not for the cluster")
    monkeypatch.setattr(slurm.SlurmLauncher, "program", lambda self, devices: SCRIPTED)
    monkeypatch.setattr(slurm, "WATCHER", slurm.Watcher(delay_s=0))
    settings.TRAIN_SLURM = TrainSlurm(partition="gpu", hours=2)
    yield folder
    for step in folder.glob("*.step"):
        if not step.with_suffix(".end").exists():
            os.kill(int(step.read_text()), signal.SIGKILL)


def begin(runs, name="run"):
    return runs.submit(runs.ask(name, launcher="slurm"))


def somebody(cluster, *command):
    subprocess.run([cluster / command[0], *command[1:]], check=True)


def to_the_end(runs, run, first=2):
    for step in range(first, 5):
        runs.at_step(run, step)
    runs.poll_until(run, RunState.DONE)


def submit_again(runs, run):
    """Without the wait between two tries."""
    Job.objects.filter(pk=run.job_id).update(run_after=timezone.now())
    return runs.submit(run)


def test_a_job_of_the_cluster_ends_as_a_model(runs, cluster):
    run = begin(runs)
    assert (run.state, run.host, run.process_group) == (RunState.RUNNING, "slurm", 1)
    assert Device.objects.get().run is None
    runs.poll_until(run, RunState.DONE)
    assert ModelVersion.objects.get(training_run=run).name == "run"

    asked = scripted_slurm.options(cluster / "1.script")
    wanted = {"partition": "gpu", "time": "120", "mem": "64GB", "signal": "TERM@120"}
    assert wanted.items() <= asked.items()
    assert "no-requeue" in asked
    assert not {"account", "gpus-per-node"} & asked.keys()
    assert "PATH" in asked["export"].split(",")
    assert "SECRET_KEY" not in asked["export"]


def test_a_stopped_job_saves_and_another_goes_on(runs, cluster):
    run = begin(runs, "wait")
    runs.at_step(run, 1)
    stop_run(run_uid=run.uid, actor=runs.world.lena)
    runs.poll_until(run, RunState.STOPPED)
    assert (RunFolder.of(run.uid).result / "adapter_model.safetensors").exists()

    resume_run(run_uid=run.uid, actor=runs.world.lena)
    run.refresh_from_db()
    runs.submit(run)
    to_the_end(runs, run)
    assert starts(run) == [0, 1]


# Killed, or told to end since its time was up.
@pytest.mark.parametrize("which", [signal.SIGKILL, signal.SIGTERM])
def test_a_job_that_ends_early_goes_on_in_a_next_one(runs, cluster, which):
    run = begin(runs, "wait")
    runs.at_step(run, 1)
    os.kill(RunFolder.of(run.uid).state()["pid"], which)
    runs.poll_until(run, RunState.QUEUED)
    runs.submit(run)
    to_the_end(runs, run)
    assert (starts(run), run.attempts, run.deaths) == ([0, 1], 2, 0)


def test_a_job_in_line_is_taken_out_of_it(runs, cluster):
    (cluster / "full").touch()
    run = begin(runs, "wait")
    training.poll_runs()
    run.refresh_from_db()
    assert (run.state, run.message) == (RunState.RUNNING, "It waits in the cluster's line.")
    # However long it takes.
    TrainingRun.objects.update(heartbeat_at=timezone.now() - timedelta(days=2))
    training.poll_runs()
    assert not (cluster / "1.end").exists()
    stop_run(run_uid=run.uid, actor=runs.world.lena)
    runs.poll_until(run, RunState.STOPPED)
    assert (cluster / "1.end").read_text().startswith("CANCELLED by ")


def test_two_starts_at_once_are_one_job(runs, cluster):
    run = runs.ask("wait", launcher="slurm")
    start = partial(jobs.run_job, run.job_id, training.submit_run)
    race(start, start)
    # Nor does a start whose worker was killed before it wrote down the job.
    TrainingRun.objects.filter(pk=run.pk).update(state=RunState.PREPARING, process_group=None)
    Job.objects.filter(pk=run.job_id).update(state="queued", ended_at=None)
    runs.submit(run)
    assert (run.state, run.process_group) == (RunState.RUNNING, 1)
    until(lambda: RunFolder.of(run.uid).state(), "the first word of the job")
    assert [path.name for path in cluster.glob("*.state")] == ["1.state"]


def test_what_the_cluster_refuses_is_told(runs, cluster):
    (cluster / "refuses").touch()
    run = begin(runs)
    assert (run.state, run.code) == (RunState.FAILED, "slurm_refused")
    assert "invalid partition" in run.reason


def test_a_job_that_was_put_back_goes_on_by_itself(runs, cluster):
    run = begin(runs, "wait")
    runs.at_step(run, 1)
    somebody(cluster, "scontrol", "requeue", "1")
    # However long it takes, also after it had spoken.
    TrainingRun.objects.update(heartbeat_at=timezone.now() - timedelta(days=2))
    training.poll_runs()
    run.refresh_from_db()
    assert (run.state, run.message) == (RunState.RUNNING, training.IN_LINE)
    somebody(cluster, "scontrol", "release", "1")
    to_the_end(runs, run)
    assert (starts(run), run.attempts) == ([0, 1], 1)


def test_a_job_that_somebody_cancelled_is_not_handed_over_again(runs, cluster):
    run = begin(runs, "wait")
    runs.at_step(run, 1)
    somebody(cluster, "scancel", "1")
    runs.poll_until(run, RunState.FAILED)
    assert run.code == "cancelled"


def test_a_job_that_hangs_is_cancelled_and_goes_on_in_a_next_one(runs, cluster):
    run = begin(runs, "wait")
    runs.at_step(run, 1)
    said = RunFolder.of(run.uid).out / "state.json"
    quiet = timezone.now() - timedelta(minutes=16)
    said.write_text(json.dumps({"at": quiet.isoformat(), "step": 1}))
    runs.poll_until(run, RunState.QUEUED)
    assert (cluster / "1.end").read_text().startswith("CANCELLED by ")


def test_a_next_job_waits_for_a_process_that_outlived_its_node(runs, cluster):
    run = begin(runs, "wait")
    runs.at_step(run, 1)
    (cluster / "1.end").write_text("NODE_FAIL")
    runs.poll_until(run, RunState.QUEUED)
    runs.submit(run)
    assert (run.state, len(list(cluster.glob("*.state")))) == (RunState.PREPARING, 1)
    os.kill(int((cluster / "1.step").read_text()), signal.SIGKILL)
    submit_again(runs, run)
    to_the_end(runs, run)
    assert starts(run) == [0, 1]


def test_a_job_that_made_way_is_not_put_back_beside_the_next_one(runs, cluster):
    run = begin(runs, "wait")
    runs.at_step(run, 1)
    somebody(cluster, "scontrol", "preempt", "1")
    runs.poll_until(run, RunState.QUEUED)
    assert (cluster / "1.end").read_text().startswith("CANCELLED by ")


def test_a_cluster_that_does_not_answer_is_asked_again(runs, cluster):
    (cluster / "away").touch()
    run = begin(runs, "wait")
    run.job.refresh_from_db()
    assert (run.state, run.job.error) == (RunState.PREPARING, slurm.AWAY)
    (cluster / "away").unlink()
    submit_again(runs, run)
    runs.at_step(run, 1)
    (cluster / "away").touch()
    stop_run(run_uid=run.uid, actor=runs.world.lena)
    training.poll_runs()
    (cluster / "away").unlink()
    runs.poll_until(run, RunState.STOPPED)
    assert (RunFolder.of(run.uid).result / "adapter_model.safetensors").exists()
