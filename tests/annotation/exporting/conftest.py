from __future__ import annotations

import pytest

from annotation.workflow.releasing import freeze
from tests.factories import World
from tests.steps import consolidated_clip


@pytest.fixture
def world(tmp_path, settings, db):
    settings.MEDIA_ROOT = tmp_path / "media"
    return World(cross_validation_check_share=0.0)


@pytest.fixture
def version(world):
    for _ in range(5):
        consolidated_clip(world)
    return freeze(project_id=world.project.pk, actor=world.mila, test_share=0.4, seed=3)
