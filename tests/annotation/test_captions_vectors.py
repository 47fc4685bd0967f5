"""The vectors that the front end's twin passes too: frontend/src/core/captionVectors.test.ts."""

import json
from pathlib import Path

import pytest

from annotation import captions
from annotation.errors import InvalidCaption

VECTORS = Path(__file__).parents[1] / "vectors"


def read(name):
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def sentence_of(value):
    """Through a document: a sentence alone has no reader of its own."""
    document = {**captions.empty().to_json(), "facial_changes": [value]}
    return captions.parse(document).facial_changes[0]


def without_id(sentence):
    return {key: value for key, value in sentence.to_json().items() if key != "id"}


def faults(error):
    return [
        {key: problem[key] for key in ("field", "code", "offset")}
        for problem in error.detail["errors"]
    ]


@pytest.mark.parametrize("case", read("sentences"), ids=lambda case: case["text"])
def test_text_splits_into_sentences(case):
    assert captions.split_sentences(case["text"]) == case["sentences"]


@pytest.mark.parametrize("case", read("documents"))
def test_a_document_is_read_written_and_rendered(case):
    document = captions.parse(case["document"])
    assert document.to_json() == case["document"]
    for mode, text in case["renderings"].items():
        assert captions.render(document, mode) == text
    assert captions.render(document, "stripped", captions.PARTS) == case["all_parts_stripped"]
    assert captions.to_marked(document) == case["marked_text"]


@pytest.mark.parametrize("case", read("stripping"), ids=lambda case: case["marked"])
def test_a_sentence_without_its_inferences_still_reads(case):
    (sentence,) = captions.parse_marked_part(case["marked"])
    assert captions.stripped_sentence(sentence) == case["stripped"]


@pytest.mark.parametrize("case", read("marked")["parts"], ids=lambda case: case["marked"])
def test_marked_text_becomes_sentences_and_back(case):
    sentences = captions.parse_marked_part(case["marked"])
    assert [without_id(sentence) for sentence in sentences] == case["sentences"]
    assert captions.to_marked_part(sentences) == case["written"]


@pytest.mark.parametrize("case", read("marked")["documents"], ids=lambda case: case["marked"])
def test_marked_text_becomes_a_document_and_back(case):
    document = captions.parse_marked(case["marked"])
    assert document.to_json() == case["document"]
    assert captions.to_marked(document) == case["written"]


@pytest.mark.parametrize("case", read("plain"), ids=lambda case: case["text"][:30])
def test_a_plain_caption_divides_at_its_first_time_marker(case):
    assert captions.from_plain(case["text"]).to_json() == case["document"]


@pytest.mark.parametrize("case", read("refusals")["marked"], ids=lambda case: case["marked"])
def test_broken_marks_are_refused_with_their_places(case):
    with pytest.raises(InvalidCaption) as refused:
        captions.parse_marked(case["marked"])
    assert faults(refused.value) == case["errors"]


@pytest.mark.parametrize("case", read("refusals")["documents"])
def test_a_malformed_document_is_refused_with_every_fault(case):
    with pytest.raises(InvalidCaption) as refused:
        captions.parse(case["document"])
    assert faults(refused.value) == case["errors"]


@pytest.mark.parametrize("case", read("edits")["edits"])
def test_an_edit_keeps_the_marks_on_their_words(case):
    sentence = sentence_of(case["sentence"])
    edited = captions.edit_text(sentence, case["start"], case["end"], case["replacement"])
    assert edited.to_json() == case["result"]


@pytest.mark.parametrize("case", read("edits")["splits"])
def test_a_split_keeps_the_id_on_the_first_part(case):
    parts = captions.split_sentence(sentence_of(case["sentence"]), case["at"], "new")
    assert [part.to_json() for part in parts] == case["parts"]


@pytest.mark.parametrize("case", read("edits")["joins"])
def test_two_sentences_join_under_the_first_id(case):
    joined = captions.join_sentences(sentence_of(case["first"]), sentence_of(case["second"]))
    assert joined.to_json() == case["result"]


@pytest.mark.parametrize("case", read("edits")["toggles"])
def test_a_mark_is_set_or_taken_away(case):
    toggled = captions.toggle_inference(sentence_of(case["sentence"]), case["start"], case["end"])
    assert toggled.to_json() == case["result"]


OPERATIONS = {
    "split": lambda sentence, case: captions.split_sentence(sentence, case["at"]),
    "edit": lambda sentence, case: captions.edit_text(sentence, case["start"], case["end"], ""),
    "toggle": lambda sentence, case: captions.toggle_inference(
        sentence, case["start"], case["end"]
    ),
}


@pytest.mark.parametrize("case", read("edits")["refusals"])
def test_an_edit_outside_the_sentence_is_refused(case):
    sentence = sentence_of(case["sentence"])
    with pytest.raises(InvalidCaption) as refused:
        OPERATIONS[case["operation"]](sentence, case)
    assert faults(refused.value) == [{"field": "", "code": case["code"], "offset": case["offset"]}]


@pytest.mark.parametrize("case", read("differences"))
def test_two_texts_are_compared_by_words_and_by_characters(case):
    found = captions.diff(case["before"], case["after"])
    assert [list(change) for change in found] == case["diff"]
    assert captions.distance(case["before"], case["after"]) == case["distance"]
