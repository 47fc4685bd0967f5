from __future__ import annotations

import json
from fractions import Fraction
from functools import partial

import pytest
from django.conf import settings as django_settings

from annotation.importing.preparing import prepare, store_file
from annotation.models import FaceBackends, TrainingRun
from annotation.pipeline import tracking
from annotation.pipeline.analysers import key_of
from annotation.pipeline.launchers import LocalLauncher
from annotation.workflow.importing import Labels, import_clip
from config import celery_app
from config.databases import cache_url
from tests.clips import Recipe, make_clip, steady
from tests.factories import World
from tests.hosted_model import KEY, serving
from tests.jobs import settings as intervals
from tests.jobs.conftest import Broker, Worker
from tests.pipeline.drafting import allow, serve
from tests.scripted_faces import VERSIONS, ScriptedAnalyser
from tests.training import SCRIPTED

from .runs import Runs, kill


@pytest.fixture(scope="session")
def video(tmp_path_factory):
    recipe = Recipe("plain.mp4", *steady(Fraction(25), 12))
    return make_clip(tmp_path_factory.mktemp("videos") / recipe.name, recipe)


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return World()


@pytest.fixture
def analyser(monkeypatch):
    scripted = ScriptedAnalyser()
    monkeypatch.setattr(tracking, "installed_analyser", lambda: scripted)
    return scripted


@pytest.fixture
def backends(db):
    return FaceBackends.objects.create(key=key_of(VERSIONS), versions=VERSIONS)


@pytest.fixture
def clip(world, video, backends):
    """Imported where a worker sees faces, so that it waits for its tracks."""
    with video.open("rb") as file:
        stored = store_file(file, "plain.mp4")
    imported, _ = import_clip(
        project_id=world.project.pk,
        actor=world.lena,
        source_id=world.source.pk,
        prepared=prepare(stored),
        labels=Labels(name="plain.mp4"),
    )
    return imported


@pytest.fixture
def server(settings):
    with serving() as server:
        serve(settings, server)
        yield server


@pytest.fixture
def hosted(world, server):
    """The model that drafts this world's clips."""
    return allow(world)


def import_seen(world, video):
    """In `annotating`, with a real file behind it."""
    with video.open("rb") as file:
        stored = store_file(file, video.name)
    imported, _ = import_clip(
        project_id=world.project.pk,
        actor=world.lena,
        source_id=world.source.pk,
        prepared=prepare(stored),
        labels=Labels(name=video.name),
    )
    return imported


@pytest.fixture
def seen_clip(world, video):
    return import_seen(world, video)


@pytest.fixture
def broker(embedded_servers_running, settings, monkeypatch):
    """For workers that a test starts; intervals are theirs too."""
    broker = Broker(cache_url(django_settings.ENVIRONMENT))
    for name in dir(intervals):
        if name.startswith("JOB_"):
            setattr(settings, name, getattr(intervals, name))
    options = {"global_keyprefix": broker.prefix}
    with celery_app.connection_for_write(transport_options=options) as to_broker:
        send = partial(celery_app.send_task, connection=to_broker)
        monkeypatch.setattr("annotation.jobs.enqueuing.current_app.send_task", send)
        yield broker
    broker.empty()


class IoWorker(Worker):
    OPTIONS = (
        *("-Q", "io", "-P", "threads", "-c", "4", "-I", "annotation.io_tasks"),
        *("--without-gossip", "--without-mingle"),
    )


@pytest.fixture
def io_worker(broker, server, world, settings, tmp_path):
    """A real one, which reaches the scripted server."""
    worker = IoWorker(
        broker.prefix,
        tmp_path / "worker.log",
        DJANGO_SETTINGS_MODULE="tests.pipeline.worker_settings",
        TEST_MEDIA_ROOT=str(settings.MEDIA_ROOT),
        DRAFT_ENDPOINTS=json.dumps({"tests": {"url": server.url, "api_key": KEY}}),
        OUTGOING_ALLOWED=server.host,
    )
    yield worker
    worker.kill()


@pytest.fixture
def runs(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT, settings.RUNS_ROOT = tmp_path / "media", tmp_path / "runs"
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setattr(LocalLauncher, "program", lambda self, devices: SCRIPTED)
    yield Runs()
    for run in TrainingRun.objects.exclude(process_group=None):
        kill(run)
