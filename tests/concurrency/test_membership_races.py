from __future__ import annotations

from functools import partial

import pytest

from annotation.models import Assignment, AssignmentStatus, Membership, Role, User
from annotation.workflow.assigning import claim_annotation, reclaim, release
from annotation.workflow.inviting import accept_as_new, invite
from annotation.workflow.membership import remove_member
from tests.factories import World
from tests.steps import claim, write

from .racing import codes, race

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_invitation_opens_once():
    world = World()
    _, key = invite(
        project_id=world.project.pk, actor=world.lena, email="hana@example.org", roles=["viewer"]
    )
    accept = partial(accept_as_new, key=key, name="Hana", password="a phrase nobody guesses")
    assert codes(race(accept, accept, accept)) == ["done", "not_found", "not_found"]
    assert User.objects.filter(email="hana@example.org").count() == 1


def test_two_leads_cannot_both_leave():
    world = World()
    olga = world.member("Olga", Role.LEAD)
    leave = partial(remove_member, project_id=world.project.pk)
    outcomes = race(
        *(partial(leave, actor=person, user_id=person.pk) for person in (world.lena, olga))
    )
    assert codes(outcomes) == ["done", "transition_refused"]
    assert Membership.objects.filter(role=Role.LEAD, project=world.project).count() == 1


def remove_ada(world):
    return partial(
        remove_member, project_id=world.project.pk, actor=world.lena, user_id=world.ada.pk
    )


def nobody_holds_anything():
    return not Assignment.objects.exclude(status=AssignmentStatus.OPEN).exists()


def test_who_is_removed_while_they_claim_holds_nothing():
    for _ in range(5):
        world = World()
        world.open_clip()
        ask = partial(claim_annotation, project_id=world.project.pk, actor=world.ada)
        race(ask, remove_ada(world), ask)
        assert nobody_holds_anything()


def test_who_is_removed_while_they_take_a_clip_back_holds_nothing():
    for _ in range(5):
        world = World()
        world.open_clip()
        held = claim(world, world.ada)
        write(held, world.ada)
        release(assignment_id=held.pk, actor=world.ada)
        race(partial(reclaim, assignment_id=held.pk, actor=world.ada), remove_ada(world))
        assert nobody_holds_anything()
