"""What a judge rewrote is looked at before it is judged."""

from __future__ import annotations

import pytest

from ml.metrics.conversion import Conversion


@pytest.mark.parametrize(
    ("conversion", "suspicious"),
    [
        (Conversion("a b c d e f g h i j", "a b c d e f g", 10, 10), False),
        (Conversion("a b c d e f g h i j", "a b c d e f", 10, 10), True),
        (Conversion("a b", "a b", 10, 13), False),
        (Conversion("a b", "a b", 10, 14), True),
        (Conversion("a b", "a b", 0, 1), True),
    ],
)
def test_a_conversion_that_adds_or_leaves_out_is_flagged(conversion, suspicious):
    assert conversion.is_suspicious is suspicious
