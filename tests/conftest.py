"""The servers every test run shares, a name of its own for each run on them, and the browser."""

from __future__ import annotations

import os
import shutil

import pytest

from config.databases import address
from config.embedded import servers_for


@pytest.fixture(scope="session")
def embedded_servers_running():
    from django.conf import settings

    with servers_for(settings.ENVIRONMENT, durable=False):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, embedded_servers_running
):
    """A test that asks for the database starts it; one that does not stays without."""


@pytest.fixture
def process_environment(transactional_db, settings):
    """For processes of our own that a test starts: they join the test's database and broker."""
    from django.db import connection

    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": address(connection.settings_dict),
        "BROKER_KEY_PREFIX": settings.ENVIRONMENT.broker_key_prefix,
    }


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or shutil.which("chromium"),
        # Root in a container has no sandbox; the pages are our own.
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
    }
