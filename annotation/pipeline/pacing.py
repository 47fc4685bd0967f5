"""How fast all workers together may ask one endpoint, counted in the shared cache."""

from __future__ import annotations

import random
import time
from typing import Protocol

from django.core.cache import cache

from annotation.jobs import TryLater

MINUTE_S = 60.0
# Whoever waits comes back in the first seconds of the next minute, not all in the same one.
SPREAD_S = 10.0


class Limits(Protocol):
    @property
    def requests_per_minute(self) -> int: ...

    @property
    def tokens_per_minute(self) -> int: ...


def take_turn(endpoint: str, limits: Limits, tokens: int) -> None:
    """
    Counts a request and its tokens. Raises TryLater, and counts nothing, where the minute is full.

    A request larger than the limit of a whole minute has a minute of its own.
    """
    now = time.time()
    minute = int(now // MINUTE_S)
    taken: list[tuple[str, int]] = []
    for what, amount, most in (
        ("requests", 1, limits.requests_per_minute),
        ("tokens", min(tokens, limits.tokens_per_minute), limits.tokens_per_minute),
    ):
        key = f"drafts:{what}:{endpoint}:{minute}"
        taken.append((key, amount))
        if _add(key, amount) > most:
            for counted, given_back in taken:
                _add(counted, -given_back)
            wait_s = (minute + 1) * MINUTE_S - now + random.uniform(0, SPREAD_S)  # noqa: S311
            reason = "As many requests were sent as the model's server takes in a minute."
            raise TryLater(reason, wait_s=wait_s, costs_attempt=False)


def _add(key: str, amount: int) -> int:
    """Atomic on the server, so that workers on several machines count together."""
    cache.add(key, 0, timeout=2 * MINUTE_S)
    try:
        return cache.incr(key, amount)
    except ValueError:  # it expired, or the server went away, between the two lines
        return amount
