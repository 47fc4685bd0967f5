"""The cache with and without its server."""

from __future__ import annotations

import pytest
import redis
from django.utils.module_loading import import_string

from config import counting
from config.embedded import Places, Valkey
from config.settings import base


@pytest.fixture
def server(tmp_path):
    server = Valkey(Places.of(tmp_path), durable=False)
    with server.running():
        yield server


@pytest.fixture
def cache(server, monkeypatch):
    # A busy machine neither makes the server look away nor brings it back too early.
    monkeypatch.setattr(counting, "AWAY_SECONDS", 3600.0)
    params = base.CACHES["default"] | {"LOCATION": f"unix://{server.mark}"}
    params["OPTIONS"] = params["OPTIONS"] | {"socket_timeout": 60}
    cache = import_string(params["BACKEND"])(params["LOCATION"], params)
    # Shared by the whole process, as its purpose is.
    cache.meanwhile.clear()
    return cache


def count_twice(cache):
    """As limits do."""
    assert cache.add("lock", value=True, timeout=60)
    assert not cache.add("lock", value=True, timeout=60)
    assert cache.delete("lock")
    cache.set("history", [*cache.get("history", []), 1], 60)
    cache.set("history", [*cache.get("history", []), 2], 60)
    return cache.get("history", [])


def test_counts_are_kept_by_the_server(server, cache):
    assert count_twice(cache) == [1, 2]
    with redis.Redis(unix_socket_path=server.mark) as client:
        assert len(client.keys("*history")) == 1


def test_counting_goes_on_without_the_server(server, cache):
    server.stop()
    assert count_twice(cache) == [1, 2]


def test_counting_goes_on_while_the_server_cannot_write(server, cache):
    with redis.Redis(unix_socket_path=server.mark) as client:
        client.config_set("min-replicas-to-write", 1)
    assert count_twice(cache) == [1, 2]
    assert server.answers()
