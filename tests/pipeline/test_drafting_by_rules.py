"""Drafts by rules on the platform: written from the tracks alone, whenever those come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotation.jobs import JobKind, run_job
from annotation.models import (
    ClipStage,
    DraftRole,
    DraftStatus,
    Job,
    RoleKind,
)
from annotation.pipeline import tracking
from annotation.workflow.promoting import shipped_signals
from annotation.workflow.screening import keep_clip
from annotation.workflow.tracking import choose_main_faces
from ml.records import FaceRecord
from tests.factories import World
from tests.ml.drafting.made_records import face, record
from tests.pipeline.drafting import run
from tests.scripted_faces import store_tracks

pytestmark = pytest.mark.django_db

LENGTH = 20


def turning(angle: float):
    return face(("yaw", angle, 8, 16), length=LENGTH)


@pytest.fixture
def rules(world):
    version = shipped_signals()
    return DraftRole.objects.create(
        project=world.project, version=version, kind=version.kind, role=RoleKind.DEFAULT
    )


@pytest.fixture
def found() -> FaceRecord:
    """A face that turns to its left, and a smaller one that turns to its right."""
    return record(turning(-25), turning(25), mains=2)


def tracked(world: World, backends, found: FaceRecord, stage=ClipStage.ANNOTATING):
    clip = world.clip(stage=stage, frame_count=2 * LENGTH)
    store_tracks(clip, backends, found)
    clip.refresh_from_db()
    return clip


def words(draft) -> str:
    return " ".join(sentence["text"] for sentence in draft.document["facial_changes"])


def test_a_clip_that_leaves_its_screening_waits_for_its_draft(world, rules, backends):
    clip = tracked(world, backends, record(turning(25)), ClipStage.SCREENING)
    assert clip.stage == ClipStage.DRAFTING
    draft = run(clip.drafts.get())
    assert (draft.status, draft.generator) == (DraftStatus.READY, "Rules on measured signals")
    assert "their left." in words(draft)
    clip.refresh_from_db()
    assert clip.stage == ClipStage.ANNOTATING


def test_a_clip_that_was_open_before_it_was_tracked_gets_its_draft(world, rules, backends):
    clip = tracked(world, backends, record(turning(25)))
    assert run(clip.drafts.get()).status == DraftStatus.READY
    assert clip.stage == ClipStage.ANNOTATING


def test_a_flagged_clip_is_drafted_when_a_lead_keeps_it(world, rules, backends):
    crowded = replace(record(turning(25)).screening, identities=20)
    found = replace(record(turning(25)), screening=crowded)
    clip = tracked(world, backends, found, ClipStage.SCREENING)
    assert (clip.stage, clip.drafts.count()) == (ClipStage.SCREENING, 0)
    keep_clip(clip_id=clip.pk, actor=world.lena)
    assert clip.drafts.count() == 1


def test_without_a_face_the_draft_says_why_there_is_none(world, rules, backends):
    clip = tracked(world, backends, record())
    draft = run(clip.drafts.get())
    assert (draft.status, draft.failure) == (DraftStatus.FAILED, "no_face")
    assert draft.error.endswith(".")


def test_new_tracks_leave_a_good_draft_and_try_a_failed_one_again(world, rules, backends):
    clip = tracked(world, backends, record())
    run(clip.drafts.get())
    store_tracks(clip, backends, record(turning(25)))
    [_, again] = clip.drafts.order_by("pk")
    assert run(again).status == DraftStatus.READY
    store_tracks(clip, backends, record(turning(25)))
    assert clip.drafts.count() == 2


def test_another_main_face_has_a_draft_of_its_own(world, rules, backends, found, analyser):
    clip = tracked(world, backends, found)
    first = run(clip.drafts.get())
    assert "the first person" in words(first).lower()
    choose_main_faces(clip_id=clip.pk, actor=world.lena, tracks=[1])
    run_job(Job.objects.get(kind=JobKind.CHOOSE_MAIN_FACES).pk, tracking.derive_main_faces)
    [stale, fresh] = clip.drafts.order_by("pk")
    run(fresh)
    assert stale.stale_since is not None
    assert "their right." in words(fresh)
    assert "first person" not in words(fresh)


def test_hosted_models_are_not_asked_because_of_new_tracks(world, hosted, backends):
    clip = tracked(world, backends, record(turning(25)))
    assert clip.drafts.count() == 0
