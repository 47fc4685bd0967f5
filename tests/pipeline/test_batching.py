"""A worker's turn: the jobs of one version, several clips at a time."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils import timezone

from annotation.models import (
    Clip,
    ClipStage,
    Draft,
    DraftStatus,
    FrameTable,
    Job,
    JobState,
    RoleKind,
)
from annotation.pipeline import batching
from annotation.pipeline.batching import draft_on_device
from annotation.workflow.promoting import register_own_model
from ml.facetrack_mm.model import Words
from ml.facetrack_mm.prompt import PromptWriter
from ml.facetrack_mm.reading import NothingToSee
from ml.facetrack_mm.serving import FaceTrackDrafter
from tests.ml.facetrack_mm.models import TINY
from tests.ml.facetrack_mm.spelling import spelling
from tests.pipeline.drafting import ask, give

pytestmark = pytest.mark.django_db
TEXT = "A young woman. At the beginning she smiles."


class Model:
    """Says the same of every clip, and does `meanwhile` with the sizes of its batches so far."""

    config = TINY

    def __init__(self):
        self.sizes, self.meanwhile = [], lambda sizes: None

    def generate(self, rows):
        self.sizes.append(len(rows))
        self.meanwhile(self.sizes)
        ids = (
            spelling()
            .encode("A young woman. At the beginning she smiles.", add_special_tokens=False)
            .ids
        )
        return [Words(ids, has_ended=True) for _ in rows]


class Reader:
    def __init__(self):
        self.blind_to = set()

    def read(self, clip):
        if clip.name in self.blind_to:
            raise NothingToSee("There is no face to describe.")
        return SimpleNamespace(pixels=None, faces=None)


@pytest.fixture
def model():
    return Model()


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture
def version(world, model, reader, monkeypatch):
    drafter = FaceTrackDrafter(model, PromptWriter(spelling(), TINY), reader, batch=2)
    monkeypatch.setattr(batching, "own_drafter", lambda version: drafter)
    return registered(world, "ours")


def registered(world, name):
    found = register_own_model(
        project_id=world.project.pk, actor=world.mila, name=name, base="mini"
    )
    give(found, RoleKind.SHADOW)
    return found


@pytest.fixture
def drafts(world, version):
    return [ask(world.open_clip()) for _ in range(5)]


def run(draft):
    draft_on_device(draft.job_id)


def states(drafts):
    return [Job.objects.get(pk=draft.job_id).state for draft in drafts]


def written(drafts):
    return Draft.objects.filter(pk__in=[draft.pk for draft in drafts], status=DraftStatus.READY)


def test_one_message_drafts_the_whole_queue_in_batches(drafts, model):
    run(drafts[0])
    assert written(drafts).count() == 5
    assert states(drafts) == [JobState.DONE] * 5
    assert model.sizes == [2, 2, 1]
    run(drafts[3])
    assert model.sizes == [2, 2, 1]


def test_each_ends_as_it_deserves(world, drafts, model, reader):
    reader.blind_to = {drafts[1].clip.uid}
    Clip.objects.filter(pk=drafts[2].clip_id).update(stage=ClipStage.WITHDRAWN)
    FrameTable.objects.filter(clip=drafts[3].clip).delete()
    run(drafts[0])
    failures = list(Draft.objects.order_by("pk").values_list("failure", flat=True))
    assert failures == ["", "no_face", "withdrawn", "", ""]
    assert states(drafts) == ["done", "done", "done", "dead", "done"]
    assert written(drafts).count() == 2


def test_a_job_that_is_cancelled_in_its_batch_leaves_the_others(drafts, model, monkeypatch):
    monkeypatch.setattr("annotation.jobs.running.REPORT_SECONDS", 0.0)
    second = Job.objects.filter(pk=drafts[1].job_id)
    model.meanwhile = lambda sizes: second.update(cancel_requested_at=timezone.now())
    run(drafts[0])
    assert states(drafts) == ["done", "cancelled", "done", "done", "done"]
    assert drafts[1] not in written(drafts)


def test_whoever_lost_a_job_writes_nothing_of_it(drafts, model):
    second = Job.objects.filter(pk=drafts[1].job_id)
    model.meanwhile = lambda sizes: second.update(owner="another worker", attempts=2)
    run(drafts[0])
    assert states(drafts) == ["done", "running", "done", "done", "done"]
    assert drafts[1] not in written(drafts)


def test_after_a_fault_of_the_model_each_is_tried_alone(drafts, model):
    def fail(sizes):
        raise RuntimeError("shapes differ")

    model.meanwhile = fail
    run(drafts[0])
    # Two were being written and two read; nobody knows which of them was to blame.
    assert states(drafts) == ["queued"] * 5
    assert [draft.job.attempts for draft in Draft.objects.order_by("pk")] == [1, 1, 1, 1, 0]
    Job.objects.update(run_after=timezone.now())
    run(drafts[0])
    assert states(drafts)[:2] == ["dead", "queued"]
    model.meanwhile = lambda sizes: None
    run(drafts[1])
    assert states(drafts)[:3] == ["dead", "done", "queued"]


def test_other_versions_are_left_to_their_own_turn(world, drafts, model):
    registered(world, "another")
    theirs = [ask(draft.clip) for draft in drafts[:2]]
    run(drafts[0])
    assert states(drafts) == ["done"] * 5
    assert states(theirs) == ["queued"] * 2


def test_a_turn_ends_so_that_others_have_theirs(drafts, monkeypatch):
    monkeypatch.setattr(batching, "TURN_S", 0.0)
    run(drafts[0])
    assert states(drafts) == ["done", "queued", "queued", "queued", "queued"]
