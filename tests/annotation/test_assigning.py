from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotation.errors import LeaseLost, NotAllowed, NotFound, TransitionRefused
from annotation.models import (
    Annotation,
    Assignment,
    AssignmentStatus,
    ClipStage,
    Role,
    WorkflowEvent,
)
from annotation.workflow.assigning import claim_annotation, reclaim, release, renew, skip
from annotation.workflow.slots import add_slots, free_slot
from annotation.workflow.writing import save_annotation
from tests.factories import World, a_document
from tests.steps import annotate, annotated_clip, claim, consolidate, write

pytestmark = pytest.mark.django_db


def lapse(assignment: Assignment) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )


def test_a_clip_gets_as_many_slots_as_its_project_asks_for():
    world = World(annotators_per_clip=2)
    clip = world.open_clip()
    assert clip.stage == ClipStage.ANNOTATING
    assert list(clip.assignments.values_list("slot", "status")) == [(1, "open"), (2, "open")]


def test_each_person_gets_a_slot_of_their_own_by_priority():
    world = World()
    world.open_clip(priority=0)
    urgent = world.open_clip(priority=5)
    given = [claim(world, person) for person in world.annotators]
    assert {assignment.clip_id for assignment in given} == {urgent.pk}
    assert sorted(assignment.slot for assignment in given) == [1, 2, 3]


def test_asking_twice_gives_the_same_slot():
    world = World()
    world.open_clip()
    world.open_clip()
    assert claim(world, world.ada).pk == claim(world, world.ada).pk
    assert WorkflowEvent.objects.filter(kind="assignment.claimed").count() == 1


def test_a_person_never_gets_a_clip_twice():
    world = World()
    world.open_clip()
    annotate(world, world.ada)
    assert claim_annotation(project_id=world.project.pk, actor=world.ada) is None


def test_only_annotators_of_the_project_may_claim():
    world = World()
    world.open_clip()
    with pytest.raises(NotFound):
        claim_annotation(project_id=world.project.pk, actor=world.finn)
    with pytest.raises(NotAllowed):
        claim_annotation(project_id=world.project.pk, actor=world.dana)


def test_a_lapsed_lease_holds_until_somebody_asks():
    world = World(annotators_per_clip=1)
    world.open_clip()
    held = claim(world, world.ada)
    lapse(held)
    write(held, world.ada)
    held.refresh_from_db()
    assert held.annotator == world.ada
    assert held.lease_until is not None
    assert held.lease_until > timezone.now()


def test_a_lapsed_slot_goes_to_who_asks_and_the_text_is_kept():
    world = World(annotators_per_clip=1)
    world.open_clip()
    held = claim(world, world.ada)
    write(held, world.ada, "Ada sees a smile.")
    lapse(held)

    taken = claim(world, world.bela)

    assert taken.pk == held.pk
    assert WorkflowEvent.objects.filter(kind="assignment.expired").count() == 1
    texts = Annotation.objects.filter(assignment=held).order_by("pk")
    assert [text.annotator.name for text in texts] == ["Ada", "Bela"]
    assert texts[0].document["facial_changes"][0]["text"] == "Ada sees a smile."
    assert texts[1].document["facial_changes"] == []
    with pytest.raises(LeaseLost):
        save_annotation(
            assignment_id=held.pk, actor=world.ada, revision=1, document=a_document("Late.")
        )


def test_who_lost_a_slot_finds_their_text_on_another():
    world = World(annotators_per_clip=2)
    world.open_clip()
    held = claim(world, world.ada)
    write(held, world.ada, "Ada sees a smile.")
    lapse(held)
    claim(world, world.bela)  # the first slot that can be claimed is Ada's

    again = claim(world, world.ada)

    assert again.slot != held.slot
    annotation = Annotation.objects.get(annotator=world.ada)
    assert annotation.assignment_id == again.pk
    assert annotation.document["facial_changes"][0]["text"] == "Ada sees a smile."


def test_reclaiming_needs_a_free_place():
    world = World(annotators_per_clip=1)
    world.open_clip()
    held = claim(world, world.ada)
    lapse(held)
    claim(world, world.bela)
    with pytest.raises(TransitionRefused, match="kept"):
        reclaim(assignment_id=held.pk, actor=world.ada)

    release(assignment_id=held.pk, actor=world.bela)
    assert reclaim(assignment_id=held.pk, actor=world.ada).annotator == world.ada


def test_a_heartbeat_renews_the_lease():
    world = World()
    world.open_clip()
    held = claim(world, world.ada)
    lapse(held)
    renewed = renew(assignment_id=held.pk, actor=world.ada)
    assert renewed.lease_until is not None
    assert renewed.lease_until > timezone.now()


def test_a_skipped_clip_is_not_offered_again_and_its_slot_is_free():
    world = World()
    world.open_clip()
    other = world.open_clip()
    held = claim(world, world.ada)
    skip(assignment_id=held.pk, actor=world.ada, reason="static", note="")
    held.refresh_from_db()
    assert held.status == AssignmentStatus.OPEN
    assert claim(world, world.ada).clip_id == other.pk


def test_someone_elses_slot_is_not_found():
    world = World()
    world.open_clip()
    held = claim(world, world.ada)
    for stranger in (world.bela, world.finn):
        with pytest.raises(NotFound):
            release(assignment_id=held.pk, actor=stranger)


def test_a_member_removed_loses_the_hold_at_once():
    world = World()
    world.open_clip()
    held = claim(world, world.ada)
    world.project.memberships.filter(user=world.ada).delete()
    with pytest.raises(NotFound):
        write(held, world.ada)


def test_a_late_slot_takes_a_clip_back_from_its_reviewer():
    world = World()
    clip = annotated_clip(world)
    add_slots(clip_id=clip.pk, actor=world.lena, count=1)
    clip.refresh_from_db()
    assert clip.stage == ClipStage.ANNOTATING
    hugo = world.member("Hugo", Role.ANNOTATOR)
    annotate(world, hugo)
    clip.refresh_from_db()
    assert clip.stage == ClipStage.CONSOLIDATING
    assert consolidate(world, world.dana).status == "finished"


def test_slots_have_a_bound_and_need_the_lead():
    world = World()
    clip = world.open_clip()
    with pytest.raises(NotAllowed):
        add_slots(clip_id=clip.pk, actor=world.ada, count=1)
    with pytest.raises(Exception, match="at most 9"):
        add_slots(clip_id=clip.pk, actor=world.lena, count=7)


def test_the_lead_frees_a_place_that_is_held():
    world = World()
    clip = world.open_clip()
    held = claim(world, world.ada)
    free_slot(clip_id=clip.pk, slot=held.slot, actor=world.lena)
    held.refresh_from_db()
    assert held.annotator is None
    with pytest.raises(LeaseLost):
        write(held, world.ada)


def test_freeing_a_free_place_again_changes_nothing():
    world = World()
    clip = world.open_clip()
    held = claim(world, world.ada)
    for _ in range(2):
        free_slot(clip_id=clip.pk, slot=held.slot, actor=world.lena)
    events = WorkflowEvent.objects.filter(clip=clip, kind="assignment.released")
    assert [event.detail for event in events] == [{"slot": held.slot, "by_lead": True}]


def test_a_place_that_is_handed_in_or_absent_is_not_freed():
    world = World()
    clip = world.open_clip()
    submitted = annotate(world, world.ada)
    with pytest.raises(TransitionRefused, match="reviewer"):
        free_slot(clip_id=clip.pk, slot=submitted.slot, actor=world.lena)
    with pytest.raises(NotFound):
        free_slot(clip_id=clip.pk, slot=7, actor=world.lena)


def test_the_database_refuses_two_places_of_one_person_on_a_clip():
    world = World()
    clip = world.open_clip()
    held = claim(world, world.ada)
    other = clip.assignments.exclude(pk=held.pk).first()
    other.annotator = world.ada
    other.status = AssignmentStatus.HELD
    other.lease_until = timezone.now()
    with (
        pytest.raises(IntegrityError, match="assignment_one_place_per_person"),
        transaction.atomic(),
    ):
        other.save()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"status": "held"}, "assignment_lease_matches_status"),
        ({"status": "vanished"}, "assignment_"),
        ({"slot": 2}, "assignment_slot_once"),
        ({"submitted_at": timezone.now()}, "assignment_submitted_at_matches_status"),
    ],
)
def test_the_database_refuses_nonsense_in_a_slot(fields, constraint):
    clip = World().open_clip()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        clip.assignments.filter(slot=1).update(**fields)
