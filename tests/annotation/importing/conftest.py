from __future__ import annotations

import pytest

from tests.clips import make_clip
from tests.factories import World

from .starting import OTHER, PLAIN, UNPLAYABLE


@pytest.fixture(scope="session")
def videos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("videos")
    return {
        recipe.name: make_clip(folder / recipe.name, recipe)
        for recipe in (PLAIN, OTHER, UNPLAYABLE)
    }


@pytest.fixture
def roots(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    root = tmp_path / "imports"
    root.mkdir()
    settings.IMPORT_ROOTS = (str(root),)
    return root


@pytest.fixture
def world(roots):
    return World()
