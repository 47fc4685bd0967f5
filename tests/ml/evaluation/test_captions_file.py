"""Files of captions: two forms, and everything that is neither."""

from __future__ import annotations

import json

import pytest

from ml.evaluation.captions_file import CaptionsRefused, match_clips, read_captions


@pytest.fixture
def file(tmp_path):
    def written(content):
        path = tmp_path / "captions.json"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return path

    return written


def test_both_forms_are_read(file):
    captions = {"7": "He blinks.", "12": "She smiles."}
    assert read_captions(file(captions)) == captions
    published = [{"id": clip, "video": "x.mp4", "caption": text} for clip, text in captions.items()]
    assert read_captions(file(published)) == captions
    assert read_captions(file('\ufeff[{"id": 7, "caption": "He blinks."}]')) == {"7": "He blinks."}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "not JSON"),
        ("{'7': 1}", "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("\udcff", "not UTF-8"),
        ("7", "neither an object"),
        (["He blinks."], "neither an object"),
        ([[]], "neither an object"),
        ({}, "holds no captions"),
        ([], "neither|no captions"),
        ({"7": 3}, "clip 7 has no text"),
        ({"7": None, "8": {}}, "clips 7, 8 have no text"),
        ([{"id": "7"}], 'an "id" and a "caption"'),
        ([{"caption": "He blinks."}], 'an "id" and a "caption"'),
        ([{"id": True, "caption": "He blinks."}], 'an "id" and a "caption"'),
        ('{"7": "He blinks.", "7": "She smiles."}', "clip 7 has more than one caption"),
        ([{"id": "7", "caption": "a"}, {"id": 7, "caption": "b"}], "more than one caption"),
    ],
)
def test_other_files_are_refused_by_what_is_wrong(file, content, said):
    with pytest.raises(CaptionsRefused, match=said):
        read_captions(file(content))


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CaptionsRefused, match="cannot be read"):
        read_captions(tmp_path / "none.json")


def test_clips_come_in_the_order_of_their_numbers():
    captions = {clip: "He blinks." for clip in ("10", "9", "1")}
    assert match_clips(captions, captions) == ["1", "9", "10"]


@pytest.mark.parametrize(
    ("predictions", "said"),
    [
        ("1", "Among the predictions clip 2 has no caption"),
        ("123", "Among the references clip 3 has no caption"),
        ("89", "No id stands in both files"),
    ],
)
def test_missing_and_extra_clips_are_refused(predictions, said):
    references = {clip: "He blinks." for clip in "12"}
    with pytest.raises(CaptionsRefused, match=said):
        match_clips(dict.fromkeys(predictions, "He smiles."), references)


def test_many_missing_clips_are_counted():
    references = {str(clip): "He blinks." for clip in range(20)}
    with pytest.raises(CaptionsRefused, match=r"clips 1, 10, 11, 12, 13 and 14 more have"):
        match_clips({"0": "He blinks."}, references)


def test_common_clips_are_enough_when_asked_for():
    texts = {clip: "He blinks." for clip in "123"}
    assert match_clips({"2": "a", "9": "b"}, texts, common_only=True) == ["2"]


def test_an_empty_reference_is_refused():
    with pytest.raises(CaptionsRefused, match="clip 1 has an empty caption"):
        match_clips({"1": "He blinks."}, {"1": " \n"})
