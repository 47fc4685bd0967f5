"""Splits that leak nothing: whole groups of clips, drawn by a seed. Knows no database."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from annotation.balancing import Balance, Facets, balanced

# The exact choice takes time by the square of the room. Where more is left to fill, the many
# groups still to choose from make an exact fit all but certain.
EXACT_BELOW = 500

Groups = dict[str, list[str]]


@dataclass(frozen=True)
class Grouped:
    """A clip and what it must not be parted from: its person, its source video."""

    name: str
    ties: tuple[Hashable, ...]


def join_groups(clips: Iterable[Grouped]) -> Groups:
    """
    Clips that share a tie, directly or through others, under one of their names.

    The group is named after its first clip, so that it does not depend on the order given.
    """
    parents: dict[Hashable, Hashable] = {}

    def root(node: Hashable) -> Hashable:
        parents.setdefault(node, node)
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    ordered = sorted(clips, key=lambda clip: clip.name)
    for clip in ordered:
        for tie in clip.ties:
            parents[root(("tie", tie))] = root(("clip", clip.name))
    by_root: dict[Hashable, list[str]] = {}
    for clip in ordered:
        by_root.setdefault(root(("clip", clip.name)), []).append(clip.name)
    return {members[0]: members for members in by_root.values()}


def assign_splits(
    groups: Groups,
    targets: Mapping[str, int],
    rest: str,
    seed: int,
    *,
    facets: Mapping[str, Facets] | None = None,
    fixed: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """
    The split of every group. Each named split gets whole groups, as near to its number of clips
    as they allow and mixed as the whole is by the facets of the clips; `rest` gets what is left.

    A group that is `fixed` goes where it has to, and counts there.
    """
    mixed = {name: [_facets_of(clip, facets) for clip in clips] for name, clips in groups.items()}
    splits = {**dict.fromkeys(groups, rest), **(fixed or {})}
    free = {name for name in groups if name not in (fixed or {})}
    for split, target in targets.items():
        balance = Balance(facet for name in groups for facet in mixed[name])
        held = [name for name in groups if splits[name] == split]
        for name in held:
            balance.take(mixed[name])
        room = max(0, target - sum(len(groups[name]) for name in held))
        order = balanced({name: mixed[name] for name in free}, balance, seed, split)
        for name in _nearest(order, {name: len(groups[name]) for name in free}, room):
            splits[name] = split
            free.remove(name)
    return splits


def _facets_of(clip: str, facets: Mapping[str, Facets] | None) -> Facets:
    return () if facets is None else facets[clip]


def _nearest(order: Iterator[str], sizes: Mapping[str, int], target: int) -> list[str]:
    """In the order given: first what fits, then the exact choice for the room that is left."""
    chosen: list[str] = []
    room = target
    while room > EXACT_BELOW and (name := next(order, None)) is not None:
        if sizes[name] > room:
            order = chain([name], order)
            break
        room -= sizes[name]
        chosen.append(name)
    return chosen + _exact(order, sizes, room)


def _exact(order: Iterable[str], sizes: Mapping[str, int], room: int) -> list[str]:
    """
    The groups whose sizes together come nearest to the room, of the shortest beginning of the
    order that fills it.
    """
    # Each sum that some groups reach, with the last of them and the sum before it.
    reached: dict[int, tuple[str, int]] = {0: ("", 0)}
    for name in order:
        if room in reached:
            break
        for before in list(reached):
            total = before + sizes[name]
            # Beyond twice the room, taking nothing at all is nearer.
            if total <= 2 * room:
                reached.setdefault(total, (name, before))
    total = min(reached, key=lambda found: (abs(room - found), found))
    chosen = []
    while total:
        name, total = reached[total]
        chosen.append(name)
    return chosen
