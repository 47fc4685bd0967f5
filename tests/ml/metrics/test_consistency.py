from __future__ import annotations

import pytest

from ml.metrics.consistency import (
    JudgedEvents,
    correlation,
    event_f1,
    label_agreement,
    order_of_rows,
    shared_relations,
)


def test_orders_are_compared_by_the_rows_that_both_have():
    ours = {"a": 0.9, "b": 0.5, "c": 0.1, "only ours": 1.0}
    assert order_of_rows(ours, {"a": 3, "b": 2, "c": 1}).tau == 1
    assert order_of_rows(ours, {"a": 1, "b": 2, "c": 3}).tau == -1
    # One of three pairs is turned round.
    assert order_of_rows(ours, {"a": 2, "b": 3, "c": 1}).tau == pytest.approx(1 / 3)


def test_too_few_and_constant_numbers_correlate_with_nothing():
    assert correlation([1, 2], [1, 2]).tau is None
    assert correlation([], []).count == 0
    assert correlation([1, 1, 1], [1, 2, 3]).spearman is None


def test_a_curve_keeps_its_order_and_is_no_line():
    found = correlation([1, 2, 3, 4], [1, 10, 100, 1000])
    assert found.spearman == found.tau == 1
    assert found.pearson is not None
    assert found.pearson < 0.9


def test_events_of_two_judges_are_the_same_by_their_words_and_order():
    one = ("his brows rise", "he blinks", "he looks away")
    assert event_f1(one, one) == 1
    assert event_f1(one, ("his brows rise slightly", "she nods")) == pytest.approx(0.4)
    assert event_f1(one, ()) == 0


def test_relations_are_compared_where_both_judges_have_the_two_events():
    one = JudgedEvents(
        ("he blinks", "he smiles"), ("he blinks",), (("same_meaning",), ("no_relation",))
    )
    other = JudgedEvents(
        ("he smiles",), ("he nods", "he blinks"), (("no_relation", "same_meaning"),)
    )
    assert shared_relations(one, other) == [("no_relation", "same_meaning")]
    assert shared_relations(one, one) == [
        ("same_meaning", "same_meaning"),
        ("no_relation", "no_relation"),
    ]
    assert label_agreement(shared_relations(one, one)).kappa == 1
    assert label_agreement([]).equal is None
