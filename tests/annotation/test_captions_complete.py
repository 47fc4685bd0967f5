from __future__ import annotations

import pytest

from annotation import captions
from annotation.errors import InvalidCaption
from tests.factories import a_document, a_sentence


def codes_of(document, **rules):
    with pytest.raises(InvalidCaption) as refusal:
        captions.check_complete(captions.parse(document), **rules)
    return [(error["field"], error["code"]) for error in refusal.value.detail["errors"]]


def test_a_whole_caption_is_complete():
    captions.check_complete(captions.parse(a_document()))


def test_every_missing_part_is_named_at_once():
    empty = captions.empty().to_json()
    assert codes_of(empty) == [
        ("external_attributes", "part_missing"),
        ("facial_changes", "part_missing"),
        ("summary", "part_missing"),
    ]
    assert ("external_attributes", "part_missing") not in codes_of(empty, attributes_required=False)


def test_an_empty_sentence_is_named_by_its_place():
    document = {
        **a_document(),
        "external_attributes": [a_sentence("s1", "A man."), a_sentence("s4", " ")],
    }
    assert codes_of(document) == [("external_attributes.1.text", "empty")]


def test_the_summary_is_one_sentence():
    document = a_document(summary="A woman is sad. She cries.")
    assert codes_of(document) == [("summary.text", "several_sentences")]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "", []),
        ("Same.", "Same.", [("equal", "Same.")]),
        ("His brow", "Her brow", [("delete", "His"), ("insert", "Her"), ("equal", " brow")]),
        ("", "New", [("insert", "New")]),
        ("Old", "", [("delete", "Old")]),
        ("a 😀 b", "a b", [("equal", "a "), ("delete", "😀 "), ("equal", "b")]),
    ],
)
def test_a_word_diff_reads_in_order(first, second, expected):
    assert captions.diff(first, second) == expected


def test_distance_counts_code_points():
    assert captions.distance("smile", "smiles!") == 2
    assert captions.distance("😀", "") == 1
