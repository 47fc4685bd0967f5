"""What a person held is free in the moment they leave, and what they wrote is kept."""

from __future__ import annotations

from functools import partial

import pytest

from annotation.models import (
    AnnotationVersion,
    AssignmentStatus,
    ClipStage,
    Membership,
    ReviewStatus,
    Role,
    User,
    WorkflowEvent,
)
from annotation.workflow.consolidation import return_annotation, submitted_annotations
from annotation.workflow.membership import remove_member, set_roles
from tests.factories import World
from tests.steps import (
    annotate,
    annotated_clip,
    annotation_of,
    claim,
    consolidated_clip,
    start_consolidation,
    start_cross_validation,
    submit,
    write,
)

pytestmark = pytest.mark.django_db


def remove(world: World, person: User) -> None:
    remove_member(project_id=world.project.pk, actor=world.lena, user_id=person.pk)


def released(kind: str) -> list[tuple[int, dict[str, object]]]:
    """By whom, and what the event tells."""
    events = WorkflowEvent.objects.filter(kind=f"{kind}.released").order_by("pk")
    return list(events.values_list("actor", "detail"))


def test_a_held_place_is_free_and_its_text_is_a_version():
    world = World(annotators_per_clip=1)
    world.open_clip()
    held = claim(world, world.ada)
    write(held, world.ada, "Ada sees a smile.")
    remove(world, world.ada)
    assert released("assignment") == [(world.lena.pk, {"slot": 1, "member_left": True})]
    version = AnnotationVersion.objects.get(annotation=annotation_of(held, world.ada))
    assert version.document["facial_changes"][0]["text"] == "Ada sees a smile."
    # Bela need not wait for the end of a lease, and starts with an empty page.
    assert claim(world, world.bela).pk == held.pk
    assert annotation_of(held, world.bela).document["facial_changes"] == []


def returned(world: World):
    """A place that Dana gave back to Ada, and Dana's review of it."""
    clip = world.open_clip()
    place = annotate(world, world.ada)
    review = start_consolidation(world, world.dana)
    return_annotation(
        consolidation_id=review.pk,
        actor=world.dana,
        annotation_uid=submitted_annotations(clip)[0].uid,
        reason="Which side?",
    )
    return place, review


def test_returned_work_goes_to_somebody_else():
    world = World(annotators_per_clip=1)
    place, _ = returned(world)
    remove(world, world.ada)
    assert claim(world, world.bela).pk == place.pk


def test_what_was_handed_in_stays():
    world = World(annotators_per_clip=2)
    clip = world.open_clip()
    submitted = annotate(world, world.ada)
    remove(world, world.ada)
    annotate(world, world.bela)
    clip.refresh_from_db()
    assert clip.stage == ClipStage.CONSOLIDATING
    assert submitted.pk in [found.assignment_id for found in submitted_annotations(clip)]
    assert released("assignment") == []


def test_a_held_consolidation_is_free_with_its_text():
    world = World()
    annotated_clip(world)
    held = start_consolidation(world, world.dana)
    remove(world, world.dana)
    assert released("consolidation") == [(world.lena.pk, {"member_left": True})]
    assert start_consolidation(world, world.eli).pk == held.pk


def test_a_consolidation_that_waits_for_an_annotator_is_then_anybodys():
    world = World(annotators_per_clip=1)
    place, review = returned(world)
    remove(world, world.dana)
    review.refresh_from_db()
    assert (review.status, review.reviewer) == (ReviewStatus.WAITING, None)
    write(place, world.ada)
    submit(place, world.ada)
    assert start_consolidation(world, world.eli).pk == review.pk


def test_a_held_cross_validation_is_free():
    world = World()
    consolidated_clip(world)
    held = start_cross_validation(world, world.eli)
    remove(world, world.eli)
    assert released("cross_validation") == [(world.lena.pk, {"member_left": True})]
    assert start_cross_validation(world, world.gita).pk == held.pk


def test_a_lost_role_frees_the_work_of_that_role_only():
    world = World()
    world.project.memberships.create(user=world.ada, role=Role.REVIEWER)
    annotated_clip(world)
    others = start_consolidation(world, world.dana)
    world.open_clip()
    held = claim(world, world.ada)
    change = partial(set_roles, project_id=world.project.pk, actor=world.lena, user_id=world.ada.pk)
    change(roles=[Role.ANNOTATOR])
    held.refresh_from_db()
    assert held.status == AssignmentStatus.HELD
    change(roles=[Role.VIEWER])
    held.refresh_from_db()
    assert held.status == AssignmentStatus.OPEN
    others.refresh_from_db()
    assert others.status == ReviewStatus.HELD
    assert list(Membership.objects.filter(user=world.ada).values_list("role", flat=True)) == [
        Role.VIEWER
    ]


def test_work_in_other_projects_is_not_touched():
    world, other = World(), World()
    Membership.objects.create(project=other.project, user=world.ada, role=Role.ANNOTATOR)
    other.open_clip()
    held = claim(other, world.ada)
    remove(world, world.ada)
    held.refresh_from_db()
    assert held.annotator == world.ada
