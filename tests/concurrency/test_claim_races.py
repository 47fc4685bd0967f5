"""
The races of the work flow, with real commits and one connection per thread.

That each of them needs its lock is shown in `test_without_locks.py`.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
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
from annotation.workflow.reviewing import claim_review
from annotation.workflow.slots import add_slots
from annotation.workflow.submissions import submit_annotation
from annotation.workflow.writing import save_annotation
from tests.concurrency.racing import codes, race
from tests.factories import World, a_document
from tests.steps import annotate, annotated_clip, annotation_of, claim, submit, write

pytestmark = pytest.mark.django_db(transaction=True)


def claims(world, people):
    return [partial(claim_annotation, project_id=world.project.pk, actor=who) for who in people]


def test_sixty_claimers_on_forty_slots_give_forty_distinct_winners():
    world = World(annotators_per_clip=4)
    for _ in range(10):
        world.open_clip()
    people = [world.member(f"Claimer{number}", Role.ANNOTATOR) for number in range(60)]

    results = race(*claims(world, people))

    won = [result for result in results if isinstance(result, Assignment)]
    assert len(won) == 40
    assert len({assignment.pk for assignment in won}) == 40
    assert len({assignment.annotator_id for assignment in won}) == 40
    assert results.count(None) == 20
    assert Assignment.objects.filter(status=AssignmentStatus.HELD).count() == 40


def test_a_double_click_on_next_takes_one_slot():
    world = World()
    for _ in range(4):
        world.open_clip()
    results = race(*claims(world, [world.ada] * 6))
    assert len({result.pk for result in results if isinstance(result, Assignment)}) == 1
    assert Assignment.objects.filter(annotator=world.ada).count() == 1
    assert WorkflowEvent.objects.filter(kind="assignment.claimed").count() == 1


def test_a_double_click_submits_once():
    world = World()
    clip = world.open_clip()
    held = claim(world, world.ada)
    write(held, world.ada)
    call = partial(submit_annotation, assignment_id=held.pk, actor=world.ada, revision=1)
    assert codes(race(call, call, call)) == ["done", "lease_lost", "lease_lost"]
    assert WorkflowEvent.objects.filter(clip=clip, kind="annotation.submitted").count() == 1


def test_submission_and_takeover_of_a_lapsed_slot_have_one_winner():
    for _ in range(5):
        world = World(annotators_per_clip=1)
        clip = world.open_clip()
        held = claim(world, world.ada)
        write(held, world.ada)
        Assignment.objects.filter(pk=held.pk).update(lease_until=timezone.now())

        submitted, claimed = race(
            partial(submit_annotation, assignment_id=held.pk, actor=world.ada, revision=1),
            partial(claim_annotation, project_id=world.project.pk, actor=world.bela),
        )

        clip.refresh_from_db()
        if isinstance(submitted, Annotation):
            assert claimed is None
            assert clip.stage == ClipStage.CONSOLIDATING
        else:
            assert isinstance(claimed, Assignment)
            assert clip.stage == ClipStage.ANNOTATING


def test_handing_in_and_asking_for_the_next_at_once_hand_in_once():
    for _ in range(5):
        world = World(annotators_per_clip=2)
        world.open_clip()
        held = claim(world, world.ada)
        write(held, world.ada)
        handed_in, _ = race(partial(submit, held, world.ada), *claims(world, [world.ada]))
        assert isinstance(handed_in, Annotation)
        held.refresh_from_db()
        assert held.status == AssignmentStatus.SUBMITTED


def test_the_last_submissions_at_once_open_one_consolidation():
    world = World()
    clip = world.open_clip()
    held = [(claim(world, person), person) for person in world.annotators]
    for assignment, person in held:
        write(assignment, person)

    results = race(*(partial(submit, assignment, person) for assignment, person in held))

    assert codes(results) == ["done", "done", "done"]
    clip.refresh_from_db()
    assert clip.stage == ClipStage.CONSOLIDATING
    assert Consolidation.objects.filter(clip=clip).count() == 1


def test_a_slot_added_during_the_last_submission_never_strands_the_clip():
    for _ in range(5):
        world = World(annotators_per_clip=1)
        clip = world.open_clip()
        held = claim(world, world.ada)
        write(held, world.ada)

        race(
            partial(submit, held, world.ada),
            partial(add_slots, clip_id=clip.pk, actor=world.lena, count=1),
        )

        clip.refresh_from_db()
        assert clip.stage == ClipStage.ANNOTATING
        assert clip.assignments.filter(status=AssignmentStatus.OPEN).count() == 1
        annotate(world, world.bela)
        clip.refresh_from_db()
        assert clip.stage == ClipStage.CONSOLIDATING


def test_two_reviewers_never_hold_one_consolidation():
    world = World()
    annotated_clip(world)
    reviewers = [world.dana, world.eli, world.gita]
    results = race(
        *(
            partial(claim_review, Consolidation, project_id=world.project.pk, actor=person)
            for person in reviewers
        )
    )
    assert results.count(None) == 2
    assert Consolidation.objects.get().reviewer in reviewers


def test_of_two_saves_on_one_revision_one_is_refused():
    world = World()
    world.open_clip()
    held = claim(world, world.ada)
    results = race(
        *(
            partial(
                save_annotation,
                assignment_id=held.pk,
                actor=world.ada,
                revision=0,
                document=a_document(text),
            )
            for text in ("One.", "Two.")
        )
    )
    assert codes(results) == ["done", "revision_conflict"]
    assert annotation_of(held, world.ada).revision == 1


def test_claims_spread_evenly_when_there_is_enough_for_all():
    world = World(annotators_per_clip=3)
    for _ in range(5):
        world.open_clip()
    people = [world.member(f"Claimer{number}", Role.ANNOTATOR) for number in range(15)]
    results = race(*claims(world, people))
    per_clip = Counter(result.clip_id for result in results if isinstance(result, Assignment))
    assert sorted(per_clip.values()) == [3, 3, 3, 3, 3]
