"""What the pool of connections hands out."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.utils import ConnectionHandler


def asked(database, question, *values):
    with database.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]


def test_a_connection_that_the_server_ended_is_not_handed_out(db, settings):
    where = settings.DATABASES["default"] | {
        "NAME": connection.settings_dict["NAME"],
        "OPTIONS": settings.DATABASES["default"]["OPTIONS"]
        | {"pool": {"min_size": 1, "max_size": 1}},
    }
    # Of PostgreSQL, which has a pool to close.
    pooled: Any = ConnectionHandler({"default": where})["default"]
    try:
        ended = asked(pooled, "SELECT pg_backend_pid()")
        pooled.close()
        assert asked(connection, "SELECT pg_terminate_backend(%s, 5000)", ended)
        assert asked(pooled, "SELECT pg_backend_pid()") != ended
    finally:
        pooled.close()
        pooled.close_pool()
