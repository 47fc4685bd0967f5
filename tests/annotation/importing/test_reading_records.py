from __future__ import annotations

import json

import pytest

from annotation.importing.records import read_record


@pytest.mark.parametrize(
    ("line", "field", "sentence"),
    [
        ("{broken", "", "This record is not JSON"),
        ("[]", "", "A record is one JSON object."),
        ('"text"', "", "A record is one JSON object."),
        ("{}", "video", "Add this field."),
        ('{"video": 1}', "video", "Write a text in quotes."),
        ('{"video": ""}', "video", "Write at least 1 character."),
        ('{"video": "a.mp4", "colour": 1}', "colour", "There is no such field."),
        ('{"video": "a.mp4", "priority": "high"}', "priority", "Write a whole number."),
        ('{"video": "a.mp4", "priority": 1e9}', "priority", "Write"),
        ('{"video": "a.mp4", "consent_until": "soon"}', "consent_until", "Write a date"),
        ('{"video": "a.mp4", "consent_until": 7}', "consent_until", "Write a date"),
        ('{"video": "a.mp4", "drafts": {}}', "drafts", "Write a list in brackets."),
        (json.dumps({"video": "a.mp4", "emotion": "x" * 65}), "emotion", "at most 64 characters"),
        (
            json.dumps({"video": "a.mp4", "drafts": [{"generator": "g"}]}),
            "drafts[0]",
            "Give exactly one of caption, marked and document.",
        ),
    ],
)
def test_a_wrong_line_is_told_in_a_sentence(line, field, sentence):
    record, errors = read_record(line.encode(), lenient=False)
    assert record == {}
    assert [(error["field"], sentence in str(error["message"])) for error in errors] == [
        (field, True)
    ], errors
    assert all(str(error["message"]).endswith(".") for error in errors)


def test_all_that_is_wrong_with_a_line_is_told_at_once():
    _, errors = read_record(b'{"colour": 1, "priority": true}', lenient=False)
    assert {error["field"] for error in errors} == {"video", "colour", "priority"}
