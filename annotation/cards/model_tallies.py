"""What a model counted in captions, summarized as the card summarizes its own counts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from annotation.models import DatasetEntry

from .facts import Scope, in_order, scopes_of
from .tallies import Tally


class ModelTallies:
    """Filled entry by entry."""

    def __init__(self) -> None:
        self._tallies: dict[Scope, Tally] = defaultdict(Tally)
        self.counted = self.not_counted = 0

    def add(self, entry: DatasetEntry, actions: int | None) -> None:
        """None where the model gave no usable answer."""
        if actions is None:
            self.not_counted += 1
            return
        self.counted += 1
        for scope in scopes_of(entry):
            self._tallies[scope].add(actions)

    def to_json(self, *, total: int) -> dict[str, Any]:
        """`total` also counts the captions that were not given to the model."""
        return {
            "scopes": [
                {"by": by, "name": name, "facial_actions": tally.summary()}
                for (by, name), tally in in_order(self._tallies)
            ],
            "not_counted": self.not_counted,
            "left_out": total - self.counted - self.not_counted,
        }
