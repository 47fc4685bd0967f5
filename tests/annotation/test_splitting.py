from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from annotation.splitting import Grouped, assign_splits, join_groups

TARGETS = {"test": 9, "validation": 6}

ties = st.lists(st.integers(0, 12), max_size=2).map(tuple)
clips = st.lists(ties, min_size=1, max_size=30).map(
    lambda found: [Grouped(f"c{number:02}", tie) for number, tie in enumerate(found)]
)


def split_sizes(groups, splits):
    sizes = dict.fromkeys(["test", "validation", "train"], 0)
    for name, members in groups.items():
        sizes[splits[name]] += len(members)
    return sizes


def test_clips_are_joined_through_others():
    groups = join_groups(
        [
            Grouped("a", ("film 1",)),
            Grouped("b", ("film 1", "Anna")),
            Grouped("c", ("Anna",)),
            Grouped("d", ("film 2",)),
            Grouped("e", ()),
        ]
    )
    assert groups == {"a": ["a", "b", "c"], "d": ["d"], "e": ["e"]}


@given(clips, st.randoms())
def test_no_tie_is_in_two_groups_whatever_the_order(found, random):
    groups = join_groups(found)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert join_groups(shuffled) == groups
    assert sorted(name for members in groups.values() for name in members) == [
        clip.name for clip in found
    ]
    group_of = {name: group for group, members in groups.items() for name in members}
    of_tie: dict[object, set[str]] = {}
    for clip in found:
        for tie in clip.ties:
            of_tie.setdefault(tie, set()).add(group_of[clip.name])
    assert all(len(found) == 1 for found in of_tie.values())


@given(clips, st.integers(0, 2**31))
def test_the_same_seed_gives_the_same_splits(found, seed):
    groups = join_groups(found)
    assert assign_splits(groups, TARGETS, "train", seed) == assign_splits(
        dict(reversed(groups.items())), TARGETS, "train", seed
    )


@given(st.integers(1, 200), st.integers(0, 2**31))
def test_single_clips_meet_the_targets_exactly(count, seed):
    groups = {f"g{number}": [f"g{number}"] for number in range(count)}
    sizes = split_sizes(groups, assign_splits(groups, TARGETS, "train", seed))
    assert sizes["test"] == min(9, count)
    assert sizes["validation"] == min(6, count - sizes["test"])


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(0, 2**31))
def test_no_choice_of_whole_groups_comes_nearer(sizes, seed):
    groups = {f"g{n}": [f"g{n}.{m}" for m in range(size)] for n, size in enumerate(sizes)}
    target = round(0.4 * sum(sizes))
    splits = assign_splits(groups, {"test": target}, "train", seed)
    nearest = min(
        abs(target - sum(chosen))
        for count in range(len(sizes) + 1)
        for chosen in combinations(sizes, count)
    )
    assert abs(target - split_sizes(groups, splits)["test"]) == nearest


def test_different_seeds_give_different_splits():
    groups = {f"g{number}": [f"g{number}"] for number in range(40)}
    assert assign_splits(groups, TARGETS, "train", 1) != assign_splits(groups, TARGETS, "train", 2)
