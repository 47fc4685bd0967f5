"""Chance rows, intervals, sign tests, and what was published."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.metrics.autodq import f_measure
from ml.metrics.chance import BASELINES, another_reference, one_caption, own_start
from ml.metrics.cider import cider_d
from ml.metrics.published import MARK, published
from ml.metrics.rouge import rouge_l
from ml.metrics.statistics import column, difference, interval, sign_test
from ml.metrics.tokenizing import tokenize

REFERENCES = {str(number): f"Clip {number}: she blinks {number} times." for number in range(12)}


@given(st.integers(2, 30), st.integers(0, 5))
def test_another_reference_is_never_the_own(clips, seed):
    references = {str(number): f"Caption {number}." for number in range(clips)}
    made = another_reference(references, seed)
    assert sorted(made.values()) == sorted(references.values())
    assert all(made[clip] != references[clip] for clip in references)
    assert made == another_reference(dict(reversed(references.items())), seed)


def test_another_seed_is_another_draw():
    assert another_reference(REFERENCES, 1) != another_reference(REFERENCES, 2)


def test_one_caption_is_of_middle_length():
    texts = {"a": "one two three", "b": "one", "c": "one two"}
    assert one_caption(texts, 0) == {"a": "one two", "b": "one two", "c": "one two"}


def test_a_start_of_a_short_text_is_empty():
    assert own_start({"a": "Smiles", "b": ""}, 0) == {"a": "", "b": ""}


def test_the_start_of_a_caption_shares_its_words_and_loses_all_of_cider():
    """Why the row stands there: right words, punished for their number alone."""
    texts = [
        f"clip {number} " + " ".join(f"w{number}x{at}" for at in range(120)) for number in range(5)
    ]
    references = dict(zip("abcde", texts, strict=True))
    starts = [tokenize(text) for text in own_start(references, 0).values()]
    whole = [tokenize(text) for text in texts]
    assert rouge_l(starts[0], whole[0]) > 0.7
    assert max(cider_d(starts, whole)) < 0.01


def test_every_baseline_has_a_text_for_every_clip():
    for make in BASELINES.values():
        assert make(REFERENCES, 3).keys() == REFERENCES.keys()


@pytest.mark.parametrize(
    ("wins", "losses", "p"), [(10, 0, 2 / 1024), (0, 10, 2 / 1024), (8, 2, 112 / 1024), (1, 1, 1)]
)
def test_sign_test_by_hand(wins, losses, p):
    assert sign_test(wins, losses) == pytest.approx(p)


def values(*numbers):
    return np.array(numbers, float).reshape(len(numbers), -1)


def test_an_interval_holds_the_mean_and_narrows_with_clips():
    few, many = values(*[0, 1] * 10), values(*[0, 1] * 1000)
    found = interval(few, column, 7)
    assert found == interval(few, column, 7)
    # One standard error is 0.5 / sqrt(20) = 0.112.
    assert found.low == pytest.approx(0.5 - 1.96 * 0.112, abs=0.06)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.112, abs=0.06)
    narrow = interval(many, column, 7)
    assert narrow.high - narrow.low < 0.1


def test_another_seed_resamples_otherwise():
    row = values(*np.sqrt(range(30)))
    assert interval(row, column, 7) != interval(row, column, 8)


def test_an_interval_of_equal_clips_has_no_width():
    found = interval(values(0.25, 0.25, 0.25), column, 0)
    assert [found.low, found.high] == pytest.approx([0.25, 0.25])
    one = interval(values(3.0), column, 0)
    assert (one.low, one.high) == (3, 3)


def of_means(means):
    return np.vectorize(f_measure)(means[..., 0], means[..., 1])


def test_a_number_made_of_two_means_is_resampled_as_such():
    """Recall 1 and precision 0 here, the other way round there: F of the means is 0.5 at best."""
    found = interval(values((1, 0), (0, 1), (1, 0), (0, 1)), of_means, 1)
    assert 0 <= found.low < found.high <= 0.5


def test_a_paired_difference_sees_what_clips_hide():
    """Clips differ by far more than the rows do, but one row is better on each."""
    clips = np.arange(50.0)
    ours, theirs = values(*(clips + 0.1)), values(*clips)
    scores = list(zip(clips + 0.1, clips, strict=True))
    found = difference(ours, theirs, column, scores, 3)
    assert found.value == pytest.approx(0.1)
    assert [found.interval.low, found.interval.high] == pytest.approx([0.1, 0.1])
    assert (found.wins, found.losses, found.ties) == (50, 0, 0)
    assert found.p < 1e-12


def test_a_row_against_itself_is_no_difference():
    row = values(1, 2, 3)
    found = difference(row, row, column, [(1, 1), (2, 2), (3, 3)], 0)
    assert (found.value, found.wins, found.ties, found.p) == (0, 0, 3, 1)


def test_a_difference_of_other_clips_is_refused():
    with pytest.raises(ValueError, match="same clips"):
        difference(values(1, 2), values(1), column, [(1, 1)], 0)


def test_published_rows_are_marked_as_such():
    tables = published()
    assert MARK == "published, 1,000 clips"
    assert [len(rows) for rows in tables.values()] == [18, 5]
    ours = tables["Table 1"][-1]
    assert ours.model == "FaceTrack-MM"
    assert (ours.scores["cider"], ours.scores["rouge_l"], ours.scores["tem"]) == (
        0.418,
        0.473,
        0.364,
    )
    assert tables["Table 2"][-1].scores == {"videochat_mean": 4.40, "autodq": 0.483, "tem": 0.364}
    printed = [row.scores for row in tables["Table 1"]]
    assert all(0.19 < score["tem"] < score["autodq"] < 0.49 for score in printed)
    assert all(3.3 < score[name] < 4.7 for score in printed for name in ("correctness", "temporal"))


def test_the_mean_of_the_four_aspects_is_that_of_the_second_table():
    row = published()["Table 1"][-1].scores
    mean = sum(row[name] for name in ("correctness", "detail", "context", "temporal")) / 4
    assert mean == pytest.approx(4.40, abs=0.006)
