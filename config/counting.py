"""The cache counts requests and sign-ins. Nobody's work may wait for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# A server that answers reads and refuses writes, as on a full disk, must not halve the counting.
AWAY_SECONDS = 5.0


class CountingCache(RedisCache):
    """
    While the server is away or has no room, each process counts for itself, so that people go on
    working and limits still hold.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.meanwhile = LocMemCache("meanwhile", params)
        self.away_until = 0.0

    def either(
        self, there: Callable[..., Any], here: Callable[..., Any], *arguments: Any, **options: Any
    ) -> Any:
        if monotonic() > self.away_until:
            try:
                return there(*arguments, **options)
            except (RedisError, OSError) as problem:
                logger.warning("the cache is away: %s", type(problem).__name__)
                self.away_until = monotonic() + AWAY_SECONDS
        return here(*arguments, **options)

    def get(self, *arguments: Any, **options: Any) -> Any:
        return self.either(super().get, self.meanwhile.get, *arguments, **options)

    def set(self, *arguments: Any, **options: Any) -> None:
        self.either(super().set, self.meanwhile.set, *arguments, **options)

    def add(self, *arguments: Any, **options: Any) -> bool:
        return bool(self.either(super().add, self.meanwhile.add, *arguments, **options))

    def delete(self, *arguments: Any, **options: Any) -> bool:
        return bool(self.either(super().delete, self.meanwhile.delete, *arguments, **options))

    def incr(self, *arguments: Any, **options: Any) -> int:
        return int(self.either(super().incr, self.meanwhile.incr, *arguments, **options))
