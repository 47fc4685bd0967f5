from __future__ import annotations

import pytest

from annotation.errors import NotAllowed, TransitionRefused
from annotation.models import AssignmentStatus, ClipStage, WorkflowEvent
from annotation.workflow.rejecting import (
    reject_as_lead,
    reopen_approved,
    restore,
    vote_to_reject,
    withdraw,
)
from tests.factories import World
from tests.steps import (
    annotated_clip,
    claim,
    consolidate,
    start_consolidation,
    write,
)

pytestmark = pytest.mark.django_db


def vote(world, person):
    held = claim(world, person)
    return vote_to_reject(assignment_id=held.pk, actor=person, reason="static", note="A photo.")


def test_two_votes_reject_a_clip_and_one_reopens_its_slot():
    world = World()
    clip = world.open_clip()
    vote(world, world.ada)
    clip.refresh_from_db()
    assert clip.stage == ClipStage.ANNOTATING
    assert clip.assignments.filter(status=AssignmentStatus.OPEN).count() == 3

    vote(world, world.bela)
    clip.refresh_from_db()
    assert (clip.stage, clip.rejected_from) == (ClipStage.REJECTED, ClipStage.ANNOTATING)


def test_one_vote_is_enough_where_one_person_annotates():
    world = World(annotators_per_clip=1)
    clip = world.open_clip()
    vote(world, world.ada)
    clip.refresh_from_db()
    assert clip.stage == ClipStage.REJECTED


def test_a_voter_is_not_asked_about_the_clip_again():
    world = World()
    world.open_clip()
    other = world.open_clip()
    vote(world, world.ada)
    assert claim(world, world.ada).clip_id == other.pk


def test_rejection_ends_the_holds_and_keeps_the_texts():
    world = World()
    clip = world.open_clip()
    held = claim(world, world.chen)
    annotation = write(held, world.chen)
    reject_as_lead(clip_id=clip.pk, actor=world.lena, reason="violent", note="")
    held.refresh_from_db()
    annotation.refresh_from_db()
    assert held.annotator is None
    assert annotation.document["facial_changes"]


def test_the_lead_restores_a_clip_to_where_it_came_from_and_votes_start_anew():
    world = World()
    clip = world.open_clip()
    vote(world, world.ada)
    vote(world, world.bela)
    restore(clip_id=clip.pk, actor=world.lena, note="It moves at the end.")
    clip.refresh_from_db()
    assert (clip.stage, clip.rejected_from) == (ClipStage.ANNOTATING, "")
    vote(world, world.ada)
    clip.refresh_from_db()
    assert clip.stage == ClipStage.ANNOTATING


def test_a_clip_rejected_under_review_comes_back_to_the_review():
    world = World()
    clip = annotated_clip(world)
    start_consolidation(world, world.dana)
    reject_as_lead(clip_id=clip.pk, actor=world.lena, reason="violent", note="")
    restore(clip_id=clip.pk, actor=world.lena, note="")
    assert start_consolidation(world, world.dana).clip_id == clip.pk


@pytest.mark.parametrize("action", [reject_as_lead, restore, withdraw, reopen_approved])
def test_only_the_lead_decides_alone(action):
    world = World()
    clip = world.open_clip()
    words = {"reason": "other", "note": ""} if action is reject_as_lead else {"reason": "other"}
    if action is restore:
        words = {"note": ""}
    with pytest.raises(NotAllowed):
        action(clip_id=clip.pk, actor=world.mila, **words)


def test_withdrawal_is_possible_at_any_stage_and_final():
    world = World()
    clip = annotated_clip(world)
    withdraw(clip_id=clip.pk, actor=world.lena, reason="Consent ended.")
    clip.refresh_from_db()
    assert clip.stage == ClipStage.WITHDRAWN
    with pytest.raises(TransitionRefused):
        restore(clip_id=clip.pk, actor=world.lena, note="")
    with pytest.raises(TransitionRefused):
        withdraw(clip_id=clip.pk, actor=world.lena, reason="Again.")
    newest = WorkflowEvent.objects.filter(clip=clip).latest("pk")
    assert newest.kind == "clip.withdrawn"


def test_an_approved_clip_can_be_reopened_for_a_new_round():
    world = World(cross_validation_check_share=0.0)
    clip = annotated_clip(world)
    consolidate(world, world.dana, "Her lips part.")
    reopen_approved(clip_id=clip.pk, actor=world.lena, reason="Left and right are swapped.")
    clip.refresh_from_db()
    assert (clip.stage, clip.round) == (ClipStage.CONSOLIDATING, 2)
    again = start_consolidation(world, world.dana)
    assert again.round == 2
    assert again.document["facial_changes"][0]["text"] == "Her lips part."
    consolidate(world, world.dana, "Her right brow rises.")
    assert clip.approved_captions.count() == 2
