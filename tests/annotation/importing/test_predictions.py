"""Captions of somebody else's model: two forms, and everything that is neither."""

from __future__ import annotations

import json

import pytest

from annotation.errors import InvalidInput
from annotation.importing.predictions import match_predictions, read_predictions
from ml.evaluation.captions_file import CaptionsRefused, read_captions

CLIPS = [(1, "u1", "a"), (2, "u2", "b"), (3, "u3", "b")]
GOOD = [
    {"7": "He blinks.", "12": ""},
    [{"id": "7", "video": "x.mp4", "caption": "He blinks."}, {"id": 12, "caption": ""}],
]
BAD = [
    ("", "not JSON"),
    ('{"7": 1', "not JSON"),
    ("[" * 100_000, "nested too deeply"),
    (b"\xff", "not UTF-8"),
    (7, "no captions by id"),
    (["He blinks."], "no captions by id"),
    ({}, "no captions"),
    ([{"id": "7"}], 'an "id" and a "caption"'),
    ([{"id": True, "caption": "He blinks."}], 'an "id" and a "caption"'),
]


def as_bytes(content):
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()


@pytest.mark.parametrize("content", GOOD)
def test_both_forms_are_read_as_the_command_reads_them(content, tmp_path):
    assert read_predictions(as_bytes(content)) == {"7": "He blinks.", "12": ""}
    path = tmp_path / "captions.json"
    path.write_bytes(as_bytes(content))
    assert read_captions(path) == read_predictions(as_bytes(content))


@pytest.mark.parametrize(("content", "said"), BAD)
def test_what_the_command_refuses_is_refused_here(content, said, tmp_path):
    with pytest.raises(InvalidInput, match=said):
        read_predictions(as_bytes(content))
    path = tmp_path / "captions.json"
    path.write_bytes(as_bytes(content))
    with pytest.raises(CaptionsRefused):
        read_captions(path)


def errors_of(content):
    with pytest.raises(InvalidInput) as refusal:
        read_predictions(as_bytes(content))
    return [(error["field"], error["code"]) for error in refusal.value.detail["errors"]]


def test_wrong_captions_are_named_by_their_ids():
    assert errors_of('{"7": "a", "8": "b", "7": "c", "9": 3, "8": "d"}') == [
        ("7", "twice"),
        ("8", "twice"),
        ("9", "no_text"),
    ]
    assert errors_of({"7": "word " * 50_000}) == [("7", "too_long")]
    assert errors_of(r'{"7": "a\u0000b", "8": "\ud800"}') == [("7", "odd"), ("8", "odd")]
    assert len(errors_of({str(number): None for number in range(1000)})) == 20


def test_a_caption_of_ten_thousand_words_is_read():
    text = "He blinks. " * 5000
    assert read_predictions(as_bytes({"7": text})) == {"7": text}


def test_an_id_is_a_uid_or_a_name_that_one_clip_has():
    found = match_predictions({"u2": "two", "a": "one", "b": "whose?", "z": "nobody's"}, CLIPS)
    assert found.texts == {1: "one", 2: "two"}
    assert (found.missing, found.extra) == (["b"], ["b", "z"])
    with pytest.raises(InvalidInput, match="1 clips have no caption and 2 ids") as refusal:
        found.require_whole()
    assert [error["code"] for error in refusal.value.detail["errors"]] == [
        "missing",
        "extra",
        "extra",
    ]


def test_two_ids_of_one_clip_and_ids_of_none_are_refused():
    with pytest.raises(InvalidInput, match="name the same clip"):
        match_predictions({"u1": "one", "a": "again"}, CLIPS)
    with pytest.raises(InvalidInput, match="No id of the file"):
        match_predictions({"7": "seven"}, CLIPS)
