"""Two people's captions of one clip, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ml.metrics.agreement import (
    MarkedSentence,
    Marks,
    agreement,
    common_marks,
    kappa,
    kappa_of_means,
)
from ml.metrics.offline_judge import OfflineJudge

JUDGE = OfflineJudge.without_network()


def text(*sentences):
    """`[` and `]` stand around what was inferred."""
    return [marked(sentence) for sentence in sentences]


def marked(sentence):
    before, opened, rest = sentence.partition("[")
    if not opened:
        return MarkedSentence(sentence)
    inside, _, after = rest.partition("]")
    return MarkedSentence(before + inside + after, ((len(before), len(before + inside)),))


BROWS, EYES = "Her brows rise.", "Then she closes her eyes."


def test_equal_texts_agree_in_everything():
    one = text(BROWS, "She [seems afraid] and closes her eyes.")
    same = agreement(JUDGE, one, one)
    assert (same.event_f1, same.tem, same.word_distance) == (1.0, 1.0, 0.0)
    assert same.marks == Marks(2, 0, 0, 8)
    assert kappa(same.marks) == 1.0


def test_one_event_of_two():
    found = agreement(JUDGE, text(BROWS), text(BROWS, EYES))
    # Recall 1 and precision 1/2; the longest common run is 1, of (1 + 2) / 2 events.
    assert found.event_f1 == pytest.approx(2 / 3)
    assert found.tem == pytest.approx(2 / 3)
    assert found.word_distance == pytest.approx(5 / 8)


def test_nobody_is_the_reference():
    one, other = text(BROWS, EYES, "She smiles."), text("She smiles.", "Her brows lower.")
    there, back = agreement(JUDGE, one, other), agreement(JUDGE, other, one)
    assert (there.event_f1, there.tem) == pytest.approx((back.event_f1, back.tem))
    assert there.word_distance == back.word_distance
    assert 0 < there.event_f1 < 1


def test_a_text_without_events_has_nothing_in_common_with_one_that_has_some():
    nothing = agreement(JUDGE, text("A young woman."), text(BROWS))
    assert (nothing.event_f1, nothing.tem) == (0.0, 0.0)
    assert agreement(JUDGE, text(""), text("")).event_f1 == 1.0


@pytest.mark.parametrize(
    ("one", "other", "marks"),
    [
        ("She [seems] sad now.", "She [seems sad] now.", (1, 0, 1, 2)),
        # A word that only one of them wrote cannot be compared.
        ("She [perhaps] smiles.", "She smiles.", (0, 0, 0, 2)),
        # Part of a word marks the word, and capitals are no other word.
        ("Maybe she [smil]es.", "maybe she [smiles].", (1, 0, 0, 2)),
        ("Her eyes [may] blink.", "A man laughs.", (0, 0, 0, 0)),
    ],
)
def test_marks_are_compared_where_both_wrote_the_word(one, other, marks):
    assert common_marks(text(one), text(other)) == Marks(*marks)


def test_sentences_are_compared_in_order():
    one = text("She [seems] glad.", "He [seems] glad.")
    swapped = text("He seems glad.", "She seems glad.")
    assert sum(common_marks(one, swapped)) == 3 + 3 - 2
    assert sum(common_marks(text(BROWS, EYES), text(EYES, BROWS))) == 5


def test_kappa_by_hand():
    # Seen 0.7; one marks half of the words and the other 0.6: by chance 0.5.
    assert kappa(Marks(4, 1, 2, 3)) == pytest.approx(0.4)
    assert kappa(Marks(0, 3, 0, 5)) == 0.0
    assert kappa(Marks(0, 0, 0, 0)) is None
    assert kappa(Marks(4, 0, 0, 0)) is None


def test_kappa_of_a_resample_without_marks_is_none_beyond_chance():
    means = np.array([[4, 1, 2, 3], [0, 0, 0, 1], [0, 0, 0, 0]], np.float64)
    assert kappa_of_means(means) == pytest.approx([0.4, 0, 0])
