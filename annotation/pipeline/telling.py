"""How far a long job is, and for how long it still takes, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

# A pace is told from no fewer than these.
FEWEST = 3
HOUR_S, MINUTE_S = 3600, 60


@dataclass
class Pace:
    """`done` was there before; what is measured is this attempt's."""

    done: int
    total: int
    what: str = "Clip"
    began: float = field(default_factory=monotonic)

    def told(self, done: int) -> str:
        sentence = f"{self.what} {done:,} of {self.total:,}."
        made = done - self.done
        if made < FEWEST or done >= self.total:
            return sentence
        left_s = (monotonic() - self.began) / made * (self.total - done)
        return f"{sentence} {lasting(left_s)} left."


def lasting(seconds: float) -> str:
    """
    >>> lasting(8), lasting(100), lasting(5000)
    ('Less than a minute', 'About 2 minutes', 'About 1.4 hours')
    """
    if seconds < MINUTE_S:
        return "Less than a minute"
    if seconds < HOUR_S:
        minutes = round(seconds / MINUTE_S)
        return f"About {minutes} minute{'s' if minutes > 1 else ''}"
    return f"About {seconds / HOUR_S:.1f} hours"
