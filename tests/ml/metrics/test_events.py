"""AutoDQ and TEM, worked out by hand and against brute force."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.metrics.autodq import AutoDQ, auto_dq, mean, overall
from ml.metrics.events import JudgedPair
from ml.metrics.tem import Tem, aligned, tem
from tests.ml.metrics.judged import judged, without

GRIDS = st.integers(1, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.booleans(), min_size=columns, max_size=columns), min_size=1, max_size=5
    )
)


def identity(size):
    return judged(" ".join("." * row + "s" + "." * (size - row - 1) for row in range(size)))


def reversal(size):
    return judged(" ".join("." * (size - row - 1) + "s" + "." * row for row in range(size)))


@pytest.mark.parametrize(
    ("pair", "recall", "precision", "f1"),
    [
        (identity(3), 1, 1, 1),
        (judged("s. .. ..", "enc", "en"), 1 / 3, 1 / 2, 2 / 5),
        (judged("..", "n", "cc"), 0, 0, 0),
        (judged("oo", "c", "ee"), 0, 1, 0),
        (without(), 1, 1, 1),
        (without(rows=2), 0, 1, 0),
        (without(columns=2), 1, 0, 0),
    ],
)
def test_autodq_by_hand(pair, recall, precision, f1):
    score = auto_dq(pair)
    assert score == AutoDQ(recall, precision)
    assert score.f1 == pytest.approx(f1)


def test_autodq_is_the_f_measure_of_the_means():
    assert mean([AutoDQ(1, 0), AutoDQ(0, 1)]).f1 == 0.5


def test_autodq_gives_subsets_the_same_weight():
    subsets = {"a": [AutoDQ(1, 1)], "b": [AutoDQ(0, 0)] * 9, "without clips": []}
    assert overall(subsets) == AutoDQ(0.5, 0.5)


@pytest.mark.parametrize(
    ("pair", "lcs", "f1"),
    [
        (identity(1), 1, 1),
        (identity(4), 1, 1),
        # The same events in reverse: all told, one of four in order.
        (reversal(4), 1 / 4, 1),
        # Algorithm 1: of three events one is found, so a third, and F of 1/3 and 1/2.
        (judged("s. .. .."), 1 / 3, 2 / 5),
        # What is told twice counts once in the order.
        (judged("ss .. .."), 1 / 3, 1 / 2),
        (judged("s. s. s."), 1 / 3, 2 / 3),
        # Both found, in the wrong order.
        (judged(".s s."), 1 / 2, 1),
        (judged("o. .o"), 0, 0),
        (without(), 1, 1),
        (without(rows=3), 0, 0),
        (without(columns=3), 0, 0),
    ],
)
def test_tem_by_hand(pair, lcs, f1):
    score = tem(pair)
    assert [score.lcs, score.f1] == pytest.approx([lcs, f1])
    assert score.score == pytest.approx((lcs + f1) / 2)


@pytest.mark.parametrize(
    ("normaliser", "lcs"), [("reference", 1 / 3), ("prediction", 1 / 2), ("both", 2 / 5)]
)
def test_the_order_can_be_divided_by_either_side_or_both(normaliser, lcs):
    assert tem(judged("s. .. .."), normaliser=normaliser).lcs == pytest.approx(lcs)


def test_f_of_pairs_counts_events_with_a_partner():
    """The text says more than its events: the verdicts and the pairs differ."""
    pair = judged("s.. ... ..s", reference="eee", prediction="enn")
    assert tem(pair).f1 == pytest.approx(2 * 1 * (1 / 3) / (4 / 3))
    assert tem(pair, f_of="pairs").f1 == pytest.approx(2 / 3)


def test_one_short_event_is_rewarded_by_the_reference_normaliser_alone():
    """A known weakness of the measure, kept."""
    assert tem(judged("s.........")).lcs == 1.0
    assert tem(judged("s........."), normaliser="prediction").lcs == 0.1


@pytest.mark.parametrize(
    "fields",
    [
        {"reference_verdicts": ()},
        {"predicted_verdicts": ("neutral",) * 2},
        {"relations": ()},
        {"relations": (("same_meaning", "same_meaning"),)},
    ],
)
def test_a_judgement_of_another_shape_is_refused(fields):
    whole = {
        "reference_events": ("he smiles",),
        "predicted_events": ("he grins",),
        "reference_verdicts": ("entailment",),
        "predicted_verdicts": ("entailment",),
        "relations": (("same_meaning",),),
    }
    with pytest.raises(ValueError, match="needs a verdict"):
        JudgedPair(**whole | fields)


@given(GRIDS)
def test_the_order_found_is_the_longest_there_is(grid):
    run = aligned(grid)
    assert all(grid[row][column] for row, column in run)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(run))
    assert len(run) == by_brute_force(grid)


def by_brute_force(grid):
    rows, columns = range(len(grid)), range(len(grid[0]))
    return max(
        size
        for size in range(min(len(rows), len(columns)) + 1)
        for chosen in combinations(rows, size)
        for partners in combinations(columns, size)
        if all(grid[row][column] for row, column in zip(chosen, partners, strict=True))
    )


@given(GRIDS, st.randoms())
def test_reordering_changes_the_order_and_nothing_else(grid, random):
    as_text = [["s" if match else "." for match in row] for row in grid]
    pair = judged(" ".join(map("".join, as_text)))
    random.shuffle(as_text)
    shuffled = judged(" ".join(map("".join, as_text)))
    assert auto_dq(shuffled) == auto_dq(pair)
    assert tem(shuffled, f_of="pairs").f1 == tem(pair, f_of="pairs").f1
    assert 0 <= tem(shuffled).score <= 1


@given(GRIDS)
def test_swapping_the_texts_swaps_recall_with_precision(grid):
    lines = ["".join("s" if match else "." for match in row) for row in grid]
    pair = judged(" ".join(lines))
    swapped = judged(" ".join("".join(column) for column in zip(*lines, strict=True)))
    assert auto_dq(swapped) == AutoDQ(auto_dq(pair).precision, auto_dq(pair).recall)
    assert tem(swapped, normaliser="both").score == pytest.approx(
        tem(pair, normaliser="both").score
    )
    assert tem(swapped).lcs == tem(pair, normaliser="prediction").lcs


@given(st.integers(1, 12))
def test_identical_texts_agree_in_every_reading(size):
    pair = identity(size)
    for normaliser in ("reference", "prediction", "both"):
        assert tem(pair, normaliser=normaliser, f_of="pairs") == Tem(1, 1)
