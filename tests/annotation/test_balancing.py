"""Splits that are mixed as the whole: against a draw by chance, on made data."""

from __future__ import annotations

import random
from collections import Counter
from statistics import mean

from annotation.splitting import assign_splits

TARGETS = {"test": 200, "validation": 60}


def made(count: int, group_sizes: tuple[int, ...], seed: int):
    """Clips of five sources and seven emotions, both as uneven as in published sets."""
    chance = random.Random(seed)  # noqa: S311 -- made data
    groups: dict[str, list[str]] = {}
    facets: dict[str, tuple[str, str]] = {}
    while len(facets) < count:
        source = chance.choices("ABCDE", weights=[40, 25, 20, 10, 5])[0]
        group = f"g{len(groups):04}"
        groups[group] = [f"{group}.{n}" for n in range(chance.choice(group_sizes))]
        for clip in groups[group]:
            emotion = chance.choices("abcdefg", weights=[30, 25, 20, 10, 8, 5, 2])[0]
            facets[clip] = (source, emotion)
    return groups, facets


def unevenness(groups, facets, splits, split) -> float:
    """Clips too many or too few, summed over every source and emotion, for each of the split."""
    inside = [facets[clip] for name in groups if splits[name] == split for clip in groups[name]]
    whole, found = Counter(facets.values()), Counter(inside)
    share = len(inside) / len(facets)
    return sum(abs(found[cell] - share * whole[cell]) for cell in whole) / len(inside)


def by_chance(groups, target: int, seed: int) -> dict[str, str]:
    order = sorted(groups)
    random.Random(seed).shuffle(order)  # noqa: S311 -- made data
    splits = dict.fromkeys(groups, "train")
    for name in order:
        if target >= len(groups[name]):
            target -= len(groups[name])
            splits[name] = "test"
    return splits


def test_splits_are_mixed_as_the_whole_much_more_than_by_chance():
    ours, theirs = [], []
    for seed in range(5):
        groups, facets = made(1000, (1, 1, 1, 2, 3), seed)
        splits = assign_splits(groups, TARGETS, "train", seed, facets=facets)
        ours.append(unevenness(groups, facets, splits, "test"))
        theirs.append(unevenness(groups, facets, by_chance(groups, 200, seed), "test"))
        assert sum(len(groups[name]) for name in groups if splits[name] == "test") == 200
    assert mean(ours) < mean(theirs) / 2


def test_large_groups_of_mixed_clips_come_nearer_than_by_chance():
    ours, theirs = [], []
    for seed in range(5):
        groups, facets = made(1000, (2, 15, 40), seed)
        splits = assign_splits(groups, TARGETS, "train", seed, facets=facets)
        ours.append(unevenness(groups, facets, splits, "test"))
        theirs.append(unevenness(groups, facets, by_chance(groups, 200, seed), "test"))
    assert mean(ours) < mean(theirs)


def test_many_rare_emotions_are_still_drawn():
    groups = {f"g{n:03}": [f"g{n:03}"] for n in range(400)}
    facets = {clip: ("A", f"emotion {clip}") for clip in groups}
    splits = assign_splits(groups, TARGETS, "train", 1, facets=facets)
    assert Counter(splits.values()) == {"test": 200, "validation": 60, "train": 140}


def test_what_is_fixed_counts_and_the_rest_fills_up():
    groups = {f"g{n}": [f"g{n}.{m}" for m in range(2)] for n in range(20)}
    fixed = {"g0": "test", "g1": "test"}
    splits = assign_splits(groups, {"test": 10, "validation": 4}, "train", 1, fixed=fixed)
    assert (splits["g0"], splits["g1"]) == ("test", "test")
    assert Counter(splits.values()) == {"test": 5, "validation": 2, "train": 13}


def test_more_fixed_than_asked_for_stay():
    groups = {f"g{n}": [f"g{n}"] for n in range(5)}
    fixed = dict.fromkeys(["g0", "g1", "g2"], "test")
    splits = assign_splits(groups, {"test": 1}, "train", 1, fixed=fixed)
    assert {name for name in splits if splits[name] == "test"} == set(fixed)
