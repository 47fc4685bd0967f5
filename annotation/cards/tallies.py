"""How often each value was met: all that a distribution needs, however many there are."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from math import ceil, floor, sqrt
from typing import Any

MOST_BARS = 24


class Tally:
    """Of whole numbers of a unit, as words, or tenths of a second."""

    def __init__(self, units_in_one: int = 1) -> None:
        self._found: Counter[int] = Counter()
        self._units_in_one = units_in_one

    def add(self, value: float) -> None:
        self._found[round(value * self._units_in_one)] += 1

    def summary(self) -> dict[str, Any]:
        """Mean, spread (of the population), quartiles, and bars of equal width."""
        values = sorted(self._found)
        if not values:
            return {"count": 0, "bars": []}
        count = self._found.total()
        mean = sum(value * self._found[value] for value in values) / count
        spread = sqrt(sum((value - mean) ** 2 * self._found[value] for value in values) / count)
        reached = list(accumulate(self._found[value] for value in values))
        quartiles = [
            next(value for value, so_far in zip(values, reached, strict=True) if so_far >= place)
            for place in (ceil(count / 4), ceil(count / 2), ceil(3 * count / 4))
        ]
        figures: dict[str, float] = dict(
            zip(("quarter", "median", "three_quarters"), quartiles, strict=True)
        )
        figures |= {"least": values[0], "most": values[-1], "mean": mean, "spread": spread}
        told = {name: round(value / self._units_in_one, 3) for name, value in figures.items()}
        return {"count": count, **told, "bars": self._bars(values)}

    def _bars(self, values: list[int]) -> list[dict[str, float]]:
        """Each from its lower end, which belongs to it."""
        width = max(1, ceil((values[-1] - values[0] + 1) / MOST_BARS))
        first = floor(values[0] / width)
        counts = [0] * (values[-1] // width - first + 1)
        for value in values:
            counts[value // width - first] += self._found[value]
        unit = self._units_in_one
        return [
            {"from": (first + n) * width / unit, "to": (first + n + 1) * width / unit, "count": c}
            for n, c in enumerate(counts)
        ]
