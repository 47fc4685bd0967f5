"""Runs under real workers, and one of the real trainer."""

from __future__ import annotations

import json
import shutil
import time
from fractions import Fraction
from functools import partial

import pytest
from django.conf import settings

from annotation.importing.preparing import stored_path
from annotation.models import (
    FaceBackends,
    ModelVersion,
    RunState,
)
from annotation.pipeline import training
from annotation.pipeline.processes import is_alive
from config import celery_app
from config.databases import cache_url
from tests.clips import Recipe, make_clip, steady
from tests.jobs.conftest import Broker, Worker, until
from tests.scripted_faces import VERSIONS, a_record, a_track, store_tracks

from .runs import starts

pytestmark = pytest.mark.django_db(transaction=True)


class TrainWorker(Worker):
    OPTIONS = ("-Q", "train", "-P", "threads", "-c", "2", "--without-gossip", "--without-mingle")

    def start(self):
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": "tests.pipeline.train_worker",
            "TEST_MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "TEST_RUNS_ROOT": str(settings.RUNS_ROOT),
        }
        super().start()


@pytest.mark.slow_process
def test_a_killed_worker_takes_no_run_with_it(runs, monkeypatch, tmp_path):
    broker = Broker(cache_url(settings.ENVIRONMENT))
    with celery_app.connection_for_write(
        transport_options={"global_keyprefix": broker.prefix}
    ) as to_broker:
        send = partial(celery_app.send_task, connection=to_broker)
        monkeypatch.setattr("annotation.jobs.enqueuing.current_app.send_task", send)
        worker = TrainWorker(broker.prefix, tmp_path / "worker.log")
        try:
            run = runs.ask("wait")
            until(lambda: run.refresh_from_db() or run.state == RunState.RUNNING, worker.log)
        finally:
            worker.kill()
    broker.empty()
    assert is_alive(run.process_group, run.process_started)

    for step in (1, 2, 3, 4):
        runs.at_step(run, step)
    runs.poll_until(run, RunState.DONE)
    assert (starts(run), run.attempts) == ([0], 1)


@pytest.fixture
def real(runs, monkeypatch, tmp_path):
    """Clips that are there, and the trainer that learns."""
    monkeypatch.undo()
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))
    recipe = Recipe("plain.mp4", *steady(Fraction(25), 12))
    video = make_clip(tmp_path / recipe.name, recipe)
    backends = FaceBackends.objects.create(key="script", versions=VERSIONS)
    for entry in runs.version.entries.select_related("clip"):
        original = stored_path(entry.clip.original)
        original.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(video, original)
        store_tracks(entry.clip, backends, a_record(a_track()))
    return runs


@pytest.mark.slow_process
def test_a_tiny_model_is_trained_for_real(real, tmp_path):
    run = real.begin("for real")
    # As long as libraries take to load on a busy machine; the test's own limit bounds it.
    while run.state == RunState.RUNNING:
        time.sleep(0.2)
        training.poll_runs()
        run.refresh_from_db()
    assert run.state == RunState.DONE, run.reason
    assert run.losses
    assert run.losses[-1] < run.losses[0]
    adapter = tmp_path / "models" / "adapters" / ModelVersion.objects.get(training_run=run).adapter
    told = json.loads((adapter / "run.json").read_text())
    assert told["dataset_version"] == real.version.uid
