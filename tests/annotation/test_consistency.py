"""Each promise is kept by the work flow, and each check sees it broken."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from annotation.importing.preparing import stored_path
from annotation.models import (
    AnnotationVersion,
    Assignment,
    AssignmentStatus,
    Clip,
    ClipStage,
    Consolidation,
    CrossValidation,
    DatasetEntry,
    FrameTable,
)
from annotation.queries.consistency import OF_THE_WORK, PROMISES, broken_promises
from annotation.workflow.cross_validating import agree, set_marks
from annotation.workflow.releasing import freeze
from annotation.workflow.reviewing import claim_review
from annotation.workflow.stages import move
from tests.factories import World
from tests.steps import annotate, annotated_clip, consolidated_clip

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    """A version of one approved clip, and a clip in each stage before."""
    settings.MEDIA_ROOT = tmp_path
    world = World()
    consolidated_clip(world)
    held = claim_review(CrossValidation, project_id=world.project.pk, actor=world.eli)
    assert held is not None
    marks = [{"sentence": name, "mark": "ok"} for name in ("s1", "s2", "s3")]
    set_marks(cross_validation_id=held.pk, actor=world.eli, marks=marks)
    agree(cross_validation_id=held.pk, actor=world.eli, revision=held.revision)
    freeze(project_id=world.project.pk, actor=world.mila, test_share=1.0)
    consolidated_clip(world)
    annotated_clip(world)
    world.open_clip()
    annotate(world, world.ada)
    for clip in Clip.objects.filter(events__isnull=True):
        move(clip, ClipStage.WITHDRAWN, actor=None)
    (tmp_path / "clips").mkdir()
    for clip in Clip.objects.all():
        stored_path(clip.original).touch()
        stored_path(clip.poster).touch()
    return world


def stage(stage):
    return Clip.objects.get(stage=stage)


def lose_a_frame(_world):
    FrameTable.objects.filter(clip=stage("annotating")).update(pts=[1])


def skip_the_event(_world):
    Clip.objects.filter(stage="annotating").update(stage="drafting")


def hand_in_without_a_move(_world):
    places = Assignment.objects.filter(clip=stage("annotating"))
    submitted = places.get(status=AssignmentStatus.SUBMITTED)
    places.exclude(pk=submitted.pk).delete()


def reopen_without_a_move(_world):
    Assignment.objects.filter(clip=stage("consolidating"), slot=1).update(
        status="open", annotator=None, submitted_at=None
    )


def lose_a_version(_world):
    AnnotationVersion.objects.filter(annotation__assignment__clip=stage("approved")).delete()


def lose_a_consolidation(_world):
    Consolidation.objects.filter(clip=stage("consolidating")).delete()


def lose_a_cross_validation(_world):
    CrossValidation.objects.filter(clip=stage("cross_validating")).delete()


def approve_another_round(_world):
    Clip.objects.filter(stage="approved").update(round=2)


def review_what_one_annotated(world):
    Consolidation.objects.filter(clip=stage("cross_validating")).update(reviewer=world.ada)


def validate_ones_own(world):
    CrossValidation.objects.filter(clip=stage("approved")).update(reviewer=world.dana)


def add_an_entry(_world, **changes):
    entry = DatasetEntry.objects.get()
    entry.pk, entry.clip = None, stage("consolidating")
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.save()


def leak_a_group(world):
    add_an_entry(world, split="train")


BREAKS = [
    lose_a_frame,
    skip_the_event,
    hand_in_without_a_move,
    reopen_without_a_move,
    lose_a_version,
    lose_a_consolidation,
    lose_a_cross_validation,
    approve_another_round,
    review_what_one_annotated,
    validate_ones_own,
    add_an_entry,
    leak_a_group,
]


def test_what_the_work_flow_made_is_consistent(world, capsys):
    call_command("check_consistency")
    said = f"All {len(PROMISES)} promises hold, and the files are there."
    assert capsys.readouterr().out.strip() == said


def test_every_check_sees_its_promise_broken(world):
    for promise, break_it in zip(OF_THE_WORK, BREAKS, strict=True):
        with transaction.atomic():
            break_it(world)
            assert promise.sentence in [broken.sentence for broken in broken_promises()]
            transaction.set_rollback(True)
    assert broken_promises() == []


def test_what_is_broken_is_named(world, capsys):
    lose_a_frame(world)
    with pytest.raises(CommandError, match="not consistent"):
        call_command("check_consistency")
    assert str(stage("annotating").pk) in capsys.readouterr().err
