"""Free text of a model becomes a document: attributes, changes, summary, proposed inferences."""

from __future__ import annotations

import pytest

from annotation import captions
from annotation.captions import InferenceSpan
from annotation.errors import InvalidCaption
from ml.drafting.free_text import read_free_text
from ml.drafting.protocols import Drafted

TEXT = (
    "An old man with a grey moustache sits by a window. He seems to be tired.\n"
    "At the beginning of the video, his lids droop, as if heavy. Then he nods.\n"
    "Towards the end of the video, he opens his eyes wide."
)


def test_parts_come_from_the_first_time_marker_and_phases_go_on():
    document = captions.from_generated(TEXT)
    assert len(document.external_attributes) == 2
    assert [item.phase for item in document.facial_changes] == ["beginning", "beginning", "end"]
    assert document.summary is None


@pytest.mark.parametrize(
    ("last", "summary"),
    [
        ("\nSummary: A man wakes up.", "A man wakes up."),
        (" Overall, he looks startled.", "Overall, he looks startled."),
        (" In summary, a man wakes up.", "In summary, a man wakes up."),
        ("\nsummary: A man seems to wake.", "A man seems to wake."),
    ],
)
def test_a_last_sentence_that_sums_up_is_the_summary(last, summary):
    document = captions.from_generated(TEXT + last)
    assert document.summary.text == summary
    assert document.summary.inferences == ()
    assert len(document.facial_changes) == 3


@pytest.mark.parametrize("last", [" His overall look is stern.", " He writes a summary: a list."])
def test_other_last_sentences_are_changes(last):
    document = captions.from_generated(TEXT + last)
    assert document.summary is None
    assert len(document.facial_changes) == 4


def test_hedges_are_proposed_as_inferences():
    document = captions.from_generated(TEXT)
    first = document.facial_changes[0]
    assert first.inferences == (InferenceSpan(47, 58),)
    assert captions.stripped_sentence(first) == "At the beginning of the video, his lids droop."


def test_text_that_a_model_wrote_goes_all_the_way():
    told = "Describe the face."
    answer = f"Sure, here is the caption:\n\n**Appearance:** {TEXT}\n\n## Summary\nA man wakes up."
    outcome = read_free_text(answer, told)
    assert isinstance(outcome, Drafted)
    assert isinstance(outcome.content, str)
    document = captions.from_generated(outcome.content)
    captions.check_complete(document)
    assert document == captions.from_generated(f"{TEXT}\nSummary: A man wakes up.")


def test_what_is_too_long_is_refused():
    with pytest.raises(InvalidCaption):
        captions.from_generated("He nods. " * 600)
