"""The whole way once with a real worker: broker, threads, a hosted model that misbehaves first."""

from __future__ import annotations

import json
from functools import partial

import pytest
from django.conf import settings as django_settings

from annotation.jobs.sweeping import sweep
from annotation.models import ClipStage, DraftStatus, ModelCall, ProjectBudget
from config import celery_app
from config.databases import cache_url
from tests.hosted_model import CAPTION, KEY, CutReply, refusing, saying
from tests.jobs import settings as intervals
from tests.jobs.conftest import Broker, Worker, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow_process]


class IoWorker(Worker):
    OPTIONS = (
        *("-Q", "io", "-P", "threads", "-c", "4", "-I", "annotation.io_tasks"),
        *("--without-gossip", "--without-mingle"),
    )

    def __init__(self, prefix, log, **variables):
        self.variables = variables
        super().__init__(prefix, log)

    def start(self):
        self.environment |= self.variables
        super().start()


@pytest.fixture
def worker(embedded_servers_running, server, world, settings, tmp_path, monkeypatch):
    broker = Broker(cache_url(django_settings.ENVIRONMENT))
    for name in dir(intervals):
        if name.startswith("JOB_"):
            setattr(settings, name, getattr(intervals, name))
    options = {"global_keyprefix": broker.prefix}
    with celery_app.connection_for_write(transport_options=options) as to_broker:
        send = partial(celery_app.send_task, connection=to_broker)
        monkeypatch.setattr("annotation.jobs.enqueuing.current_app.send_task", send)
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
    broker.empty()


def test_a_worker_drafts_a_clip_though_the_server_fails_twice(worker, hosted, server, seen_clip):
    server.then(
        refusing(503, Retry_After="0"), CutReply(body=saying(CAPTION).body), saying(CAPTION)
    )
    [draft] = seen_clip.drafts.all()

    def is_over():
        sweep()
        draft.refresh_from_db()
        return draft.status != DraftStatus.REQUESTED

    until(is_over, f"the end of {draft}; see {worker.log}")
    assert draft.status == DraftStatus.READY, draft.error
    assert draft.job.attempts == 3
    seen_clip.refresh_from_db()
    assert seen_clip.stage == ClipStage.ANNOTATING
    assert ModelCall.objects.count() == 3
    assert ProjectBudget.objects.get().reserved == 0
    log = worker.log.read_text()
    assert KEY not in log
    assert "Her brows rise" not in log
