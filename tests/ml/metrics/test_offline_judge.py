"""The offline judge, against pairs of sentences that were labelled by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.metrics.autodq import auto_dq
from ml.metrics.clauses import clauses
from ml.metrics.deeds import DEEDS, OPPOSITE, OVERRULES, PARTS, VERBS, WAYS, meaning_of
from ml.metrics.embeddings import WEIGHTS
from ml.metrics.judge import judge_pair
from ml.metrics.offline_judge import OfflineJudge
from ml.metrics.tem import tem
from tests.weights import folder_with

PAIRS = json.loads((Path(__file__).parents[2] / "vectors" / "event_pairs.json").read_text())
BY_WORDS = OfflineJudge.without_network()
TEXT = (
    "The video shows a man with grey hair.\nAt the beginning of the video, his left brow rises and "
    "his eyes widen. As the video progresses, he does not smile. Towards the end of the video, he "
    "turns his head to the right, closes his mouth, and he shrugs."
)


@pytest.fixture(scope="module")
def by_network():
    return OfflineJudge.load(folder_with(WEIGHTS))


@dataclass
class Hits:
    """Judged against labelled."""

    right: int
    judged: int
    labelled: int

    @property
    def precision(self) -> float:
        return self.right / self.judged

    @property
    def recall(self) -> float:
        return self.right / self.labelled


def hits(judge, *, relations=False):
    """A part has no relation with its whole, so those pairs are for verdicts alone."""
    rows = [row for row in PAIRS if not relations or row["kind"] != "part_of"]
    judged = [agrees(judge, row, relations=relations) for row in rows]
    labelled = [row["entailed"] for row in rows]
    both = sum(a and b for a, b in zip(judged, labelled, strict=True))
    return Hits(both, sum(judged), sum(labelled))


def agrees(judge, row, *, relations=False):
    if relations:
        return judge.relations((row["event"],), (row["text"],)) == (("same_meaning",),)
    return judge.verdicts((row["event"],), row["text"]) == ("entailment",)


@pytest.mark.parametrize(
    ("relations", "precision", "recall"), [(False, 0.95, 0.75), (True, 0.95, 0.7)]
)
def test_words_alone_are_exact_and_miss_a_fifth(relations, precision, recall, capsys):
    found = hits(BY_WORDS, relations=relations)
    report(capsys, "words alone", found, relations)
    assert found.precision >= precision
    assert found.recall >= recall


@pytest.mark.parametrize(
    ("relations", "precision", "recall"), [(False, 0.9, 0.86), (True, 0.87, 0.83)]
)
def test_with_the_network_a_tenth_is_missed_and_a_tenth_wrong(
    by_network, relations, precision, recall, capsys
):
    found = hits(by_network, relations=relations)
    report(capsys, "with the network", found, relations)
    assert found.precision >= precision
    assert found.recall >= recall


def report(capsys, judge, found, relations):
    with capsys.disabled():
        print(
            f"\n{judge}, {'relations' if relations else 'verdicts'}: "
            f"precision {found.precision:.3f}, recall {found.recall:.3f}"
        )


@pytest.mark.parametrize("kind", ["negated", "part_of"])
def test_denials_and_parts_are_told_apart_without_exception(kind):
    rows = [row for row in PAIRS if row["kind"] == kind]
    assert len(rows) >= 20
    assert [row for row in rows if agrees(BY_WORDS, row) != row["entailed"]] == []


def test_the_pairs_are_as_many_as_the_numbers_need():
    assert len(PAIRS) == len({(row["event"], row["text"]) for row in PAIRS}) >= 120
    kinds = {row["kind"] for row in PAIRS}
    assert kinds == {"paraphrase", "negated", "other_side", "other_action", "part_of", "free"}
    assert 0.4 < sum(row["entailed"] for row in PAIRS) / len(PAIRS) < 0.6


def test_events_are_what_is_done_in_its_order():
    assert BY_WORDS.events(TEXT) == (
        "his left brow rises",
        "his eyes widen",
        "he does not smile",
        "he turns his head to the right",
        "closes his mouth",
        "he shrugs",
    )


@pytest.mark.parametrize(
    ("event", "verdict"),
    [
        ("his left eyebrow is raised", "entailment"),
        ("his right eyebrow is raised", "neutral"),
        ("he smiles", "contradiction"),
        ("his mouth opens", "contradiction"),
        ("he nods", "neutral"),
        ("his eyes widen and he closes his mouth", "entailment"),
        ("his eyes widen and he nods", "neutral"),
    ],
)
def test_verdicts_know_sides_denials_and_opposites(event, verdict):
    assert BY_WORDS.verdicts((event,), TEXT) == (verdict,)


def test_relations_have_rows_for_the_reference():
    assert BY_WORDS.relations(("she smiles", "her brows rise"), ("her brows lower",)) == (
        ("no_relation",),
        ("opposite_meaning",),
    )


@pytest.mark.parametrize(
    "text", ["", "...", "A man with grey hair.", "\n\n", "123 %", "Ünïcödé 日本語"]
)
def test_a_text_without_events_has_none(text):
    assert BY_WORDS.events(text) == ()
    assert auto_dq(judge_pair(BY_WORDS, text, text)).f1 == 1


def test_a_caption_against_itself_is_perfect():
    pair = judge_pair(BY_WORDS, TEXT, TEXT)
    assert (auto_dq(pair).f1, tem(pair).score) == (1, 1)


SENTENCES = sorted({row["event"] for row in PAIRS if meaning_of(row["event"]).deeds})


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_any_text_against_itself_is_perfect(sentences):
    text = " ".join(sentences)
    pair = judge_pair(BY_WORDS, text, text)
    assert (auto_dq(pair).f1, tem(pair).score) == (1, 1)


@given(
    st.lists(st.sampled_from([*"., ;!-\n", "and", "as he", "his brows", "rise", "No", "é"])).map(
        " ".join
    )
)
def test_any_text_has_clauses_that_stand_in_it(text):
    assert all(set(clause) <= {*text, *" and"} for clause in clauses(text))


def test_ten_thousand_words_are_judged():
    text = "He blinks, and his brows rise and fall. " * 1200
    assert len(BY_WORDS.events(text)) == 3600


def test_the_name_says_how_it_compares(by_network):
    assert BY_WORDS.name == "offline (offline-rules-1, deeds-1, words alone, all events)"
    assert "all-MiniLM-L6-v2 53aa51172d14" in by_network.name


def test_the_tables_of_deeds_hold_together():
    deeds = {deed for ways in DEEDS.values() for deed in ways.values()} | VERBS.keys()
    assert DEEDS.keys() <= PARTS.keys()
    assert {way for part in DEEDS.keys() - {"hand"} for way in DEEDS[part]} <= WAYS.keys()
    assert {*OVERRULES, *(short for shorter in OVERRULES.values() for short in shorter)} <= deeds
    assert {deed.removesuffix(" ends") for pair in OPPOSITE for deed in pair} <= {
        deed.removesuffix(" ends") for deed in deeds
    }
