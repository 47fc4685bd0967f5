"""Splits that leak nothing: whole groups of clips, drawn by a seed. Knows no database."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotation.drawing import shuffled

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
    groups: Groups, shares: Mapping[str, float], rest: str, seed: int
) -> dict[str, str]:
    """
    The split of every group. Each named split gets whole groups, as near to its share of all
    clips as they allow; `rest` gets what is left.
    """
    total = sum(map(len, groups.values()))
    splits = dict.fromkeys(groups, rest)
    for split, share in shares.items():
        free = {name: len(groups[name]) for name in groups if splits[name] == rest}
        for name in _nearest(free, round(share * total), seed, split):
            splits[name] = split
    return splits


def _nearest(sizes: Mapping[str, int], target: int, seed: int, split: str) -> list[str]:
    """In the order drawn: first what fits, then the exact choice for the room that is left."""
    order = shuffled(sizes, seed, split, key=str)
    chosen: list[str] = []
    room = target
    while order and room > EXACT_BELOW and sizes[order[-1]] <= room:
        room -= sizes[order[-1]]
        chosen.append(order.pop())
    return chosen + _exact(order, sizes, room)


def _exact(order: Sequence[str], sizes: Mapping[str, int], room: int) -> list[str]:
    """The groups whose sizes together come nearest to the room; stops when they fill it."""
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
