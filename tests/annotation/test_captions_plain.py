"""Plain captions in: the published ones where they are at hand, and long ones of our own."""

import json
from pathlib import Path

import pytest

from annotation import captions
from annotation.captions import CaptionDocument, InferenceSpan, Sentence
from annotation.errors import InvalidCaption

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "dfec_test_even.json"
# A description of hair, and a moment; a person divides before the moment.
OURS = [
    ("A tall man with a beard. His curls are parted in the middle.", "At first he grins."),
    ("Two girls on a bench.", "As the scene goes on, the taller one nods."),
    ("A clerk in the middle of the room.", "In the middle of the clip, her lips part."),
    ("He has grey eyes and, at the end of his brow, a scar.", "In the end, he winks."),
    ("She carries an umbrella.", "Her mouth opens at the very beginning of the video."),
    (
        "A boy of about 1.5 years. He wears a hat.",
        "From the middle to the end of the shot he cries.",
    ),
]


@pytest.mark.parametrize(("attributes", "changes"), OURS)
def test_attributes_end_where_a_person_would_end_them(attributes, changes):
    document = captions.from_plain(f"{attributes} {changes} Then nothing moves.")
    assert " ".join(sentence.text for sentence in document.external_attributes) == attributes
    assert document.facial_changes[0].text == changes
    assert document.facial_changes[0].phase


# The published captions may not be copied here; OURS are their twins.
if PUBLISHED.exists():

    def test_the_published_captions_divide_where_their_paragraphs_do():
        divided = 0
        for item in json.loads(PUBLISHED.read_text(encoding="utf-8")):
            document = captions.from_plain(item["caption"])
            first = captions.split_sentences(item["caption"].split("\n")[0])
            if not (document.external_attributes and document.facial_changes):
                continue
            divided += 1
            # A first paragraph with a time marker holds changes too and says nothing.
            if not any(captions.phase_of(sentence) for sentence in first):
                assert [sentence.text for sentence in document.external_attributes] == first
        assert divided >= 397


@pytest.mark.parametrize("unit", ["she smiles ", "😀", "e\u0301 ", "((((", "....", "it's 1.5 "])
def test_ten_thousand_characters_are_read_marked_and_stripped(unit):
    document = captions.from_plain((unit * 10_000)[:10_000])
    assert captions.parse_marked(captions.to_marked(document), document) == document
    assert captions.render(document, "stripped") == captions.render(document, "full")


@pytest.mark.parametrize("text", ["Go. " * 2_500, "笑。" * 5_000])
def test_thousands_of_sentences_are_refused(text):
    with pytest.raises(InvalidCaption) as refusal:
        captions.from_plain(text)
    assert [problem["code"] for problem in refusal.value.detail["errors"]] == ["too_many"]


def test_a_sentence_of_ten_thousand_characters_with_a_mark_on_every_second_word_is_stripped():
    words = 2_500
    spans = tuple(InferenceSpan(start, start + 2) for start in range(0, 4 * words, 8))
    long = Sentence("s1", ("no, " * words)[:-2], spans)
    document = captions.parse(CaptionDocument(facial_changes=(long,)).to_json())
    stripped = captions.render(document, "stripped")
    assert stripped == ", ".join(["no"] * (words // 2))


def test_text_longer_than_a_document_is_refused():
    with pytest.raises(InvalidCaption) as refusal:
        captions.from_plain("She smiles and nods, " * 400 + "Then. " + "She rests, " * 1_200)
    codes = {problem["code"] for problem in refusal.value.detail["errors"]}
    assert codes == {"too_long"}


def test_an_import_repeated_is_the_same_document():
    text = "A man. At first he frowns."
    assert captions.from_plain(text).content_hash() == captions.from_plain(text).content_hash()
    assert captions.from_plain(text).content_hash() != captions.from_plain(text[:-1]).content_hash()


def test_sentences_keep_their_ids_when_one_is_rewritten_among_them():
    base = captions.from_plain("A man. At first he frowns. Then he nods. He smiles.")
    marked = captions.to_marked(base).replace("Then he nods.", "Then he [barely] nods.")
    edited = captions.parse_marked(marked, base)
    assert [item.id for item in edited.facial_changes] == [item.id for item in base.facial_changes]
    longer = captions.parse_marked(f"{marked} He leaves.", base)
    assert longer.facial_changes[:2] == (edited.facial_changes[0], longer.facial_changes[1])
    assert len({item.id for item in longer.facial_changes}) == 4
