from __future__ import annotations

import pytest

from annotation.models import Clip, Role
from annotation.queries.queue import Work, held_work, reasons_for
from annotation.workflow.assigning import skip
from annotation.workflow.rejecting import reject_as_lead
from tests.factories import World
from tests.steps import (
    annotate,
    annotated_clip,
    claim,
    consolidated_clip,
    start_consolidation,
    submit,
    write,
)

pytestmark = pytest.mark.django_db


def reasons(world, person, work=Work.ANNOTATOR):
    found = reasons_for(work, project_id=world.project.pk, actor=person)
    assert found.clips_total == Clip.objects.filter(project=world.project).count()
    return found


def test_every_clip_has_one_reason(django_assert_num_queries):
    world = World(annotators_per_clip=1)
    waiting = world.clip()
    rejected = world.open_clip()
    reject_as_lead(clip_id=rejected.pk, actor=world.lena, reason="other", note="")
    done = world.open_clip(priority=9)
    annotate(world, world.bela)
    skipped = world.open_clip(priority=8)
    skip(assignment_id=claim(world, world.ada).pk, actor=world.ada, reason="static", note="")
    mine = world.open_clip(priority=9)
    claim(world, world.ada)
    taken = world.open_clip(priority=10)
    claim(world, world.bela)
    free = world.open_clip()
    assert len({clip.pk for clip in (waiting, rejected, done, skipped, mine, taken, free)}) == 7

    with django_assert_num_queries(1):
        found = reasons_for(Work.ANNOTATOR, project_id=world.project.pk, actor=world.ada)

    assert found == type(found)(
        claimable=1,
        already_yours=1,
        held_by_others=1,
        skipped_by_you=1,
        earlier_stage=1,
        later_stage=1,
        rejected_or_withdrawn=1,
    )
    assert found.clips_total == 7


def test_next_takes_few_statements(django_assert_max_num_queries):
    # Two of each begin and end the transaction.
    world = World(annotators_per_clip=1)
    world.open_clip()
    with django_assert_max_num_queries(11):
        held = claim(world, world.ada)
    with django_assert_max_num_queries(7):
        assert claim(world, world.ada) == held
    write(held, world.ada)
    submit(held, world.ada)
    with django_assert_max_num_queries(9):
        review = start_consolidation(world, world.dana)
    with django_assert_max_num_queries(7):
        assert start_consolidation(world, world.dana) == review


def test_a_reviewer_is_told_which_clips_are_barred():
    world = World()
    annotated_clip(world)
    world.project.memberships.create(user=world.ada, role=Role.REVIEWER)
    assert reasons(world, world.ada, Work.REVIEWER).excluded_by_role_rule == 1
    assert reasons(world, world.dana, Work.REVIEWER).claimable == 1
    start_consolidation(world, world.dana)
    assert reasons(world, world.dana, Work.REVIEWER).already_yours == 1
    assert reasons(world, world.eli, Work.REVIEWER).held_by_others == 1


def test_a_second_reviewer_is_told_which_clips_are_barred():
    world = World()
    consolidated_clip(world)
    assert reasons(world, world.dana, Work.CROSS_VALIDATOR).excluded_by_role_rule == 1
    assert reasons(world, world.eli, Work.CROSS_VALIDATOR).claimable == 1
    assert reasons(world, world.eli, Work.REVIEWER).later_stage == 1


def test_an_empty_project_has_no_reasons():
    world = World()
    assert reasons(world, world.ada).clips_total == 0


def test_held_work_is_listed():
    world = World()
    clip = world.open_clip()
    held = claim(world, world.ada)
    found = held_work(Work.ANNOTATOR, project_id=world.project.pk, actor=world.ada)
    assert [(work.kind, work.id, work.clip_name) for work in found] == [
        ("assignment", held.pk, clip.name)
    ]
    assert held_work(Work.ANNOTATOR, project_id=world.project.pk, actor=world.bela) == []
