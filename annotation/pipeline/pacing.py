"""How fast all workers together may ask one endpoint, counted in the shared cache."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import Protocol

from django.core.cache import cache

from annotation.jobs import TryLater

MINUTE_S = 60.0
# Those who wait do not all come back at once.
SPREAD_S = 10.0


class Limits(Protocol):
    @property
    def requests_per_minute(self) -> int: ...

    @property
    def tokens_per_minute(self) -> int: ...


def take_turn(endpoint: str, limits: Limits, tokens: int) -> None:
    """
    Counts a request and its tokens. Raises TryLater, and counts nothing, where there is no room.

    A request larger than the limit of a whole minute has a minute of its own.
    """
    now = time.time()
    taken: list[tuple[SlidingMinute, int]] = []
    for what, amount, most in (
        ("requests", 1, limits.requests_per_minute),
        ("tokens", min(tokens, limits.tokens_per_minute), limits.tokens_per_minute),
    ):
        minute = SlidingMinute.at(f"drafts:{what}:{endpoint}", now)
        taken.append((minute, amount))
        wait_s = minute.take(amount, most)
        if wait_s:
            for counted, given_back in taken:
                counted.add(-given_back)
            wait_s += random.uniform(0, SPREAD_S)  # noqa: S311
            reason = "As many requests were sent as the model's server takes in a minute."
            raise TryLater(reason, wait_s=wait_s, costs_attempt=False)


@dataclass(frozen=True)
class SlidingMinute:
    """
    What this minute took, and of the last one the part that is still within sixty seconds, as
    if it had been taken evenly. So the turn of a minute lets no second full measure through.
    """

    key: str
    number: int
    # Which part of this minute is over.
    over: float

    @classmethod
    def at(cls, key: str, now: float) -> SlidingMinute:
        number, over = divmod(now / MINUTE_S, 1)
        return cls(key, int(number), over)

    def take(self, amount: int, most: int) -> float:
        """Counts first, so that of many at once each sees the others. Answers how long to wait."""
        taken = self.add(amount)
        last: int = cache.get(f"{self.key}:{self.number - 1}", 0)
        if taken + last * (1 - self.over) <= most:
            return 0.0
        return MINUTE_S * self._minutes_until(most - amount, taken - amount, last)

    def _minutes_until(self, room: int, taken: int, last: int) -> float:
        """Until no more than `room` is left within the last sixty seconds, if nobody takes more."""
        if taken <= room:
            return 1 - (room - taken) / last - self.over
        return 1 - self.over + 1 - room / taken

    def add(self, amount: int) -> int:
        """Atomic on the server, so that workers on several machines count together."""
        key = f"{self.key}:{self.number}"
        cache.add(key, 0, timeout=3 * MINUTE_S)
        try:
            return cache.incr(key, amount)
        except ValueError:  # it expired, or the server went away, between the two lines
            return amount
