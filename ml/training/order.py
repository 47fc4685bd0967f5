"""The order in which clips are seen, which follows from the seed and the epoch alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch.utils.data import Sampler

# Of so many batches at a time the clips are sorted by their words: enough to find alike ones, few
# enough for every epoch to be mixed anew.
SORTED_BATCHES = 32


@dataclass(frozen=True)
class Grouping:
    """Clips with about as many words stand together in batches of `size`."""

    lengths: Sequence[int]
    size: int


class Order(Sampler[int]):
    """`epoch` is set by the trainer: a run that goes on sees what it would have seen."""

    def __init__(self, count: int, seed: int, grouping: Grouping | None = None) -> None:
        self.count = count
        self.seed = seed
        self.grouping = grouping
        self.epoch = 0

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[int]:
        drawn = torch.Generator().manual_seed(self.seed * 1_000_003 + self.epoch)
        places: list[int] = torch.randperm(self.count, generator=drawn).tolist()
        if self.grouping is not None:
            places = _grouped(places, self.grouping, drawn)
        return iter(places)


def _grouped(places: list[int], grouping: Grouping, drawn: torch.Generator) -> list[int]:
    """Only the last batch may be smaller, and stays the last."""
    chunk = SORTED_BATCHES * grouping.size
    alike = [
        place
        for start in range(0, len(places), chunk)
        for place in sorted(places[start : start + chunk], key=grouping.lengths.__getitem__)
    ]
    batches = [
        alike[start : start + grouping.size] for start in range(0, len(alike), grouping.size)
    ]
    whole = len(alike) // grouping.size
    mixed: list[int] = torch.randperm(whole, generator=drawn).tolist()
    return [place for batch in [*mixed, *range(whole, len(batches))] for place in batches[batch]]
