from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotation.models import Clip, ClipStage, Draft, DraftStatus
from annotation.queries.evidence import labelled_drafts
from annotation.workflow.drafting import leave_drafting_if_ready, open_next_overdue_clip
from tests.factories import DraftFactory, HostedModelFactory, World
from tests.steps import annotation_of, claim

pytestmark = pytest.mark.django_db


def request_draft(clip: Clip) -> Draft:
    return DraftFactory.create(
        clip=clip, status=DraftStatus.REQUESTED, document=None, ended_at=None
    )


def test_a_clip_without_drafts_asked_for_opens_at_once():
    clip = World().clip()
    assert leave_drafting_if_ready(clip)
    assert clip.stage == ClipStage.ANNOTATING


def test_a_clip_waits_for_every_draft_asked_for():
    clip = World().clip()
    DraftFactory(clip=clip)
    waiting = request_draft(clip)
    assert not leave_drafting_if_ready(clip)

    waiting.status = DraftStatus.FAILED
    waiting.error = "The model did not answer."
    waiting.ended_at = timezone.now()
    waiting.save()
    assert leave_drafting_if_ready(clip)


def test_a_clip_waits_for_drafts_only_as_long_as_its_project_allows():
    patient = World(draft_wait_minutes=60).clip()
    hasty = World(draft_wait_minutes=10).clip()
    for clip in (patient, hasty):
        request_draft(clip)
    Clip.objects.update(stage_since=timezone.now() - timedelta(minutes=11))

    assert open_next_overdue_clip()
    assert not open_next_overdue_clip()

    patient.refresh_from_db()
    hasty.refresh_from_db()
    assert (patient.stage, hasty.stage) == (ClipStage.DRAFTING, ClipStage.ANNOTATING)


@pytest.mark.parametrize(
    "fields",
    [
        {"document": None},
        {"error": "Both a text and an error."},
        {"ended_at": None},
    ],
)
def test_the_database_refuses_a_draft_that_is_neither_text_nor_error(fields):
    with pytest.raises(IntegrityError, match="draft_"), transaction.atomic():
        DraftFactory(clip=World().clip(), **fields)


def test_a_shadow_keeps_no_clip_waiting_and_is_shown_to_nobody():
    world = World()
    clip = world.clip()
    version = HostedModelFactory.create(project=world.project)
    of_shadow = {"kind": "openai", "version": version, "is_shadow": True}
    DraftFactory(clip=clip, **of_shadow)
    waiting = {"status": DraftStatus.REQUESTED, "document": None, "ended_at": None}
    DraftFactory(clip=clip, **of_shadow, **waiting)
    assert leave_drafting_if_ready(clip)

    assignment = claim(world, world.ada)
    assert annotation_of(assignment, world.ada).shown_drafts.count() == 0
    assert labelled_drafts(clip, world.dana) == []


def test_a_fresh_draft_is_shown_before_stale_ones():
    world = World()
    clip = world.clip()
    for _ in range(3):
        DraftFactory(clip=clip, stale_since=timezone.now())
    fresh = DraftFactory.create(clip=clip)
    leave_drafting_if_ready(clip)
    shown = annotation_of(claim(world, world.ada), world.ada).shown_drafts.order_by("position")
    assert (shown[0].draft, shown.count()) == (fresh, 2)
