"""
Jobs that score a prediction set: by words, and by a judge. What a judge answered is kept, so that a
job that was killed asks only what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from annotation.errors import TransitionRefused
from annotation.jobs import Progress
from annotation.models import DatasetEntry, Evaluation, Prediction
from annotation.workflow.evaluated_clips import evaluated_entries
from annotation.workflow.scoring import Scored, ScoredClip, store_scores
from annotation.workflow.spending import price_of_calls
from ml.evaluation import evaluating
from ml.evaluation.evaluating import digest_of
from ml.evaluation.judging import freeze_references, judge_clips
from ml.evaluation.scoring import METRICS, WORDS, Judged, Row, score_row
from ml.metrics.alignment import align
from ml.metrics.events import JudgedPair
from ml.metrics.judge import EventJudge

from .comparing_rows import compare_with_others
from .judges import StoredEvents, judging
from .other_texts import SEED, write_others
from .slices import labels_of
from .telling import Pace

# A matrix of relations takes a letter for each.
LETTER_OF = {"same_meaning": "s", "opposite_meaning": "o", "no_relation": "."}
BY_WORDS = "words alone, no judge"


def score(progress: Progress) -> dict[str, object]:
    """The body of the job. Safe to run twice: an evaluation is done once."""
    evaluation = Evaluation.objects.select_related(
        "predictions__version__project", "predictions__person", "judge"
    ).get(pk=progress.job.payload["evaluation"])
    if evaluation.done_at is None:
        _require_versions(evaluation)
        if evaluation.predictions.whole_at is None:
            write_others(evaluation.predictions)
        with judging(evaluation, progress.job) as judge:
            scored = scored_by(judge, Texts.of(evaluation), evaluation, Telling(progress))
        store_scores(evaluation, scored, price=price_of_calls(progress.job.key))
    compare_with_others(evaluation)
    return {"evaluation": evaluation.uid}


def _require_versions(evaluation: Evaluation) -> None:
    known = {name: METRICS[name].version for name in evaluation.metrics if name in METRICS}
    if known != evaluation.metrics:
        raise TransitionRefused(
            "The metrics have other versions now than when this was asked for. Ask for it again."
        )


@dataclass(frozen=True)
class Texts:
    """By the clip's uid, in the order of the version."""

    entries: Mapping[str, DatasetEntry]
    predictions: Mapping[str, Prediction]

    @classmethod
    def of(cls, evaluation: Evaluation) -> Texts:
        """Of the clips that have both, and may still be used."""
        whole = evaluation.predictions
        made = {row.clip_id: row for row in whole.predictions.all()}
        entries = evaluated_entries(whole.version, whole.split).select_related(
            "clip__source", "caption"
        )
        chosen = [entry for entry in entries if entry.clip_id in made]
        if not chosen:
            raise TransitionRefused("No clip of these texts may be used any more.")
        return cls(
            {entry.clip.uid: entry for entry in chosen},
            {entry.clip.uid: made[entry.clip_id] for entry in chosen},
        )

    @property
    def references(self) -> dict[str, str]:
        return {uid: self.predictions[uid].against or row.text for uid, row in self.entries.items()}

    @property
    def candidates(self) -> dict[str, str]:
        return {uid: row.text for uid, row in self.predictions.items()}


@dataclass
class Telling:
    """What the judge is at, as the job's progress."""

    progress: Progress
    paces: dict[str, Pace] = field(default_factory=dict)

    def __call__(self, what: str, done: int, total: int) -> None:
        pace = self.paces.setdefault(what, Pace(0, total, what.capitalize()))
        self.progress.report(done, total, pace.told(done))


def scored_by(judge: EventJudge, texts: Texts, evaluation: Evaluation, tell: Telling) -> Scored:
    references, candidates = texts.references, texts.candidates
    metrics = list(evaluation.metrics)
    judged = None
    if any(metric not in {word.name for word in WORDS} for metric in metrics):
        frozen = StoredEvents.of(judge.name, list(references.values()))
        freeze_references(judge, references.values(), frozen, tell)
        judged = judge_clips(
            judge, candidates, references, frozen, metrics, tell, rewrites=evaluation.rewrites
        )
    row = score_row(evaluation.predictions.name, candidates, references, metrics, judged)
    return Scored(
        judge_name=judge.name if judged else BY_WORDS,
        set_digest=digest_of(references),
        scores=scores_of(row, list(references)),
        slices=slices_of(row, texts),
        warnings=list(_warnings(row, texts)),
        clips=list(_clips(row, texts, judged or {})),
    )


def scores_of(row: Row, clips: list[str]) -> dict[str, Any]:
    """Of the metrics that have any number."""
    table = evaluating.Evaluation("", "", tuple(clips), tuple(row.values), SEED, (row,))
    found = {metric: table.score(row, metric) for metric in row.values}
    return {
        metric: {
            "value": score.value,
            **asdict(score.interval),
            "clips": score.clips,
            "parts": dict(score.parts),
        }
        for metric, score in found.items()
        if score
    }


def slices_of(row: Row, texts: Texts) -> list[dict[str, Any]]:
    """A clip's number is that of the whole set: what is rare is counted over all references."""
    members: dict[tuple[str, str], list[int]] = {}
    labels = labels_of(texts.entries.values())
    for at, uid in enumerate(texts.entries):
        for label in labels[uid]:
            members.setdefault(label, []).append(at)
    clips = list(texts.entries)
    return [
        {
            "by": by,
            "value": value,
            "clips": len(places),
            "scores": scores_of(_part(row, places), [clips[at] for at in places]),
        }
        for (by, value), places in sorted(members.items())
    ]


def _part(row: Row, places: list[int]) -> Row:
    return Row(row.name, {metric: values[places] for metric, values in row.values.items()})


def _warnings(row: Row, texts: Texts) -> Iterator[str]:
    if failed := sum(bool(text.failure) for text in texts.predictions.values()):
        yield f"{failed} clips have no text, because the model failed on them; scored as empty."
    empty = sum(not text.text.strip() for text in texts.predictions.values()) - failed
    if empty:
        yield f"{empty} texts are empty, and scored so."
    if row.unjudged:
        yield f"{len(row.unjudged)} clips are unjudged and missing from the judge's numbers."
    if odd := sum(made.is_suspicious for made in row.conversions.values()):
        yield f"{odd} rewritten texts changed by more than 30 %. Look at them before trusting it."


def _clips(row: Row, texts: Texts, judged: Mapping[str, Judged]) -> Iterator[ScoredClip]:
    one_number = {metric: row.by_clip(metric) for metric in row.values}
    for at, (uid, entry) in enumerate(texts.entries.items()):
        known = [m for m, values in row.values.items() if not np.isnan(values[at]).any()]
        pair = judged[uid].pair if uid in judged else None
        rewriting = row.conversions.get(uid)
        yield ScoredClip(
            clip_id=entry.clip_id,
            values={metric: float(one_number[metric][at]) for metric in known},
            columns={metric: row.values[metric][at].tolist() for metric in known},
            alignment=_laid_out(pair) if pair else None,
            unjudged=row.unjudged.get(uid, ""),
            rewritten=rewriting.converted if rewriting else "",
            is_suspicious=bool(rewriting and rewriting.is_suspicious),
        )


def _laid_out(pair: JudgedPair) -> dict[str, Any]:
    lines = ["".join(LETTER_OF[relation] for relation in row) for row in pair.relations]
    return {**asdict(align(pair)), "relations": lines}
