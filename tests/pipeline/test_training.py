"""Runs over real processes, of a trainer that keeps the contract of the folder."""

from __future__ import annotations

import json
import os
import signal
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from annotation import jobs
from annotation.models import (
    Clip,
    ClipStage,
    Device,
    Job,
    JobState,
    ModelVersion,
    RunState,
    TrainingRun,
)
from annotation.pipeline import training
from annotation.pipeline.processes import is_alive
from annotation.queries.lineage import uses_of_clip
from annotation.run_folder import RunFolder
from annotation.workflow.training import ClipsWithdrawn, resume_run, stop_run
from annotation.workflow.training_moves import record_heartbeat
from tests.concurrency.racing import race
from tests.jobs.conftest import until

from .runs import kill, starts

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_run_ends_as_a_model_that_can_draft(runs, tmp_path):
    run = runs.begin()
    assert (run.state, run.attempts) == (RunState.RUNNING, 1)
    assert Device.objects.get().run == run

    runs.poll_until(run, RunState.DONE)

    model = ModelVersion.objects.get(training_run=run)
    adapter = tmp_path / "models" / "adapters" / model.adapter
    assert (adapter / "adapter_model.safetensors").read_text() == "step 4"
    assert (model.kind, model.base, model.name) == ("facetrack_mm", "tiny", "run")
    assert (run.step, run.versions) == (4, {"code": "scripted"})
    assert run.losses == [2.0, 1.0, 2 / 3, 0.5]
    assert run.heartbeat_at is not None
    assert Device.objects.get().run is None
    events = runs.world.project.events.filter(detail__run=run.uid).order_by("pk")
    assert list(events.values_list("kind", flat=True)) == [
        "training.asked_for",
        "training.preparing",
        "training.started",
        "training.finished",
        "model_version.registered",
    ]


def test_the_manifests_hold_what_the_run_may_see(runs):
    run = runs.begin("wait")
    folder = RunFolder.of(run.uid)
    header, *examples = map(json.loads, folder.manifest("train").read_text().splitlines())
    assert (header["split"], header["count"], len(examples)) == ("train", 2, 2)
    assert header["dataset_sha256"] == runs.version.sha256
    seen = {entry.clip.uid: entry for entry in runs.version.entries.filter(split="train")}
    assert [example["id"] for example in examples] == sorted(seen)
    assert all(example["answer"] == seen[example["id"]].text for example in examples)
    assert all(example["instruction"] and example["video"][0] == "/" for example in examples)
    assert not folder.manifest("test").exists()
    held = [path.read_text() for path in folder.root.glob("*.jsonl")]
    hidden = runs.version.entries.get(split="test").clip.uid
    assert not any(hidden in text for text in held)


def test_a_killed_trainer_goes_on_where_it_was(runs):
    run = runs.begin("wait")
    runs.at_step(run, 1)
    runs.at_step(run, 2)
    kill(run)
    runs.poll_until(run, RunState.QUEUED)
    assert Device.objects.get().run is None

    runs.submit(run)
    assert run.state == RunState.RUNNING
    for step in (3, 4):
        runs.at_step(run, step)
    runs.poll_until(run, RunState.DONE)
    assert starts(run) == [0, 2]
    assert run.deaths == 0


def test_a_trainer_that_dies_again_and_again_is_given_up(runs):
    run = runs.begin("die")
    while run.state != RunState.FAILED:
        runs.poll_until(run, RunState.QUEUED, RunState.FAILED)
        if run.state == RunState.QUEUED:
            runs.submit(run)
    assert run.code == "died"
    # The first death came after two steps, which forgive nothing later.
    assert starts(run) == [0, 2, 2]

    resume_run(run_uid=run.uid, actor=runs.world.mila)
    run.refresh_from_db()
    assert (run.state, run.deaths, run.reason) == (RunState.QUEUED, 0, "")


def test_steps_that_are_taken_again_forgive_no_death(runs):
    run = runs.ask()
    TrainingRun.objects.update(step=5, deaths=2)
    for step, left in [(3, 2), (4, 2), (5, 2), (6, 0)]:
        run.refresh_from_db()
        record_heartbeat(run, {"step": step}, None)
        run.refresh_from_db()
        assert (run.step, run.deaths) == (max(5, step), left)


def test_what_the_trainer_says_of_its_failure_is_told(runs):
    run = runs.poll_until(runs.begin("fail"), RunState.FAILED)
    assert (run.code, run.reason) == ("nan_loss", "The loss is no number.")
    assert Device.objects.get().run is None


def test_a_run_that_is_stopped_keeps_its_result_and_can_go_on(runs):
    run = runs.begin("wait")
    runs.at_step(run, 1)
    stop_run(run_uid=run.uid, actor=runs.world.lena)
    runs.poll_until(run, RunState.STOPPED)
    assert run.message == "It was stopped at step 1."
    assert (RunFolder.of(run.uid).result / "adapter_model.safetensors").exists()

    resume_run(run_uid=run.uid, actor=runs.world.lena)
    run.refresh_from_db()
    runs.submit(run)
    for step in (2, 3, 4):
        runs.at_step(run, step)
    runs.poll_until(run, RunState.DONE)
    assert starts(run) == [0, 1]


def test_a_trainer_that_does_not_listen_is_killed_in_the_end(runs):
    run = runs.begin("wait")
    os.kill(run.process_group, signal.SIGSTOP)
    stop_run(run_uid=run.uid, actor=runs.world.lena)
    training.poll_runs()
    assert is_alive(run.process_group, run.process_started)
    TrainingRun.objects.update(signalled_at=timezone.now() - timedelta(seconds=121))
    runs.poll_until(run, RunState.STOPPED)
    assert not is_alive(run.process_group, run.process_started)


def test_a_trainer_that_hangs_is_ended_and_goes_on(runs):
    run = runs.begin("wait")
    runs.at_step(run, 1)
    os.kill(run.process_group, signal.SIGSTOP)
    said = RunFolder.of(run.uid).out / "state.json"
    quiet = timezone.now() - timedelta(minutes=14)
    said.write_text(json.dumps({"at": quiet.isoformat(), "step": 1}))
    training.poll_runs()
    assert is_alive(run.process_group, run.process_started)

    said.write_text(json.dumps({"at": (quiet - timedelta(minutes=2)).isoformat(), "step": 1}))
    runs.poll_until(run, RunState.QUEUED)
    runs.submit(run)
    for step in (2, 3, 4):
        runs.at_step(run, step)
    runs.poll_until(run, RunState.DONE)
    assert starts(run) == [0, 1]


def test_a_trainer_that_speaks_and_comes_no_further_is_ended(runs):
    run = runs.begin("wait")
    runs.at_step(run, 1)
    state = RunFolder.of(run.uid).out / "state.json"

    def is_borne(minutes, longest):
        told = {"still_s": 60 * minutes, "longest_still_s": longest, "step": 1}
        state.write_text(json.dumps(told | {"at": timezone.now().isoformat()}))
        training.poll_runs()
        return is_alive(run.process_group, run.process_started)

    assert is_borne(59, None)
    assert is_borne(19, 60)
    is_borne(16, 5)
    runs.poll_until(run, RunState.QUEUED)
    assert run.deaths == 1
    runs.submit(run)
    runs.at_step(run, 2)
    assert starts(run) == [0, 1]


def test_a_run_that_waits_is_stopped_at_once(runs):
    run = runs.ask()
    stopped = stop_run(run_uid=run.uid, actor=runs.world.mila)
    assert stopped.state == RunState.STOPPED
    assert Job.objects.get(pk=run.job_id).state == JobState.CANCELLED
    runs.submit(run)
    assert (run.state, run.attempts) == (RunState.STOPPED, 0)


def test_two_starts_at_once_begin_one_process(runs):
    run = runs.ask("wait")
    start = partial(jobs.run_job, run.job_id, training.submit_run)
    race(start, start)
    # Nor does a start whose worker was killed before it wrote down the process.
    TrainingRun.objects.filter(pk=run.pk).update(state=RunState.PREPARING, process_group=None)
    Job.objects.filter(pk=run.job_id).update(state=JobState.QUEUED, ended_at=None)
    until(lambda: RunFolder.of(run.uid).state(), "the first word of the process")
    runs.submit(run)
    assert run.state == RunState.RUNNING
    assert is_alive(run.process_group, run.process_started)
    assert starts(run) == [0]


def test_a_withdrawn_clip_holds_a_run_up_before_it_sees_it(runs):
    run = runs.ask()
    Clip.objects.filter(dataset_entries__split="train").update(stage=ClipStage.WITHDRAWN)
    runs.submit(run)
    assert (run.state, run.code) == (RunState.FAILED, "clips_withdrawn")
    assert "Freeze a new version" in run.reason
    with pytest.raises(ClipsWithdrawn, match="whose use has ended"):
        resume_run(run_uid=run.uid, actor=runs.world.mila)


def test_a_clip_tells_which_runs_saw_it(runs):
    waiting, begun = runs.ask("wait"), runs.begin("wait")
    clips = {entry.split: entry.clip_id for entry in runs.version.entries.all()}
    seen = {
        split: uses_of_clip(clip, runs.world.lena).training_runs for split, clip in clips.items()
    }
    assert seen == {"train": [begun], "validation": [begun], "test": []}
    assert waiting.attempts == 0


def test_a_machine_that_fell_silent_loses_its_run(runs):
    run = runs.begin("wait")
    long_ago = timezone.now() - timedelta(minutes=11)
    TrainingRun.objects.update(host="elsewhere", polled_at=long_ago)
    training.poll_runs()
    run.refresh_from_db()
    assert (run.state, run.code) == (RunState.FAILED, "machine_away")
