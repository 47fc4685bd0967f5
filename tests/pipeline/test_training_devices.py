"""Who has a device, and what a trainer is told."""

from __future__ import annotations

import pytest
from django.utils import timezone
from torch.distributed.run import parse_args

from annotation import jobs
from annotation.models import (
    Job,
    JobState,
    RunState,
)
from annotation.pipeline import gpu_turns, machine, own_models, training
from annotation.pipeline.gpu_turns import gpu_turn, unload_for_runs
from annotation.pipeline.launchers import environment_for, one_for_each_gpu, trainer_arguments
from annotation.run_folder import RunFolder
from annotation.workflow.training import stop_run
from tests.training import CPU, GPU, announce

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_device_is_one_runs_at_a_time(runs):
    first, second = runs.begin("wait"), runs.ask("wait")
    runs.submit(second)
    assert second.state == RunState.QUEUED
    job = Job.objects.get(pk=second.job_id)
    assert (job.state, job.attempts < job.max_attempts) == (JobState.QUEUED, True)

    stop_run(run_uid=first.uid, actor=runs.world.mila)
    runs.poll_until(first, RunState.STOPPED)
    runs.submit(second)
    assert second.state == RunState.RUNNING


def test_a_run_and_a_draft_never_share_a_gpu(runs, monkeypatch):
    announce(machine.host(), CPU, GPU)
    unloaded = []
    monkeypatch.setattr(own_models, "unload", lambda: unloaded.append(True))
    # What it would do by itself is called here.
    monkeypatch.setattr(gpu_turns, "_make_room_for_runs", lambda: None)
    run, draft = runs.ask("wait", device_kind="cuda"), enqueue_draft(runs.world)
    with gpu_turn(draft.pk) as is_ours:
        assert is_ours
        runs.submit(run)
        unload_for_runs()
        assert (run.state, unloaded) == (RunState.PREPARING, [])
    unload_for_runs()
    assert unloaded == [True]

    Job.objects.update(run_after=timezone.now())
    runs.submit(run)
    assert run.state == RunState.RUNNING
    with gpu_turn(draft.pk) as is_ours:
        assert not is_ours
    draft.refresh_from_db()
    assert (draft.state, draft.attempts) == (JobState.QUEUED, 0)
    assert "A training run has the GPU" in draft.progress["message"]


def enqueue_draft(world):
    kind = jobs.JobKind.DRAFT_ON_DEVICE
    return jobs.enqueue(kind, key="d", payload={}, project=world.project, started_by=None)


def test_a_trainer_is_told_how_much_of_the_disk_is_for_features(runs, settings):
    settings.TRAIN_FEATURES_GIB = 20.0
    run = runs.ask()
    assert "--features-gib 20.0" in " ".join(trainer_arguments(run, RunFolder.of(run.uid)))


def test_torchrun_lets_its_processes_save_for_as_long_as_a_stop_does():
    asked = parse_args([*one_for_each_gpu(2)[3:], "train"])
    assert (asked.nproc_per_node, asked.module, asked.training_script) == ("2", True, "ml")
    assert asked.shutdown_timeout == training.KILL_AFTER.total_seconds()


def test_a_trainer_learns_no_secret():
    own = {
        "PATH": "/bin",
        "SECRET_KEY": "x",
        "DATABASE_URL": "y",
        "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
        "MLFLOW_TRACKING_URI": "http://there",
    }
    known = {name: own[name] for name in ("PATH", "CUDA_DEVICE_ORDER", "MLFLOW_TRACKING_URI")}
    assert environment_for([], own) == known | {"CUDA_VISIBLE_DEVICES": ""}
