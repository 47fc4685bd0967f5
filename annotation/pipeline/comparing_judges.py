"""The job that compares judges on the same texts, with each other and with what people said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import combinations
from statistics import fmean
from typing import Any, cast

from annotation.jobs import Progress
from annotation.models import (
    AnnotationVerdict,
    ClipScore,
    CrossValidation,
    CrossValidationMode,
    DatasetVersion,
    Evaluation,
    Outcome,
    SubjectKind,
    Verdict,
)
from annotation.workflow.evaluated_clips import evaluated_entries
from ml.metrics.consistency import (
    Correlation,
    JudgedEvents,
    correlation,
    event_f1,
    label_agreement,
    order_of_rows,
    shared_relations,
)
from ml.metrics.events import Relation

# By how much a reviewer had to change, from the most on.
ORDER = [Verdict.TO_BE_REVISED, Verdict.MAJOR, Verdict.MINOR, Verdict.ACCEPTED]
WORD_OF: dict[str, Relation] = {
    "s": "same_meaning",
    "o": "opposite_meaning",
    ".": "no_relation",
}

# A prediction set and a clip.
Key = tuple[int, int]


@dataclass(frozen=True)
class Judge:
    name: str
    evaluations: Mapping[int, Evaluation]
    scores: Mapping[Key, ClipScore]

    def values(self, metric: str) -> dict[Key, float]:
        return {key: row.values[metric] for key, row in self.scores.items() if metric in row.values}

    def rows(self, metric: str) -> dict[str, float]:
        return {
            str(whole): row.scores[metric]["value"]
            for whole, row in self.evaluations.items()
            if metric in row.scores
        }


def compare_judges(progress: Progress) -> dict[str, object]:
    """The result of the job is what the page shows."""
    version = DatasetVersion.objects.get(pk=progress.job.payload["version"])
    split = progress.job.payload["split"]
    judges = list(_judges(version, split))
    pairs = list(combinations(range(len(judges)), 2))
    compared: list[dict[str, Any]] = []
    for done, (one, other) in enumerate(pairs):
        progress.report(done, len(pairs), f"Pair of judges {done + 1} of {len(pairs)}.")
        compared.append({"one": one, "other": other, **_compared(judges[one], judges[other])})
    return {
        "judges": [judge.name for judge in judges],
        "pairs": compared,
        "people": [_with_people(judge, version, split) for judge in judges],
    }


def _judges(version: DatasetVersion, split: str) -> Iterator[Judge]:
    """Of each judge the texts as they were written, each by its newest evaluation."""
    found: dict[str, dict[int, Evaluation]] = {}
    done = Evaluation.objects.filter(
        predictions__version=version,
        predictions__split=split,
        done_at__isnull=False,
        rewrites=False,
        metrics__has_key="tem",
    )
    for row in done.select_related("predictions").order_by("pk"):
        found.setdefault(row.judge_name, {})[row.predictions_id] = row
    for name, evaluations in sorted(found.items()):
        rows = ClipScore.objects.filter(evaluation__in=evaluations.values())
        set_of = {row.pk: whole for whole, row in evaluations.items()}
        scores = {(set_of[row.evaluation_id], row.clip_id): row for row in rows}
        yield Judge(name, evaluations, scores)


def _compared(one: Judge, other: Judge) -> dict[str, Any]:
    metrics = sorted(_metrics(one) & _metrics(other))
    return {
        "metrics": [
            {
                "metric": metric,
                "texts": asdict(_of_texts(one.values(metric), other.values(metric))),
                "rows": asdict(order_of_rows(one.rows(metric), other.rows(metric))),
            }
            for metric in metrics
        ],
        **_of_events(one, other),
    }


def _metrics(judge: Judge) -> set[str]:
    """Words are counted without a judge, so all judges agree on them."""
    return {
        metric
        for row in judge.evaluations.values()
        for metric in row.scores
        if metric not in ("cider", "rouge_l")
    }


def _of_texts(ours: Mapping[Key, float], theirs: Mapping[Key, float]) -> Correlation:
    both = sorted(ours.keys() & theirs.keys())
    return correlation([ours[key] for key in both], [theirs[key] for key in both])


def _of_events(one: Judge, other: Judge) -> dict[str, Any]:
    both = [
        (_events(one.scores[key]), _events(other.scores[key]))
        for key in sorted(one.scores.keys() & other.scores.keys())
        if one.scores[key].alignment and other.scores[key].alignment
    ]
    # A reference stands in every row of the table, so predictions alone are counted.
    f1 = [event_f1(ours.prediction, theirs.prediction) for ours, theirs in both]
    relations = [pair for ours, theirs in both for pair in shared_relations(ours, theirs)]
    return {
        "events": {
            "texts": len(both),
            "f1": fmean(f1) if f1 else None,
            "one_each": fmean(len(ours.prediction) for ours, _ in both) if both else None,
            "other_each": fmean(len(theirs.prediction) for _, theirs in both) if both else None,
        },
        "relations": asdict(label_agreement(relations)),
    }


def _events(row: ClipScore) -> JudgedEvents:
    stored = cast("dict[str, Any]", row.alignment)
    return JudgedEvents(
        tuple(event["text"] for event in stored["reference"]),
        tuple(event["text"] for event in stored["prediction"]),
        tuple(tuple(WORD_OF[letter] for letter in line) for line in stored["relations"]),
    )


def _with_people(judge: Judge, version: DatasetVersion, split: str) -> dict[str, Any]:
    """
    The verdicts of reviewers on annotations beside the judge's TEM of the same, and whether the
    second reviewer, who wrote blind, agreed, beside the TEM of the two.
    """
    entries = evaluated_entries(version, split)
    consolidations = entries.values("caption__consolidation")
    verdicts = {
        (row.annotation.annotator_id, row.annotation.assignment.clip_id): ORDER.index(
            Verdict(row.verdict)
        )
        for row in AnnotationVerdict.objects.filter(
            consolidation__in=consolidations
        ).select_related("annotation__assignment")
    }
    outcomes = dict(
        CrossValidation.objects.filter(
            mode=CrossValidationMode.BLIND, consolidation__in=consolidations
        )
        .exclude(outcome="")
        .values_list("clip", "outcome")
    )
    tem = judge.values("tem")
    told: list[tuple[float, float]] = []
    agreed: list[tuple[float, float]] = []
    for (whole, clip), value in tem.items():
        predictions = judge.evaluations[whole].predictions
        if (verdict := verdicts.get((predictions.person_id or 0, clip))) is not None:
            told.append((value, verdict))
        if predictions.kind == SubjectKind.REVIEWERS and clip in outcomes:
            agreed.append((value, outcomes[clip] == Outcome.AGREED))
    return {"verdicts": asdict(_of_pairs(told)), "outcomes": asdict(_of_pairs(agreed))}


def _of_pairs(pairs: list[tuple[float, float]]) -> Correlation:
    return correlation([ours for ours, _ in pairs], [theirs for _, theirs in pairs])
