"""A version is made of clips that nobody withdraws meanwhile."""

from __future__ import annotations

import time
from threading import Event
from unittest import mock

import pytest
from django.db.models import QuerySet

from annotation.models import Clip, WorkflowEvent
from annotation.workflow import releasing
from annotation.workflow.rejecting import withdraw
from annotation.workflow.releasing import content_hash, freeze
from tests.concurrency.racing import START_TIMEOUT_S, race
from tests.factories import World
from tests.steps import consolidated_clip

pytestmark = pytest.mark.django_db(transaction=True)

# Long enough for a withdrawal that nothing holds up.
PAUSE_S = 0.5
FROZEN, WITHDRAWN = "dataset.version_created", "clip.withdrawn"


def withdrawn_amid_freezing(world: World, clip: Clip) -> list[str]:
    """What happened, in its order, when a withdrawal begins once the clips have been chosen."""
    is_chosen = Event()

    def pause(made: releasing.Made) -> str:
        is_chosen.set()
        time.sleep(PAUSE_S)
        return content_hash(made)

    def take_out() -> None:
        is_chosen.wait(timeout=START_TIMEOUT_S)
        withdraw(clip_id=clip.pk, actor=world.lena, reason="asked")

    with mock.patch.object(releasing, "content_hash", pause):
        race(lambda: freeze(project_id=world.project.pk, actor=world.mila), take_out)
    events = WorkflowEvent.objects.filter(kind__in=[FROZEN, WITHDRAWN]).order_by("pk")
    return list(events.values_list("kind", flat=True))


def test_a_withdrawal_waits_for_the_version_that_the_clip_is_in():
    world = World(cross_validation_check_share=0.0)
    assert withdrawn_amid_freezing(world, consolidated_clip(world)) == [FROZEN, WITHDRAWN]


def test_without_locks_a_version_is_made_of_what_was_withdrawn():
    world = World(cross_validation_check_share=0.0)
    clip = consolidated_clip(world)
    with mock.patch.object(QuerySet, "select_for_update", lambda self, **_: self.all()):
        assert withdrawn_amid_freezing(world, clip) == [WITHDRAWN, FROZEN]
