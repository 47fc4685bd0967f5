from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from .scene import Scene


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once for a module and taken back after it; tests take back what they do themselves."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        yield Scene()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def requests_of_others_forgotten():
    """How often is too often counts over all tests of a process, and their order is random."""
    cache.clear()
