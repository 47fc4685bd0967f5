from __future__ import annotations

import pytest

from annotation.errors import NotAllowed, NotFound
from annotation.models import WorkflowEvent
from annotation.workflow.sources import allow_outside
from tests.factories import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def allow(world, actor, is_allowed=True, source=None):
    source = source or world.source
    return allow_outside(
        project_id=world.project.pk, source_id=source.pk, actor=actor, is_allowed=is_allowed
    )


def test_a_lead_allows_and_forbids_services_outside_and_each_change_is_told_once(world):
    assert allow(world, world.lena).external_processing_allowed
    assert allow(world, world.lena).external_processing_allowed
    assert not allow(world, world.lena, is_allowed=False).external_processing_allowed
    world.source.refresh_from_db()
    assert not world.source.external_processing_allowed
    told = WorkflowEvent.objects.filter(project=world.project, kind__startswith="source.outside")
    assert [(event.kind, event.detail) for event in told.order_by("pk")] == [
        ("source.outside_allowed", {"source": world.source.pk}),
        ("source.outside_forbidden", {"source": world.source.pk}),
    ]


def test_nobody_but_a_lead_and_no_source_of_another_project(world):
    with pytest.raises(NotAllowed):
        allow(world, world.mila)
    with pytest.raises(NotFound):
        allow(world, world.lena, source=World().source)
