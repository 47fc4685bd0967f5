"""Which clip a reviewer is given first."""

from __future__ import annotations

import pytest

from annotation.models import AgreementKind, AgreementScore, Clip, Role
from annotation.workflow.agreement import pairs_of
from annotation.workflow.reviewing import release_review
from tests.factories import World
from tests.steps import annotated_clip, consolidate, start_consolidation, start_cross_validation

pytestmark = pytest.mark.django_db


def agreed(world: World, *event_f1: float, **fields: object) -> Clip:
    """An annotated clip whose pairs of annotators agree so much."""
    clip = annotated_clip(world, **fields)
    for pair, value in zip(pairs_of(clip), event_f1, strict=False):
        AgreementScore.objects.create(
            clip=clip,
            kind=AgreementKind.ANNOTATORS,
            one_id=pair.one_id,
            other_id=pair.other_id,
            event_f1=value,
            tem=0.5,
            word_distance=0.5,
            marked_by_both=0,
            marked_by_one=0,
            marked_by_other=0,
            marked_by_nobody=1,
            **pair.texts,
        )
    return clip


def test_the_clip_that_annotators_disagree_on_most_comes_first():
    world = World()
    unknown = agreed(world)
    # The mean counts, not the worst pair.
    high, low = agreed(world, 0.1, 1.0, 1.0), agreed(world, 0.3, 0.3, 0.3)
    urgent = agreed(world, 1.0, 1.0, 1.0, priority=1)
    people = [world.dana, world.eli, world.gita, world.member("Rosa", Role.REVIEWER)]
    taken = [start_consolidation(world, person).clip for person in people]
    assert taken == [urgent, low, high, unknown]


def test_a_clip_given_back_is_the_next_one_again():
    world = World()
    agreed(world, 0.9, 0.9, 0.9)
    low = agreed(world, 0.2, 0.2, 0.2)
    for _ in range(2):
        held = start_consolidation(world, world.dana)
        assert held.clip == low
        release_review(type(held), review_id=held.pk, actor=world.dana)


def test_second_reviewers_begin_there_too():
    world = World()
    first, low = agreed(world, 0.9, 0.9, 0.9), agreed(world, 0.2, 0.2, 0.2)
    consolidate(world, world.dana)
    consolidate(world, world.dana)
    assert [start_cross_validation(world, who).clip for who in (world.eli, world.gita)] == [
        low,
        first,
    ]


def test_the_order_costs_no_statement(django_assert_num_queries):
    world = World()
    agreed(world, 0.5, 0.5, 0.5)
    with django_assert_num_queries(9):
        start_consolidation(world, world.dana)
