"""
Captions of made clips against others, by the offline judge: by how much their event F1 is higher,
with the interval of resampling, and of which kinds of event they tell how many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from bench.made.clips import MadeClip
from bench.made.movements import KINDS
from ml.evaluation.evaluating import Captions, Evaluation, evaluate
from ml.evaluation.scoring import Row
from ml.metrics.frozen_events import FrozenEvents
from ml.metrics.offline_judge import OfflineJudge

METRICS = ("autodq", "tem")
JUDGE = OfflineJudge.without_network()


@dataclass(frozen=True)
class Against:
    """By how much the trained model's event F1 is higher, with the 95 % interval of resampling."""

    other: str
    f1: float
    higher_by: float
    low: float
    high: float
    wins: int
    losses: int


def compared(trained: Captions, untrained: Captions, references: Captions) -> dict[str, object]:
    fixed = _best_fixed(references)
    candidates = {
        "trained": trained,
        "untrained": untrained,
        "best fixed caption": dict.fromkeys(references, fixed),
    }
    evaluation = _evaluate(candidates, references)
    ours, *others = evaluation.rows
    return {
        "clips": len(references),
        "judge": evaluation.judge,
        "trained_f1": _score(evaluation, ours, "autodq"),
        "trained_tem": _score(evaluation, ours, "tem"),
        "best_fixed_caption": fixed,
        "against": [asdict(_against(evaluation, ours, row)) for row in others],
    }


def told_by_kind(clips: Sequence[MadeClip], texts: Captions) -> dict[str, str]:
    """Of each kind, how many of its events are told; "9 of 10"."""
    found: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    for clip in clips:
        for event in clip.events:
            found[event.kind].append(_tells(texts[clip.file], event.kind))
    return {kind: f"{sum(told)} of {len(told)}" for kind, told in found.items()}


def _tells(text: str, kind: str) -> bool:
    (verdict,) = JUDGE.verdicts((f"The person {KINDS[kind].told[0]}",), text)
    return verdict == "entailment"


def _best_fixed(references: Captions) -> str:
    """Of every reference, every single event, and all events at once, by the same F1."""
    acts = [f"The person {kind.told[0]}." for kind in KINDS.values()]
    tried = sorted({*references.values(), *acts, " ".join(acts)})
    evaluation = _evaluate({text: dict.fromkeys(references, text) for text in tried}, references)
    rows = evaluation.rows[: len(tried)]
    return max(rows, key=lambda row: _score(evaluation, row, "autodq")).name


def _evaluate(candidates: Mapping[str, Captions], references: Captions) -> Evaluation:
    return evaluate(
        candidates,
        references,
        metrics=METRICS,
        judge=JUDGE,
        frozen=FrozenEvents(None, JUDGE.name),
        progress=lambda *_: None,
        judges_chance=True,
        rewrites=False,
        seed=0,
    )


def _score(evaluation: Evaluation, row: Row, metric: str) -> float:
    score = evaluation.score(row, metric)
    return round(score.value, 3) if score else 0.0


def _against(evaluation: Evaluation, ours: Row, other: Row) -> Against:
    found = evaluation.difference(ours, other, "autodq")
    if found is None:
        raise ValueError("nothing was judged")
    return Against(
        other.name,
        _score(evaluation, other, "autodq"),
        round(found.value, 3),
        round(found.interval.low, 3),
        round(found.interval.high, 3),
        found.wins,
        found.losses,
    )
