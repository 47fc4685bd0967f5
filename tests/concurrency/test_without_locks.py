"""
The same races with the locks taken out: each goes wrong. A race test that cannot fail is no
evidence, and these are what the others would look like.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from unittest import mock

import pytest
from django.db import IntegrityError, models
from django.db.models import QuerySet
from django.utils import timezone

from annotation.models import (
    Annotation,
    Assignment,
    AssignmentStatus,
    ClipStage,
    Consolidation,
    Role,
    WorkflowEvent,
)
from annotation.workflow.assigning import claim_annotation
from annotation.workflow.membership import remove_member
from annotation.workflow.reviewing import claim_review
from annotation.workflow.slots import add_slots
from annotation.workflow.submissions import submit_annotation
from tests.concurrency.racing import codes, race
from tests.factories import World
from tests.steps import annotated_clip, claim, submit, write

pytestmark = pytest.mark.django_db(transaction=True)

# Long enough for every thread to read before the first one writes.
PAUSE_S = 0.15


@contextmanager
def no_locks() -> Iterator[None]:
    """Reads where the code locks, and pauses between reading and writing."""
    save, add = models.Model.save, QuerySet.bulk_create

    def read_only(self: QuerySet, **_: object) -> QuerySet:
        return self.all()

    def save_late(self: models.Model, *args: object, **words: object) -> None:
        time.sleep(PAUSE_S)
        save(self, *args, **words)  # type: ignore[arg-type]

    def add_late(self: QuerySet, *args: object, **words: object) -> list[models.Model]:
        # Several rows are saved one after the other meanwhile.
        time.sleep(10 * PAUSE_S)
        return add(self, *args, **words)  # type: ignore[arg-type]

    with (
        mock.patch.object(QuerySet, "select_for_update", read_only),
        mock.patch.object(models.Model, "save", save_late),
        mock.patch.object(QuerySet, "bulk_create", add_late),
    ):
        yield


def test_claimers_take_the_same_slot():
    world = World(annotators_per_clip=1)
    clip = world.open_clip()
    people = [world.member(f"Claimer{number}", Role.ANNOTATOR) for number in range(4)]
    with no_locks():
        race(*(partial(claim_annotation, project_id=world.project.pk, actor=who) for who in people))
    assert Annotation.objects.filter(assignment__clip=clip).count() > 1


def test_a_double_click_submits_twice():
    world = World()
    world.open_clip()
    held = claim(world, world.ada)
    write(held, world.ada)
    call = partial(submit_annotation, assignment_id=held.pk, actor=world.ada, revision=1)
    with no_locks():
        assert codes(race(call, call)) == ["done", "done"]
    assert WorkflowEvent.objects.filter(kind="annotation.submitted").count() == 2


def test_only_a_constraint_stops_a_takeover_of_what_is_being_submitted():
    world = World(annotators_per_clip=1)
    world.open_clip()
    held = claim(world, world.ada)
    write(held, world.ada)
    Assignment.objects.filter(pk=held.pk).update(lease_until=timezone.now())
    with no_locks(), pytest.raises(IntegrityError, match="assignment_"):
        race(
            partial(submit_annotation, assignment_id=held.pk, actor=world.ada, revision=1),
            partial(claim_annotation, project_id=world.project.pk, actor=world.bela),
        )


def test_two_reviewers_hold_one_consolidation():
    world = World()
    annotated_clip(world)
    with no_locks():
        results = race(
            *(
                partial(claim_review, Consolidation, project_id=world.project.pk, actor=person)
                for person in (world.dana, world.eli)
            )
        )
    assert all(isinstance(result, Consolidation) for result in results)


def test_a_late_slot_strands_the_clip():
    world = World(annotators_per_clip=1)
    clip = world.open_clip()
    held = claim(world, world.ada)
    write(held, world.ada)
    with no_locks():
        race(
            partial(submit, held, world.ada),
            partial(add_slots, clip_id=clip.pk, actor=world.lena, count=1),
        )
    clip.refresh_from_db()
    assert clip.stage == ClipStage.CONSOLIDATING
    assert clip.assignments.filter(status=AssignmentStatus.OPEN).count() == 1


def test_who_was_removed_holds_a_place():
    world = World(annotators_per_clip=1)
    clip = world.open_clip()
    with no_locks():
        race(
            partial(claim_annotation, project_id=world.project.pk, actor=world.ada),
            partial(
                remove_member,
                project_id=world.project.pk,
                actor=world.lena,
                user_id=world.ada.pk,
            ),
        )
    assert clip.assignments.get().annotator == world.ada
    assert not world.project.memberships.filter(user=world.ada).exists()
