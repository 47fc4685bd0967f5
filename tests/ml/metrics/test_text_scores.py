"""CIDEr-D and ROUGE-L, against the numbers of the program that papers use."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.metrics.cider import cider_d
from ml.metrics.rouge import rouge_l
from ml.metrics.tokenizing import tokenize
from tests.ml.metrics.text_pairs import PAIRS, TEXT_SCORES

ROWS = json.loads(TEXT_SCORES.read_text(encoding="utf-8"))
SENTENCES = st.lists(
    st.sampled_from(["he", "she", "smiles", "blinks", "and", "then", "slowly"]), max_size=12
)


def test_the_golden_scores_are_those_of_our_texts():
    assert [(row["prediction"], row["reference"]) for row in ROWS] == PAIRS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["prediction"][:20])
def test_words_are_those_of_the_treebank(row):
    assert tokenize(row["prediction"]) == row["prediction_words"]
    assert tokenize(row["reference"]) == row["reference_words"]


def test_rouge_l_equals_pycocoevalcap():
    ours = [rouge_l(row["prediction_words"], row["reference_words"]) for row in ROWS]
    assert ours == pytest.approx([row["rouge_l"] for row in ROWS], abs=1e-12)


def test_cider_equals_pycocoevalcap():
    ours = cider_d(
        [row["prediction_words"] for row in ROWS], [row["reference_words"] for row in ROWS]
    )
    assert ours == pytest.approx([row["cider"] for row in ROWS], abs=1e-9)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \n\t", []),
        ("...", []),
        ("‘Yes’ – no—maybe…", ["yes", "no", "maybe"]),
        ("'tis He's O'Neil's", ["tis", "he", "'s", "o'neil", "'s"]),
        ("semi- closed -5 1,000 2nd 1990s", ["semi", "closed", "-5", "1,000", "2nd", "1990s"]),
        ("see https://example.org/a?b=1, or ask@example.org.", None),
    ],
)
def test_odd_texts_have_words(text, words):
    expected = ["see", "https://example.org/a?b=1", "or", "ask@example.org"]
    assert tokenize(text) == (expected if words is None else words)


def test_a_text_of_ten_thousand_words_is_scored():
    words = tokenize("He blinks, slowly. " * 3400)
    assert len(words) == 10_200
    assert rouge_l(words, words) == 1.0
    assert cider_d([words, ["a"]], [words, ["b"]])[0] == pytest.approx(10.0)


@pytest.mark.parametrize("prediction", [[], ["she"]])
def test_an_empty_side_scores_nothing(prediction):
    assert rouge_l(prediction, []) == rouge_l([], prediction) == 0.0
    assert cider_d([prediction, ["a"]], [[], ["a"]])[0] == 0.0


def test_pairs_without_a_partner_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        cider_d([["a"]], [])


@given(st.lists(SENTENCES, min_size=1, max_size=5))
def test_scores_lie_between_nothing_and_identity(texts):
    shifted = texts[1:] + texts[:1]
    assert all(0 <= score <= 10 + 1e-9 for score in cider_d(shifted, texts))
    assert all(0 <= rouge_l(*pair) <= 1 for pair in zip(shifted, texts, strict=True))
    assert all(rouge_l(text, text) == 1 for text in texts if text)
