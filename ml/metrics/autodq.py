"""AutoDQ: how many of the reference's events the text entails, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from ml.metrics.events import JudgedPair, Verdicts

VERSION = "autodq-1"

# What a text without events scores, as the original has it.
WITHOUT_EVENTS = 1.0


@dataclass(frozen=True)
class AutoDQ:
    recall: float
    precision: float

    @property
    def f1(self) -> float:
        """Where the original divides by zero, 0."""
        return f_measure(self.recall, self.precision)


def f_measure(recall: float, precision: float) -> float:
    """
    >>> f_measure(0.5, 1.0), f_measure(0.0, 0.0)
    (0.6666666666666666, 0.0)
    """
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def auto_dq(pair: JudgedPair) -> AutoDQ:
    return AutoDQ(entailed(pair.reference_verdicts), entailed(pair.predicted_verdicts))


def entailed(verdicts: Verdicts) -> float:
    """
    The share of the events that the text entails; neutral counts as little as a contradiction.

    >>> entailed(("entailment", "neutral", "contradiction", "entailment")), entailed(())
    (0.5, 1.0)
    """
    return verdicts.count("entailment") / len(verdicts) if verdicts else WITHOUT_EVENTS


def mean(scores: Iterable[AutoDQ]) -> AutoDQ:
    """Of a set of clips. Its F-measure is that of the means, not the mean of the clips' own."""
    scores = list(scores)
    return AutoDQ(fmean(one.recall for one in scores), fmean(one.precision for one in scores))


def overall(subsets: Mapping[str, Sequence[AutoDQ]]) -> AutoDQ:
    """
    Every subset weighs the same, however many clips it has.

    >>> some, all = AutoDQ(0.0, 0.5), AutoDQ(1.0, 1.0)
    >>> overall({"acted": [some], "found": [all, all, all]})
    AutoDQ(recall=0.5, precision=0.75)
    """
    return mean(mean(scores) for scores in subsets.values() if scores)
