from __future__ import annotations

import pytest

from annotation.errors import InvalidInput, NotFound, TransitionRefused
from annotation.models import ClipStage, Consolidation, CrossValidation, Role
from annotation.workflow.cross_validating import (
    agree,
    dispute,
    reveal,
    save_cross_validation,
    send_back,
    set_marks,
    settle,
)
from annotation.workflow.reviewing import claim_review, release_review
from tests.factories import World, a_document
from tests.steps import (
    annotated_clip,
    consolidate,
    consolidated_clip,
    start_consolidation,
    start_cross_validation,
)

pytestmark = pytest.mark.django_db


def mark_all(held, person, mark="ok"):
    marks = [{"sentence": name, "mark": mark} for name in ("s1", "s2", "s3")]
    return set_marks(cross_validation_id=held.pk, actor=person, marks=marks)


def test_nobody_cross_validates_what_they_consolidated_or_annotated():
    world = World()
    consolidated_clip(world)
    world.project.memberships.create(user=world.ada, role=Role.REVIEWER)
    for person in (world.dana, world.ada):
        assert claim_review(CrossValidation, project_id=world.project.pk, actor=person) is None
    assert start_cross_validation(world, world.eli).reviewer == world.eli


def test_who_once_held_the_consolidation_does_not_cross_validate_it():
    world = World()
    annotated_clip(world)
    held = start_consolidation(world, world.eli)
    release_review(Consolidation, review_id=held.pk, actor=world.eli)
    consolidate(world, world.dana)
    assert claim_review(CrossValidation, project_id=world.project.pk, actor=world.eli) is None


def test_agreement_after_a_mark_on_every_sentence_approves_the_clip():
    world = World()
    clip = consolidated_clip(world)
    held = start_cross_validation(world, world.eli)
    with pytest.raises(InvalidInput) as refusal:
        agree(cross_validation_id=held.pk, actor=world.eli, revision=0)
    assert {error["code"] for error in refusal.value.detail["errors"]} == {"mark_missing"}

    mark_all(held, world.eli)
    agree(cross_validation_id=held.pk, actor=world.eli, revision=0)

    clip.refresh_from_db()
    assert clip.stage == ClipStage.APPROVED
    caption = clip.approved_captions.get()
    assert caption.document == Consolidation.objects.get(clip=clip).document
    assert caption.cross_validation_id == held.pk


def test_a_sentence_marked_major_has_to_change():
    world = World()
    clip = consolidated_clip(world)
    held = start_cross_validation(world, world.eli)
    mark_all(held, world.eli)
    set_marks(
        cross_validation_id=held.pk,
        actor=world.eli,
        marks=[
            {"sentence": "s1", "mark": "ok"},
            {"sentence": "s2", "mark": "major", "note": "The jaw drops."},
            {"sentence": "s3", "mark": "ok"},
        ],
    )
    with pytest.raises(InvalidInput) as refusal:
        agree(cross_validation_id=held.pk, actor=world.eli, revision=0)
    assert [error["code"] for error in refusal.value.detail["errors"]] == ["major_unchanged"]

    save_cross_validation(
        cross_validation_id=held.pk,
        actor=world.eli,
        revision=0,
        document=a_document("Her jaw drops."),
    )
    agree(cross_validation_id=held.pk, actor=world.eli, revision=1)
    caption = clip.approved_captions.get()
    assert caption.document["facial_changes"][0]["text"] == "Her jaw drops."


def test_a_mark_on_a_sentence_that_is_not_there_is_refused():
    world = World()
    consolidated_clip(world)
    held = start_cross_validation(world, world.eli)
    with pytest.raises(InvalidInput):
        set_marks(
            cross_validation_id=held.pk,
            actor=world.eli,
            marks=[{"sentence": "s99", "mark": "ok"}],
        )


def test_a_dispute_waits_for_a_third_reviewer_whose_word_is_final():
    world = World()
    clip = consolidated_clip(world)
    second = start_cross_validation(world, world.eli)
    dispute(cross_validation_id=second.pk, actor=world.eli, reason="The order is wrong.")
    clip.refresh_from_db()
    assert clip.stage == ClipStage.CROSS_VALIDATING
    for person in (world.dana, world.eli):
        assert claim_review(CrossValidation, project_id=world.project.pk, actor=person) is None

    third = start_cross_validation(world, world.gita)
    assert third.mode == "settlement"
    saved = save_cross_validation(
        cross_validation_id=third.pk,
        actor=world.gita,
        revision=0,
        document=a_document("Settled."),
    )
    settle(cross_validation_id=third.pk, actor=world.gita, revision=saved.revision)
    clip.refresh_from_db()
    assert clip.stage == ClipStage.APPROVED
    assert clip.approved_captions.get().document["facial_changes"][0]["text"] == "Settled."


def test_the_third_reviewer_can_have_a_clip_consolidated_anew():
    world = World()
    clip = consolidated_clip(world)
    second = start_cross_validation(world, world.eli)
    dispute(cross_validation_id=second.pk, actor=world.eli, reason="Wrong person.")
    third = start_cross_validation(world, world.gita)
    send_back(cross_validation_id=third.pk, actor=world.gita, reason="Do it again.")
    clip.refresh_from_db()
    assert (clip.stage, clip.round) == (ClipStage.CONSOLIDATING, 2)
    assert start_consolidation(world, world.dana).round == 2


def test_the_second_reviewer_cannot_settle_or_send_back():
    world = World()
    consolidated_clip(world)
    held = start_cross_validation(world, world.eli)
    with pytest.raises(TransitionRefused):
        settle(cross_validation_id=held.pk, actor=world.eli, revision=0)
    with pytest.raises(TransitionRefused):
        send_back(cross_validation_id=held.pk, actor=world.eli, reason="No.")


def test_blind_mode_writes_first_and_compares_afterwards():
    world = World(cross_validation_blind_share=1.0)
    clip = consolidated_clip(world)
    held = start_cross_validation(world, world.eli)
    assert held.document["facial_changes"] == []
    with pytest.raises(TransitionRefused, match="Uncover"):
        agree(cross_validation_id=held.pk, actor=world.eli, revision=0)
    with pytest.raises(TransitionRefused, match="Uncover"):
        dispute(cross_validation_id=held.pk, actor=world.eli, reason="Too early.")

    save_cross_validation(
        cross_validation_id=held.pk, actor=world.eli, revision=0, document=a_document("Mine.")
    )
    reveal(cross_validation_id=held.pk, actor=world.eli, revision=1)
    save_cross_validation(
        cross_validation_id=held.pk, actor=world.eli, revision=1, document=a_document("Ours.")
    )
    agree(cross_validation_id=held.pk, actor=world.eli, revision=2)

    held.refresh_from_db()
    assert held.blind_document["facial_changes"][0]["text"] == "Mine."
    assert clip.approved_captions.get().document["facial_changes"][0]["text"] == "Ours."


def test_a_blind_reviewer_cannot_mark_what_is_hidden():
    world = World(cross_validation_blind_share=1.0)
    consolidated_clip(world)
    held = start_cross_validation(world, world.eli)
    with pytest.raises(TransitionRefused):
        mark_all(held, world.eli)


def test_a_cross_validation_is_not_found_by_others():
    world = World()
    consolidated_clip(world)
    held = start_cross_validation(world, world.eli)
    for person in (world.dana, world.gita, world.ada, world.finn):
        with pytest.raises(NotFound):
            mark_all(held, person)
