"""
PostgreSQL and a Redis-protocol server without an installation: start, reuse, stop.

Used where `DATABASE_URL` or `REDIS_URL` name no real server.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from config.env import Environment

from .places import Places
from .postgres import Postgres
from .server import EmbeddedServer
from .valkey import Valkey

__all__ = ["EmbeddedServer", "Places", "Postgres", "Valkey", "embedded_servers", "servers_for"]


def embedded_servers(environment: Environment, *, durable: bool = True) -> list[EmbeddedServer]:
    places = Places.of(environment.data_dir)
    servers: list[EmbeddedServer] = []
    if not environment.database_url:
        servers.append(Postgres(places, environment.postgres_bin, durable=durable))
    if not environment.redis_url:
        servers.append(Valkey(places, environment.redis_bin, durable=durable))
    return servers


@contextmanager
def servers_for(environment: Environment, *, durable: bool = True) -> Iterator[None]:
    with ExitStack() as stack:
        for server in embedded_servers(environment, durable=durable):
            stack.enter_context(server.running())
        yield
