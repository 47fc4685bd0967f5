"""Which words of a sentence are proposed as inferences, and what is left without them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotation import captions
from annotation.captions import CaptionDocument, InferenceSpan, Sentence
from annotation.captions.hedges import propose_inferences, with_proposed_inferences

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "dfec_test_even.json"

# As a person would mark it, and what a person would leave.
ENDS = [
    ("Her brows rise, [as if startled].", "Her brows rise."),
    ("His lips move [as though counting] and his head nods.", "His lips move and his head nods."),
    (
        "He squints, [suggesting that the light is strong], and turns away.",
        "He squints, and turns away.",
    ),
    ("Her jaw drops, [indicating surprise, fear, and doubt].", "Her jaw drops."),
    ("He looks down, [perhaps because he is tired].", "He looks down."),
    ("She grins, [showing a quiet joy].", "She grins."),
    ("He frowns [in anger] while his fists clench.", "He frowns while his fists clench."),
    ("Her smile is [filled with pride].", "Her smile is."),
    ("His eyes narrow, [looking very suspicious].", "His eyes narrow."),
    ("She swallows, [but it is clear that she hides a secret].", "She swallows."),
    ("A scar crosses his cheek, [which may be painted].", "A scar crosses his cheek."),
    ("He sniffs [because the smoke stings].", "He sniffs."),
    ("She sways [as she feels the beat], and hums.", "She sways, and hums."),
    ("[As if woken], he opens his eyes.", "He opens his eyes."),
    ("Dimples show, [giving her a playful air].", "Dimples show."),
    ("A man, [who seems to be upset], bites his lip.", "A man, bites his lip."),
]
HEDGES = [
    ("She [seems to smile|smiles] slightly.", "She smiles slightly."),
    ("His lids [appear to flutter|flutter].", "His lids flutter."),
    ("He [seems to watch|watches] a screen.", "He watches a screen."),
    ("She [appears to cry|cries].", "She cries."),
    ("Her eyes [seem to be|are] wet.", "Her eyes are wet."),
    ("He [probably] blinks twice.", "He blinks twice."),
]
FEELINGS = [
    ("Her lips tremble, [and she seems sad].", "Her lips tremble."),
    ("His brows sink; [he must be angry].", "His brows sink."),
    ("[At the end of the video, he looks relieved.]", ""),
    ("[Her gaze conveys a deep sorrow.]", ""),
    (
        "At the start of the clip, her chin drops, [she may feel ashamed], then she looks up.",
        "At the start of the clip, her chin drops, then she looks up.",
    ),
]
SEEN = [
    "She appears to be around thirty years old.",
    "A boy, who appears to be in his teens, wears a cap.",
    "Wrinkles appear on his forehead, revealing a row of teeth.",
    "The muscles of his jaw are tense, then relax.",
    "She shows no tension, with no sign of pain.",
    "He looks down in the direction of the door.",
    "With a gentle smile, she nods.",
    "His hair appears slightly messy.",
    "The video shows changes in the emotions of a boy.",
    "Her face changes from joy to grief.",
    "She wears a hat with an interesting band.",
]


@pytest.mark.parametrize(("marked", "left"), ENDS + HEDGES)
def test_the_smallest_span_is_proposed_that_leaves_a_sentence(marked, left):
    sentence = _read(marked)
    assert propose_inferences(sentence.text) == sentence.inferences
    assert captions.stripped_sentence(sentence) == left


@pytest.mark.parametrize(("marked", "left"), FEELINGS)
def test_a_clause_of_feeling_alone_goes_with_what_joins_it(marked, left):
    text = marked.replace("[", "").replace("]", "")
    found = propose_inferences(text)
    assert [text[span.start : span.end].strip() for span in found] == [
        marked[marked.index("[") + 1 : marked.index("]")].strip()
    ]
    assert captions.stripped_sentence(Sentence("s1", text, found)) == left


@pytest.mark.parametrize("text", SEEN)
def test_what_is_seen_is_not_proposed(text):
    assert propose_inferences(text) == ()


def test_a_document_keeps_the_inferences_it_has():
    own = (InferenceSpan(0, 3),)
    document = CaptionDocument(
        (Sentence("s1", "A boy, who seems shy."),),
        (Sentence("s2", "She blinks as if tired.", own), Sentence("s3", "He nods as if asked.")),
        Sentence("s4", "He seems to nod."),
    )
    proposed = with_proposed_inferences(document)
    assert [len(item.inferences) for item in proposed.external_attributes] == [1]
    assert [item.inferences for item in proposed.facial_changes] == [own, (InferenceSpan(8, 19),)]
    assert proposed.summary == document.summary
    assert captions.parse(proposed.to_json()) == proposed


@pytest.mark.parametrize("unit", ["seems ", "as if ", "in a ", ", and ", "showing a "])
def test_long_sentences_keep_nobody_waiting(unit):
    propose_inferences((unit * 10_000)[:10_000])


# The published captions may not be copied here; the lists above are their twins.
if PUBLISHED.exists():

    def test_published_captions_stay_sentences_without_what_is_proposed():
        proposals = whole = 0
        for item in json.loads(PUBLISHED.read_text(encoding="utf-8")):
            for text in captions.split_sentences(item["caption"]):
                found = propose_inferences(text)
                left = captions.stripped_sentence(Sentence("s1", text, found))
                proposals += bool(found)
                whole += bool(found) and not left
                assert not left or left[-1] in ".!?,"
        assert 50 <= proposals <= 70
        assert whole <= 2


def _read(marked: str) -> Sentence:
    """Brackets around a span, with what takes its place after a stroke."""
    text, spans, rest = "", [], marked
    while "[" in rest:
        before, _, rest = rest.partition("[")
        inside, _, rest = rest.partition("]")
        words, _, replacement = inside.partition("|")
        start = len(text + before)
        spans.append(InferenceSpan(start, start + len(words), replacement))
        text += before + words
    return Sentence("s1", text + rest, tuple(spans))
