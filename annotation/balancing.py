"""An order of groups of which every beginning is mixed as the whole. Knows no database."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from annotation.drawing import shuffled

# What a clip is counted under, the coarse first: its source, its emotion.
Facets = tuple[Hashable, ...]
# The next group is looked for among so many mixtures; rarer ones wait in one queue.
MOST_MIXTURES = 200


class Balance:
    """How far what was taken is behind an even share of the whole."""

    def __init__(self, whole: Iterable[Facets]) -> None:
        self._whole: Counter[Hashable] = Counter()
        self._taken: Counter[Hashable] = Counter()
        self._clips = self._clips_taken = 0
        for facets in whole:
            self._clips += 1
            self._whole.update(counted(facets))

    def take(self, clips: Iterable[Facets]) -> None:
        for facets in clips:
            self._clips_taken += 1
            self._taken.update(counted(facets))

    def due(self, facets: Facets) -> float:
        """Clips that are missing of this mixture, by each facet and by all together."""
        share = (self._clips_taken + 1) / self._clips
        return sum(share * self._whole[name] - self._taken[name] for name in counted(facets))


def counted(facets: Facets) -> Iterator[Hashable]:
    yield from enumerate(facets)
    yield facets


def balanced(
    groups: Mapping[str, Sequence[Facets]], balance: Balance, seed: int, *names: object
) -> Iterator[str]:
    """
    The names of the groups, each time one of the mixture that is missing most; within a mixture
    as drawn. A group of several mixtures waits among the one that most of its clips have.
    """
    mixtures = {name: _mixture(clips) for name, clips in groups.items()}
    known = {mixture for mixture, _ in _most_common(mixtures.values(), MOST_MIXTURES)}
    queues: dict[Facets | None, deque[str]] = {}
    for name in shuffled(groups, seed, *names, key=str):
        queue = mixtures[name] if mixtures[name] in known else None
        queues.setdefault(queue, deque()).append(name)
    while queues:
        # The queues themselves stand in an order drawn, so that equals are not served alike.
        chosen = max(queues, key=lambda queue: balance.due(mixtures[queues[queue][0]]))
        name = queues[chosen].popleft()
        if not queues[chosen]:
            del queues[chosen]
        balance.take(groups[name])
        yield name


def _mixture(clips: Sequence[Facets]) -> Facets:
    return _most_common(clips, 1)[0][0]


def _most_common(found: Iterable[Facets], count: int) -> list[tuple[Facets, int]]:
    """Of equals those whose names come first, so that no order of reading matters."""
    return sorted(Counter(found).items(), key=lambda item: (-item[1], repr(item[0])))[:count]
