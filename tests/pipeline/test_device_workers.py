"""A gpu worker is killed in the middle of a batch; another one drafts its clips, once each."""

from __future__ import annotations

import pytest

from annotation.jobs.sweeping import sweep
from annotation.models import Draft, DraftStatus, Job, JobState, RoleKind, WorkflowEvent
from annotation.workflow.promoting import register_own_model
from tests.jobs.conftest import Worker, until
from tests.pipeline.drafting import ask, give

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow_process]


class GpuWorker(Worker):
    OPTIONS = (
        *("-Q", "gpu", "-P", "prefork", "-c", "1"),
        *("-I", "annotation.ml_tasks,tests.pipeline.device_worker"),
        *("--without-gossip", "--without-mingle"),
    )


@pytest.fixture
def start(broker, tmp_path):
    started: list[GpuWorker] = []

    def start_worker(**variables):
        log = tmp_path / f"worker-{len(started)}.log"
        variables["TEST_DRAFTS_LOG"] = str(tmp_path / "drafts")
        started.append(GpuWorker(broker.prefix, log, **variables))
        return started[-1]

    yield start_worker
    for worker in started:
        worker.kill()


def test_the_clips_of_a_killed_worker_are_drafted_by_another_once_each(start, world, tmp_path):
    version = register_own_model(
        project_id=world.project.pk, actor=world.mila, name="ours", base="mini"
    )
    give(version, RoleKind.SHADOW)
    drafts = [ask(world.open_clip()) for _ in range(5)]
    log = tmp_path / "drafts"
    first = start(TEST_STAYS="yes")
    until(log.exists, f"the first batch; see {first.log}")
    held = Job.objects.filter(state=JobState.RUNNING)
    assert held.count() == 3
    first.kill()
    second = start()

    def all_are_over():
        sweep()
        return not Draft.objects.filter(status=DraftStatus.REQUESTED).exists()

    until(all_are_over, f"the end of all; see {second.log}")
    assert Draft.objects.filter(status=DraftStatus.READY).count() == 5
    assert WorkflowEvent.objects.filter(kind="draft.ready").count() == 5
    attempts = (
        Job.objects.filter(drafts__in=drafts).order_by("pk").values_list("attempts", flat=True)
    )
    assert list(attempts) == [2, 2, 2, 1, 1]
    by_process = [line.split() for line in log.read_text().splitlines()]
    died = by_process[0][0]
    assert sorted(name for pid, name in by_process if pid != died) == sorted(
        draft.clip.uid for draft in drafts
    )
