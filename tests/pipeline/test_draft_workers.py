"""The whole way once with a real worker: broker, threads, a hosted model that misbehaves first."""

from __future__ import annotations

import json

import pytest

from annotation.jobs.sweeping import sweep
from annotation.models import ClipStage, DraftStatus, ModelCall, ProjectBudget
from tests.hosted_model import CAPTION, KEY, CutReply, refusing, saying
from tests.jobs.conftest import Worker, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow_process]


class IoWorker(Worker):
    OPTIONS = (
        *("-Q", "io", "-P", "threads", "-c", "4", "-I", "annotation.io_tasks"),
        *("--without-gossip", "--without-mingle"),
    )


@pytest.fixture
def worker(broker, server, world, settings, tmp_path):
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
