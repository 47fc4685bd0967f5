"""What holds for every caption document, whatever people write into it."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from annotation import captions
from annotation.captions import CaptionDocument, InferenceSpan, Sentence

ODD = "abZé.!?…,;:—-[]|\\()\"'“”’ 　　。，她笑😀\u0301\u200fאبͅß1"
WORDS = ["she", "Brows", "lips", "smile", "笑", "😀", "מחייכת", "e\u0301lan", "تبتسم", "5", "[x]"]
GAPS = [" ", ", ", "; ", " – ", " (", ") ", ". ", "… "]


@st.composite
def spans_in(draw, text):
    """Spans that a document may hold: in order, apart, over more than white space."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    chosen = draw(st.lists(st.booleans(), min_size=len(cuts), max_size=len(cuts)))
    return tuple(
        InferenceSpan(start, end, draw(st.sampled_from(["", "", "smiles", "a|b]", "笑 "])))
        for start, end, marked in zip(cuts, cuts[1:], chosen, strict=False)
        if marked and text[start:end].strip()
    )


@st.composite
def sentences(draw, number=0):
    text = draw(st.text(ODD, min_size=1, max_size=40).filter(str.strip))
    return Sentence(
        f"s{number}",
        text,
        draw(spans_in(text)),
        draw(st.sampled_from([None, *captions.PHASES])),
        draw(st.sampled_from([None, (0, 5), (3, 90)])),
    )


@st.composite
def documents(draw):
    counts = draw(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()))
    made = [draw(sentences(number)) for number in range(counts[0] + counts[1] + counts[2])]
    attributes, changes = tuple(made[: counts[0]]), tuple(made[counts[0] :][: counts[1]])
    return CaptionDocument(attributes, changes, made[-1] if counts[2] else None)


@st.composite
def written_sentences(draw):
    """Well set sentences of known words, some of which are marked with the gap beside them."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
    marked = draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    text, spans = "", []
    for word, is_marked in zip(words, marked, strict=True):
        text += draw(st.sampled_from([" ", " ", ", ", "; ", " – "])) if text else ""
        if is_marked:
            spans.append(InferenceSpan(len(text), len(text) + len(word)))
        text += word
    kept = [word for word, is_marked in zip(words, marked, strict=True) if not is_marked]
    return Sentence("s1", text + draw(st.sampled_from([".", "!", "…"])), tuple(spans)), kept


@given(documents())
def test_json_gives_the_document_back(document):
    assert captions.parse(document.to_json()) == document


@given(documents())
def test_marked_text_gives_the_document_back(document):
    assert captions.parse_marked(captions.to_marked(document), document) == document


@given(documents())
def test_marked_text_alone_gives_texts_and_spans_back(document):
    again = captions.parse_marked(captions.to_marked(document))
    for part in captions.PARTS:
        assert [(item.text, item.inferences) for item in again.sentences(part)] == [
            (item.text, item.inferences) for item in document.sentences(part)
        ]


@given(written_sentences())
def test_stripping_leaves_every_objective_word_and_no_trace_of_the_others(case):
    sentence, kept = case
    stripped = captions.stripped_sentence(sentence)
    found = re.findall(r"[^\s,;–.!…]+", stripped)
    assert [word.casefold() for word in found] == [word.casefold() for word in kept]


@given(written_sentences())
def test_stripping_leaves_no_double_space_and_no_orphaned_punctuation(case):
    stripped = captions.stripped_sentence(case[0])
    assert not re.search(r"\s\s|\s[,;.!…]|[,;–]\s*[,;–.!…]|^[,;–.!…]|[,;–\s]$|^\s", stripped)


@given(sentences())
def test_stripping_keeps_what_is_not_marked(sentence):
    """Letters and digits of any text, in order, but for a capital at the start."""
    plain = Sentence(
        "s1", sentence.text, tuple(InferenceSpan(s.start, s.end) for s in sentence.inferences)
    )
    covered = {index for span in plain.inferences for index in range(span.start, span.end)}
    kept = [
        character
        for index, character in enumerate(plain.text)
        if index not in covered and unicodedata.category(character)[0] in "LN"
    ]
    left = [c for c in captions.stripped_sentence(plain) if unicodedata.category(c)[0] in "LN"]
    assert "".join(left).casefold() == "".join(kept).casefold()


@given(st.text(ODD + "\n\r\t\x00\u2028", max_size=200))
def test_plain_text_of_any_kind_becomes_a_document_or_nothing_is_lost(text):
    document = captions.from_plain(text)
    letters = [c for c in text if c.isalnum()]
    held = [c for part in captions.PARTS for s in document.sentences(part) for c in s.text]
    assert [c for c in held if c.isalnum()] == letters


@given(sentences(), st.data())
def test_an_edit_touches_only_its_range(sentence, data):
    ends = st.integers(0, len(sentence.text))
    start, end = sorted((data.draw(ends), data.draw(ends)))
    typed = data.draw(st.text(ODD, max_size=5))
    edited = captions.edit_text(sentence, start, end, typed)
    assert edited.text == sentence.text[:start] + typed + sentence.text[end:]
    document = {**captions.empty().to_json(), "facial_changes": [edited.to_json()]}
    assert captions.parse(document).facial_changes == (edited,)


@given(sentences())
def test_splitting_and_joining_keep_the_words(sentence):
    for at in range(1, len(sentence.text)):
        head, tail = sentence.text[:at], sentence.text[at:]
        if head.strip() and tail.strip():
            joined = captions.join_sentences(*captions.split_sentence(sentence, at))
            assert "".join(joined.text.split()) == "".join(sentence.text.split())


@given(sentences(), st.data())
def test_marking_twice_takes_the_mark_away(sentence, data):
    ends = st.integers(0, len(sentence.text))
    start, end = sorted((data.draw(ends), data.draw(ends)))
    bare = Sentence("s1", sentence.text)
    marked = captions.toggle_inference(bare, start, end)
    assert captions.toggle_inference(marked, start, end) == bare


@given(st.text(ODD, max_size=60), st.text(ODD, max_size=60))
def test_a_difference_holds_both_texts(before, after):
    changes = captions.diff(before, after)
    assert "".join(text for change, text in changes if change != "insert") == before
    assert "".join(text for change, text in changes if change != "delete") == after
