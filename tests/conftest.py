"""The servers every test run shares, and a name of its own for each run on them."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings as hypothesis
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from config.databases import address
from config.embedded import servers_for
from tests.migrated import template
from tests.weights import say_what_was_left_out

# How long an example takes says how busy the machine is.
hypothesis.register_profile("without clock", deadline=None)
hypothesis.load_profile("without clock")


# Browser tests share one installation; workers of two tests on one queue would take each
# other's messages. One process runs all of a group.
TOGETHER = ("tests/e2e/", "tests/config/test_processes.py")


class GroupsTogether(LoadScopeScheduling):  # type: ignore[misc]
    def _split_scope(self, nodeid: str) -> str:
        return next((group for group in TOGETHER if nodeid.startswith(group)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    # The xdist_group marks of this xdist have no effect with a pytest from 9.2 on.
    return GroupsTogether(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    say_what_was_left_out(terminalreporter)


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
    from django.conf import settings

    database = settings.DATABASES["default"]
    database["TEST"]["TEMPLATE"] = template(database, settings.DATA_DIR)


@pytest.fixture(scope="session", autouse=True)
def quick_flush():
    from django.db.backends.postgresql.operations import DatabaseOperations

    from tests.emptying import sql_flush

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture
def process_environment(transactional_db, settings):
    """For processes of our own that a test starts: they join the test's database and broker."""
    from django.db import connection

    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": address(connection.settings_dict),
        "BROKER_KEY_PREFIX": settings.ENVIRONMENT.broker_key_prefix,
    }
