from __future__ import annotations

from ml.metrics.alignment import align
from tests.ml.metrics.judged import judged, without


def states(events):
    return [event.state for event in events]


def lines(alignment):
    return [(pair.reference, pair.prediction, pair.state) for pair in alignment.pairs]


def test_events_in_order_are_matched_and_the_rest_is_missed_or_invented():
    found = align(judged("s... ..s. .... ...."))
    assert states(found.reference) == ["matched", "matched", "missed", "missed"]
    assert states(found.prediction) == ["matched", "invented", "matched", "invented"]
    assert lines(found) == [(0, 0, "matched"), (1, 2, "matched")]


def test_an_event_told_at_another_place_is_out_of_order():
    found = align(judged(".s. ..s s.."))
    assert states(found.reference) == ["matched", "matched", "out_of_order"]
    assert lines(found)[-1] == (2, 0, "out_of_order")


def test_a_second_partner_of_a_matched_event_is_told_already():
    found = align(judged("ss"))
    assert len(found.pairs) == 1
    assert sorted(states(found.prediction)) == ["matched", "told"]


def test_an_opposite_event_contradicts_and_a_whole_text_may_tell_an_event():
    found = align(judged("o. ..", reference="ce", prediction="cn"))
    assert states(found.reference) == ["contradicted", "told"]
    assert states(found.prediction) == ["contradicted", "invented"]
    assert lines(found) == [(0, 0, "opposite")]


def test_texts_without_events_have_nothing_to_draw():
    found = align(without(rows=2))
    assert states(found.reference) == ["missed", "missed"]
    assert not found.prediction
    assert not found.pairs
