from __future__ import annotations

from functools import partial

import pytest

from annotation.models import Membership, Role, User
from annotation.workflow.inviting import accept_as_new, invite
from annotation.workflow.membership import remove_member
from tests.factories import World

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
