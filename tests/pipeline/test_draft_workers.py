"""The whole way once with a real worker: broker, threads, a hosted model that misbehaves first."""

from __future__ import annotations

import pytest

from annotation.jobs.sweeping import sweep
from annotation.models import ClipStage, DraftStatus, ModelCall, ProjectBudget
from tests.hosted_model import CAPTION, KEY, CutReply, refusing, saying
from tests.jobs.conftest import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow_process]


def test_a_worker_drafts_a_clip_though_the_server_fails_twice(io_worker, hosted, server, seen_clip):
    server.then(
        refusing(503, Retry_After="0"), CutReply(body=saying(CAPTION).body), saying(CAPTION)
    )
    [draft] = seen_clip.drafts.all()

    def is_over():
        sweep()
        draft.refresh_from_db()
        return draft.status != DraftStatus.REQUESTED

    until(is_over, f"the end of {draft}; see {io_worker.log}")
    assert draft.status == DraftStatus.READY, draft.error
    assert draft.job.attempts == 3
    seen_clip.refresh_from_db()
    assert seen_clip.stage == ClipStage.ANNOTATING
    assert ModelCall.objects.count() == 3
    assert ProjectBudget.objects.get().reserved == 0
    log = io_worker.log.read_text()
    assert KEY not in log
    assert "Her brows rise" not in log
