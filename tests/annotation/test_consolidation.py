from __future__ import annotations

import pytest

from annotation.errors import (
    InvalidCaption,
    InvalidInput,
    NotAllowed,
    NotFound,
    RevisionConflict,
    TransitionRefused,
)
from annotation.models import (
    AssignmentStatus,
    ClipStage,
    Consolidation,
    CrossValidation,
    CrossValidationMode,
    Pick,
    Role,
)
from annotation.workflow.assigning import claim_annotation, release
from annotation.workflow.consolidation import (
    PickMade,
    drawn_mode,
    finish,
    reject_in_consolidation,
    return_annotation,
    save_consolidation,
    submitted_annotations,
)
from annotation.workflow.reviewing import claim_review
from annotation.workflow.slots import add_slots
from annotation.workflow.submissions import submit_annotation
from tests.factories import World, a_document
from tests.steps import (
    accept_all,
    annotate,
    annotated_clip,
    annotation_of,
    claim,
    consolidate,
    start_consolidation,
    write,
)

pytestmark = pytest.mark.django_db


def save(consolidation, person, document, picks=()):
    return save_consolidation(
        consolidation_id=consolidation.pk,
        actor=person,
        revision=consolidation.revision,
        document=document,
        picks=picks,
    )


def test_who_annotated_a_clip_does_not_consolidate_it():
    world = World()
    annotated_clip(world)
    world.project.memberships.create(user=world.ada, role=Role.REVIEWER)
    assert claim_review(Consolidation, project_id=world.project.pk, actor=world.ada) is None
    assert start_consolidation(world, world.dana).reviewer == world.dana


def test_who_lost_a_slot_of_the_clip_does_not_consolidate_it_either():
    world = World(annotators_per_clip=1)
    world.open_clip()
    held = claim(world, world.ada)
    write(held, world.ada)
    release(assignment_id=held.pk, actor=world.ada)
    annotate(world, world.bela)
    world.project.memberships.create(user=world.ada, role=Role.REVIEWER)
    assert claim_review(Consolidation, project_id=world.project.pk, actor=world.ada) is None


def test_who_reviewed_a_clip_does_not_annotate_it():
    world = World()
    clip = annotated_clip(world)
    held = start_consolidation(world, world.dana)
    uid = submitted_annotations(clip)[0].uid
    return_annotation(
        consolidation_id=held.pk, actor=world.dana, annotation_uid=uid, reason="Which side?"
    )
    add_slots(clip_id=clip.pk, actor=world.lena, count=1)
    world.project.memberships.create(user=world.dana, role=Role.ANNOTATOR)
    assert claim_annotation(project_id=world.project.pk, actor=world.dana) is None


def test_annotators_and_strangers_cannot_claim_a_consolidation():
    world = World()
    annotated_clip(world)
    with pytest.raises(NotAllowed):
        claim_review(Consolidation, project_id=world.project.pk, actor=world.ada)
    with pytest.raises(NotFound):
        claim_review(Consolidation, project_id=world.project.pk, actor=world.finn)


def test_one_reviewer_at_a_time():
    world = World()
    annotated_clip(world)
    first = start_consolidation(world, world.dana)
    assert start_consolidation(world, world.dana).pk == first.pk
    assert claim_review(Consolidation, project_id=world.project.pk, actor=world.eli) is None
    with pytest.raises(NotFound):
        save(first, world.eli, a_document())


def test_a_sentence_keeps_where_it_came_from_and_how_far_it_moved():
    world = World()
    clip = annotated_clip(world)
    held = start_consolidation(world, world.dana)
    source = submitted_annotations(clip)[0]
    origin = {"kind": "annotation", "uid": source.uid, "sentence": "s2", "distance": 99}
    text = source.document["facial_changes"][0]["text"]
    pick = PickMade(
        action="take",
        sentence="s2",
        sources=[{"kind": "annotation", "uid": source.uid, "sentence": "s2"}],
        text_before=text,
        text_after=text + "!",
    )
    saved = save(held, world.dana, a_document(text + "!", origin=origin), [pick])
    assert saved.document["facial_changes"][0]["origin"]["distance"] == 1
    assert Pick.objects.get().text_after == text + "!"


def test_an_origin_of_another_clip_is_refused():
    world = World()
    annotated_clip(world, priority=1)
    other = annotated_clip(world)
    foreign = submitted_annotations(other)[0]
    held = start_consolidation(world, world.dana)
    assert held.clip_id != other.pk
    origin = {"kind": "annotation", "uid": foreign.uid, "sentence": "s2"}
    with pytest.raises(InvalidCaption):
        save(held, world.dana, a_document(origin=origin))


def test_a_stale_save_and_a_repeated_one():
    world = World()
    annotated_clip(world)
    held = start_consolidation(world, world.dana)
    save(held, world.dana, a_document("One."), [PickMade(action="write", sentence="s2")])
    save(held, world.dana, a_document("One."), [PickMade(action="write", sentence="s2")])
    assert Pick.objects.count() == 1
    with pytest.raises(RevisionConflict):
        save(held, world.dana, a_document("Two."))


def test_finishing_needs_a_verdict_on_every_annotation():
    world = World()
    clip = annotated_clip(world)
    held = start_consolidation(world, world.dana)
    saved = save(held, world.dana, a_document())
    verdicts = accept_all(clip)
    verdicts.popitem()
    with pytest.raises(InvalidInput) as refusal:
        finish(
            consolidation_id=held.pk, actor=world.dana, revision=saved.revision, verdicts=verdicts
        )
    errors = refusal.value.detail["errors"]
    assert [error["code"] for error in errors] == ["verdict_missing"]


def test_finishing_needs_a_complete_caption():
    world = World()
    clip = annotated_clip(world)
    held = start_consolidation(world, world.dana)
    with pytest.raises(InvalidCaption):
        finish(consolidation_id=held.pk, actor=world.dana, revision=0, verdicts=accept_all(clip))


def test_finishing_twice_is_refused():
    world = World()
    clip = annotated_clip(world)
    done = consolidate(world, world.dana)
    with pytest.raises(Exception, match="finished"):
        finish(
            consolidation_id=done.pk,
            actor=world.dana,
            revision=done.revision,
            verdicts=accept_all(clip),
        )
    assert CrossValidation.objects.filter(clip=clip).count() == 1


@pytest.mark.parametrize(
    ("blind", "check", "stage", "mode"),
    [
        (0.0, 0.0, ClipStage.APPROVED, None),
        (0.0, 1.0, ClipStage.CROSS_VALIDATING, "check"),
        (1.0, 1.0, ClipStage.CROSS_VALIDATING, "blind"),
    ],
)
def test_a_draw_decides_on_cross_validation(blind, check, stage, mode):
    world = World(cross_validation_blind_share=blind, cross_validation_check_share=check)
    clip = annotated_clip(world)
    consolidate(world, world.dana)
    clip.refresh_from_db()
    assert clip.stage == stage
    assert [row.mode for row in clip.cross_validations.all()] == ([mode] if mode else [])
    assert clip.approved_captions.count() == (1 if mode is None else 0)


def test_the_draw_is_near_its_share_and_repeatable():
    world = World(cross_validation_blind_share=0.3, cross_validation_check_share=0.5)
    clips = [world.clip() for _ in range(300)]
    drawn = [drawn_mode(clip) for clip in clips]
    assert drawn == [drawn_mode(clip) for clip in clips]
    assert 60 <= drawn.count(CrossValidationMode.BLIND) <= 120  # 90 expected
    assert 75 <= drawn.count(CrossValidationMode.CHECK) <= 135  # 105 expected


def test_a_returned_annotation_comes_back_to_the_same_reviewer_with_an_answer():
    world = World()
    clip = annotated_clip(world)
    held = start_consolidation(world, world.dana)
    save(held, world.dana, a_document("Decided so far."))
    annotation = next(
        found for found in submitted_annotations(clip) if found.annotator == world.bela
    )
    waiting = return_annotation(
        consolidation_id=held.pk,
        actor=world.dana,
        annotation_uid=annotation.uid,
        reason="Left or right?",
        sentences=["s2"],
    )
    clip.refresh_from_db()
    assert (waiting.status, clip.stage) == ("waiting", ClipStage.ANNOTATING)

    given = claim(world, world.bela)
    assert (given.pk, given.status) == (annotation.assignment_id, AssignmentStatus.HELD)
    write(given, world.bela, "Her left brow rises.")
    submit_annotation(
        assignment_id=given.pk,
        actor=world.bela,
        revision=annotation_of(given, world.bela).revision,
        answer="Left, corrected.",
    )

    held.refresh_from_db()
    assert (held.status, held.reviewer) == ("held", world.dana)
    assert held.document["facial_changes"][0]["text"] == "Decided so far."
    assert annotation.returns.get().answer == "Left, corrected."


def test_an_annotation_is_returned_only_as_often_as_allowed():
    world = World(return_cap=0)
    clip = annotated_clip(world)
    held = start_consolidation(world, world.dana)
    with pytest.raises(TransitionRefused, match="Decide without it"):
        return_annotation(
            consolidation_id=held.pk,
            actor=world.dana,
            annotation_uid=submitted_annotations(clip)[0].uid,
            reason="Again.",
        )


def test_a_reviewer_rejects_a_clip():
    world = World()
    clip = annotated_clip(world)
    held = start_consolidation(world, world.dana)
    reject_in_consolidation(
        consolidation_id=held.pk, actor=world.dana, reason="violent", note="A fight."
    )
    clip.refresh_from_db()
    assert (clip.stage, clip.rejected_from) == (ClipStage.REJECTED, ClipStage.CONSOLIDATING)


def test_a_role_lost_midway_ends_the_review():
    world = World()
    annotated_clip(world)
    held = start_consolidation(world, world.dana)
    world.project.memberships.filter(user=world.dana).update(role=Role.VIEWER)
    with pytest.raises(NotAllowed):
        save(held, world.dana, a_document())
