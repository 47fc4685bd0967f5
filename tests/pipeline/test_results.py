"""What a run that ended before its time leaves becomes a model version too."""

from __future__ import annotations

from functools import partial

import pytest

from annotation import jobs
from annotation.errors import TransitionRefused
from annotation.models import Job, JobState, ModelVersion, RunState
from annotation.pipeline import results
from annotation.queries.training import saved_step_of, step_to_register
from annotation.workflow.training import resume_run, stop_run
from annotation.workflow.training_results import NoResult, ask_for_result
from tests.concurrency.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def ask(runs, run):
    mila = runs.world.mila
    return ask_for_result(run_uid=run.uid, actor=mila, saved_step=saved_step_of(run.uid, mila))


def test_a_stopped_run_becomes_a_model_once_for_each_of_its_ends(runs, tmp_path):
    run = runs.begin("wait")
    for step in (1, 2):
        runs.at_step(run, step)
    stop_run(run_uid=run.uid, actor=runs.world.lena)
    runs.poll_until(run, RunState.STOPPED)
    assert step_to_register(run) == 2

    first, second = race(*2 * [partial(ask, runs, run)])
    assert isinstance(first, Job)
    assert first == second
    # The same job under two workers, of which one was taken for dead.
    race(*2 * [partial(results.register_stopped, jobs.Progress(first))])
    jobs.run_job(first.pk, results.register_stopped)
    model = ModelVersion.objects.get(training_run=run)
    assert Job.objects.get(pk=first.pk).result == {"model": model.uid, "name": model.name}
    assert (model.name, model.stopped_at_step) == ("wait (step 2 of 4)", 2)
    assert (model.registered_by, model.base) == (runs.world.mila, "tiny")
    adapter = tmp_path / "models" / "adapters" / model.adapter
    # Of the best step until then; what the training itself goes on from is left.
    learned = {path.name: path.read_text() for path in adapter.iterdir()}
    assert learned == {"adapter_config.json": "{}", "adapter_model.safetensors": "step 1"}
    told = runs.world.project.events.get(kind="model_version.registered").detail
    assert told == {"model": model.uid, "run": run.uid, "step": 2, "steps": 4}
    assert step_to_register(run) is None

    resume_run(run_uid=run.uid, actor=runs.world.lena)
    run.refresh_from_db()
    runs.submit(run)
    for step in (3, 4):
        runs.at_step(run, step)
    runs.poll_until(run, RunState.DONE)
    ends = ModelVersion.objects.filter(training_run=run).order_by("pk")
    assert [end.stopped_at_step for end in ends] == [2, None]


def test_a_failed_run_with_a_checkpoint_has_a_result(runs):
    run = runs.poll_until(runs.begin("fail"), RunState.FAILED)
    jobs.run_job(ask(runs, run).pk, results.register_stopped)
    assert ModelVersion.objects.get(training_run=run).stopped_at_step == 2


def test_a_run_that_saved_nothing_has_no_result(runs):
    run = runs.ask("wait")
    with pytest.raises(TransitionRefused):
        ask(runs, run)
    stop_run(run_uid=run.uid, actor=runs.world.mila)
    run.refresh_from_db()
    assert step_to_register(run) is None
    with pytest.raises(NoResult):
        ask(runs, run)


def test_a_checkpoint_that_is_gone_ends_the_job_with_its_reason(runs):
    run = runs.poll_until(runs.begin("fail"), RunState.FAILED)
    job = ask_for_result(run_uid=run.uid, actor=runs.world.mila, saved_step=9)
    jobs.run_job(job.pk, results.register_stopped)
    job.refresh_from_db()
    assert job.state == JobState.DEAD
    assert "no adapter_config.json" in job.error
