from __future__ import annotations

import pytest

from annotation.errors import InvalidCaption, LeaseLost, RevisionConflict, TransitionRefused
from annotation.models import (
    AnnotationVersion,
    AssignmentStatus,
    ClipStage,
    Consolidation,
    DraftPolicy,
    WorkflowEvent,
)
from annotation.workflow.submissions import submit_annotation, undo_submission
from annotation.workflow.writing import save_annotation
from tests.factories import DraftFactory, World, a_document
from tests.steps import (
    annotate,
    annotated_clip,
    annotation_of,
    claim,
    start_consolidation,
    submit,
    write,
)

pytestmark = pytest.mark.django_db


def test_the_third_submission_opens_consolidation():
    world = World()
    clip = world.open_clip()
    annotate(world, world.ada)
    annotate(world, world.bela)
    clip.refresh_from_db()
    assert clip.stage == ClipStage.ANNOTATING

    annotate(world, world.chen)

    clip.refresh_from_db()
    assert clip.stage == ClipStage.CONSOLIDATING
    assert Consolidation.objects.get(clip=clip).status == "open"
    assert WorkflowEvent.objects.filter(clip=clip, kind="annotation.submitted").count() == 3


def test_a_second_submission_is_refused():
    world = World()
    world.open_clip()
    held = annotate(world, world.ada)
    with pytest.raises(LeaseLost, match="submitted"):
        submit(held, world.ada)
    assert held.status == AssignmentStatus.SUBMITTED


def test_a_stale_revision_is_refused_with_what_is_stored():
    world = World()
    world.open_clip()
    held = claim(world, world.ada)
    write(held, world.ada, "First.")
    with pytest.raises(RevisionConflict) as refusal:
        save_annotation(
            assignment_id=held.pk, actor=world.ada, revision=0, document=a_document("Other.")
        )
    assert refusal.value.detail["current"] == 1
    with pytest.raises(RevisionConflict):
        submit_annotation(assignment_id=held.pk, actor=world.ada, revision=0)
    assert annotation_of(held, world.ada).document["facial_changes"][0]["text"] == "First."


def test_a_repeated_save_is_answered_like_the_first():
    world = World()
    world.open_clip()
    held = claim(world, world.ada)
    once = write(held, world.ada, "First.")
    again = save_annotation(
        assignment_id=held.pk, actor=world.ada, revision=0, document=a_document("First.")
    )
    assert (once.revision, again.revision) == (1, 1)


@pytest.mark.parametrize("missing", ["facial_changes", "summary", "external_attributes"])
def test_an_incomplete_caption_is_not_handed_in(missing):
    world = World()
    world.open_clip()
    held = claim(world, world.ada)
    document = a_document()
    document[missing] = None if missing == "summary" else []
    save_annotation(assignment_id=held.pk, actor=world.ada, revision=0, document=document)
    with pytest.raises(InvalidCaption) as refusal:
        submit(held, world.ada)
    assert refusal.value.detail["errors"]
    held.refresh_from_db()
    assert held.status == AssignmentStatus.HELD


def test_attributes_may_be_left_out_where_the_project_says_so():
    world = World(attributes_required=False)
    world.open_clip()
    held = claim(world, world.ada)
    document = {**a_document(), "external_attributes": []}
    save_annotation(assignment_id=held.pk, actor=world.ada, revision=0, document=document)
    submit(held, world.ada)
    held.refresh_from_db()
    assert held.status == AssignmentStatus.SUBMITTED


def test_what_was_submitted_is_kept_as_a_version():
    world = World()
    world.open_clip()
    annotate(world, world.ada, "Her jaw drops.")
    version = AnnotationVersion.objects.get(kind="submitted")
    assert version.document["facial_changes"][0]["text"] == "Her jaw drops."


def test_a_version_is_kept_at_most_once_a_minute(time_machine):
    world = World()
    world.open_clip()
    time_machine.move_to("2026-03-01 10:00:00Z", tick=False)
    held = claim(world, world.ada)
    for text in ("One.", "Two.", "Three."):
        write(held, world.ada, text)
    assert AnnotationVersion.objects.count() == 1
    time_machine.move_to("2026-03-01 10:01:01Z", tick=False)
    write(held, world.ada, "Four.")
    kept = AnnotationVersion.objects.order_by("revision")
    assert [version.document["facial_changes"][0]["text"] for version in kept] == ["One.", "Three."]


def test_a_submission_can_be_undone_until_a_reviewer_claims():
    world = World()
    clip = annotated_clip(world)
    held = clip.assignments.get(annotator=world.chen)

    undo_submission(assignment_id=held.pk, actor=world.chen)
    clip.refresh_from_db()
    assert clip.stage == ClipStage.ANNOTATING

    submit(held, world.chen)
    start_consolidation(world, world.dana)
    with pytest.raises(TransitionRefused, match="reviewer"):
        undo_submission(assignment_id=held.pk, actor=world.chen)


def test_drafts_are_shown_in_an_order_of_ones_own_and_at_most_two():
    world = World()
    clip = world.open_clip()
    for _ in range(12):
        DraftFactory(clip=clip)
    shown = [annotation_of(claim(world, person), person) for person in world.annotators]
    assert all(annotation.shown_drafts.count() == 2 for annotation in shown)
    orders = {
        tuple(annotation.shown_drafts.order_by("position").values_list("draft", flat=True))
        for annotation in shown
    }
    assert len(orders) > 1


def test_a_late_draft_is_only_for_those_who_claim_later():
    world = World()
    clip = world.open_clip()
    early = annotation_of(claim(world, world.ada), world.ada)
    DraftFactory(clip=clip)
    late = annotation_of(claim(world, world.bela), world.bela)
    assert (early.shown_drafts.count(), late.shown_drafts.count()) == (0, 1)


def test_drafts_wait_for_a_first_version_where_the_project_says_so():
    world = World(draft_policy=DraftPolicy.AFTER_FIRST_VERSION)
    clip = world.open_clip()
    DraftFactory(clip=clip)
    held = claim(world, world.ada)
    annotation = annotation_of(held, world.ada)
    assert annotation.shown_drafts.get().shown_at is None
    write(held, world.ada)
    assert annotation.shown_drafts.get().shown_at is not None


@pytest.mark.parametrize("settings", [{"draft_policy": "none"}, {"no_draft_share": 1.0}])
def test_drafts_can_be_kept_away(settings):
    world = World(**settings)
    DraftFactory(clip=world.open_clip())
    assert not annotation_of(claim(world, world.ada), world.ada).shown_drafts.exists()
