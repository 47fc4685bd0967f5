"""Where the database, the broker and the cache are: named by address, else embedded."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from .embedded.places import Places
from .env import Environment

# Milliseconds. A request never needs longer; exports and migrations set their own.
STATEMENT_TIMEOUT = 60_000
IDLE_IN_TRANSACTION_TIMEOUT = 60_000


def database(environment: Environment) -> dict[str, Any]:
    where = (
        parse_database(environment.database_url)
        if environment.database_url
        else embedded_database(environment)
    )
    options = {
        "pool": {"min_size": 1, "max_size": 12, "timeout": 10},
        "options": f"-c statement_timeout={STATEMENT_TIMEOUT}"
        f" -c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_TIMEOUT}",
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        # Of the pool's connections too: after a restart of the server each of them is dead.
        "CONN_HEALTH_CHECKS": True,
        **where,
        "OPTIONS": options | where.get("OPTIONS", {}),
    }


def parse_database(url: str) -> dict[str, Any]:
    """Parameters after the question mark go to libpq; `host` there names a socket's folder."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def address(where: dict[str, Any]) -> str:
    """The other way round, for a process that is to use the database this one uses."""
    user = ":".join(quote(where[part], safe="") for part in ("USER", "PASSWORD") if where[part])
    if not where["HOST"].startswith("/"):
        return f"postgresql://{user}@{where['HOST']}:{where['PORT'] or 5432}/{where['NAME']}"
    return f"postgresql://{user}@/{where['NAME']}?" + urlencode({"host": where["HOST"]})


def embedded_database(environment: Environment) -> dict[str, Any]:
    return {
        "NAME": "countenance",
        "USER": "countenance",
        "HOST": str(Places.of(environment.data_dir).sockets),
    }


def broker_url(environment: Environment) -> str:
    if environment.redis_url:
        return environment.redis_url
    return f"redis+socket://{Places.of(environment.data_dir).valkey_socket}"


def cache_url(environment: Environment) -> str:
    """The cache takes the broker's server; its keys never meet, they have other prefixes."""
    return broker_url(environment).replace("redis+socket://", "unix://")
