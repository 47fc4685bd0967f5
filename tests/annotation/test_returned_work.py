"""A person to whom work comes back while they hold another clip."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.utils import timezone

from annotation.errors import LeaseLost
from annotation.models import Assignment, AssignmentStatus, ClipStage, Consolidation, ReviewStatus
from annotation.workflow.assigning import reclaim, release, renew
from annotation.workflow.consolidation import (
    return_annotation,
    save_consolidation,
    submitted_annotations,
)
from annotation.workflow.reviewing import claim_review
from annotation.workflow.submissions import submit_annotation
from tests.factories import World, a_document
from tests.steps import (
    annotate,
    annotation_of,
    claim,
    start_consolidation,
    submit,
    write,
)

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """Ada holds one clip; Dana returned another of hers."""

    world: World
    held: Assignment
    returned: Assignment


@pytest.fixture
def desk() -> Desk:
    world = World(annotators_per_clip=1)
    world.open_clip()
    returned = annotate(world, world.ada)
    world.open_clip()
    held = claim(world, world.ada)
    send_back(world, returned)
    return Desk(world, held, returned)


def send_back(world: World, submitted: Assignment) -> Consolidation:
    review = start_consolidation(world, world.dana)
    assert review.clip_id == submitted.clip_id
    return_annotation(
        consolidation_id=review.pk,
        actor=world.dana,
        annotation_uid=submitted_annotations(submitted.clip)[0].uid,
        reason="Which side?",
    )
    submitted.refresh_from_db()
    assert submitted.status == AssignmentStatus.RETURNED
    return review


def test_returned_work_is_written_and_handed_in_while_another_clip_is_held(desk):
    world, returned = desk.world, desk.returned
    write(returned, world.ada, "Her left brow rises.")
    returned.refresh_from_db()
    assert returned.status == AssignmentStatus.HELD
    submit(returned, world.ada)
    returned.clip.refresh_from_db()
    assert returned.clip.stage == ClipStage.CONSOLIDATING
    assert claim(world, world.ada) == desk.held


def test_the_held_clip_can_be_finished_first(desk):
    write(desk.held, desk.world.ada)
    submit(desk.held, desk.world.ada)
    assert claim(desk.world, desk.world.ada) == desk.returned


def test_next_gives_what_came_back_before_what_is_held(desk):
    again = [claim(desk.world, desk.world.ada) for _ in range(2)]
    assert again == [desk.returned, desk.returned]
    assert again[1].status == AssignmentStatus.HELD


def test_of_two_returned_clips_the_one_begun_is_given_again(desk):
    world = desk.world
    write(desk.held, world.ada)
    submit(desk.held, world.ada)
    send_back(world, desk.held)
    assert desk.held.clip_id > desk.returned.clip_id
    write(desk.held, world.ada, "Her left brow rises.")
    assert [claim(world, world.ada) for _ in range(2)] == [desk.held, desk.held]


def test_no_new_clip_is_given_while_work_waits(desk):
    desk.world.open_clip(priority=9)
    for _ in range(2):
        again = claim(desk.world, desk.world.ada)
        write(again, desk.world.ada)
        submit(again, desk.world.ada)
        assert again in (desk.held, desk.returned)


@pytest.mark.parametrize("open_it", [renew, reclaim])
def test_opening_returned_work_takes_it_up(desk, open_it):
    taken = open_it(assignment_id=desk.returned.pk, actor=desk.world.ada)
    assert (taken.pk, taken.status) == (desk.returned.pk, AssignmentStatus.HELD)
    assert taken.lease_until > timezone.now()


def test_a_return_can_be_answered_without_a_change(desk):
    ada = desk.world.ada
    annotation = annotation_of(desk.returned, ada)
    submit_annotation(
        assignment_id=desk.returned.pk,
        actor=ada,
        revision=annotation.revision,
        answer="It is her left, as I wrote.",
    )
    assert annotation.returns.get().answer == "It is her left, as I wrote."


def test_returned_work_can_be_given_back(desk):
    release(assignment_id=desk.returned.pk, actor=desk.world.ada)
    desk.returned.refresh_from_db()
    assert desk.returned.status == AssignmentStatus.OPEN


def test_what_was_handed_in_stays_closed(desk):
    write(desk.returned, desk.world.ada)
    submit(desk.returned, desk.world.ada)
    with pytest.raises(LeaseLost, match="submitted"):
        renew(assignment_id=desk.returned.pk, actor=desk.world.ada)


def test_a_reviewer_to_whom_a_clip_comes_back_writes_in_either():
    world = World(annotators_per_clip=1)
    world.open_clip()
    first = annotate(world, world.ada)
    waiting = send_back(world, first)
    world.open_clip()
    second = annotate(world, world.bela)
    other = start_consolidation(world, world.dana)
    assert other.clip_id == second.clip_id
    write(first, world.ada)
    submit(first, world.ada)
    for review in (waiting, other):
        review.refresh_from_db()
        assert review.status == ReviewStatus.HELD
        save_consolidation(
            consolidation_id=review.pk, actor=world.dana, revision=0, document=a_document()
        )
    again = claim_review(Consolidation, project_id=world.project.pk, actor=world.dana)
    assert again == waiting
