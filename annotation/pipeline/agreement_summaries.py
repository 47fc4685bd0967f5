"""A project's agreement in numbers with intervals: of all, of each pair, each person and week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
from django.db import transaction

from annotation.jobs import Progress
from annotation.models import AgreementKind, AgreementScore, Project
from annotation.workflow.agreement_summaries import (
    counted_scores,
    fingerprint_of,
    store_summary,
)
from ml.metrics.agreement import Marks, kappa, kappa_of_means
from ml.metrics.statistics import OfMeans, Values, column, interval

Scores = Sequence[AgreementScore]
MEANS = ("event_f1", "tem", "word_distance")
MARKS = ("marked_by_both", "marked_by_one", "marked_by_other", "marked_by_nobody")


def summarize_agreement(progress: Progress) -> dict[str, object]:
    project = Project.objects.get(pk=progress.job.payload["project"])
    fingerprint = fingerprint_of(project.pk)
    scores = list(counted_scores(project.pk).order_by("pk"))
    figures: dict[str, object] = {}
    for done, kind in enumerate(AgreementKind):
        progress.report(done, len(AgreementKind))
        of_kind = [score for score in scores if score.kind == kind]
        figures[kind] = summary_of(of_kind, project.seed)
    figures["metric_versions"] = sorted({score.metric_version for score in scores})
    result: dict[str, object] = {"scores": len(scores)}
    with transaction.atomic():
        store_summary(project=project, fingerprint=fingerprint, figures=figures)
        progress.finish(result)
    return result


def summary_of(scores: Scores, seed: int) -> dict[str, Any]:
    """People by number, since names may change."""
    return {
        "overall": figures_of(scores, seed),
        "pairs": [
            {"one": one, "other": other, "figures": figures_of(of_pair, seed)}
            for (one, other), of_pair in _grouped(scores, lambda score: [_pair(score)])
        ],
        "people": [
            {"person": person, "figures": figures_of(of_person, seed)}
            for person, of_person in _grouped(scores, _pair)
        ],
        "weeks": [
            {"week": monday, "figures": figures_of(of_week, seed)}
            for monday, of_week in _grouped(scores, lambda score: [_monday(score)])
        ],
    }


def _grouped(
    scores: Scores, groups_of: Callable[[AgreementScore], Iterable[Any]]
) -> list[tuple[Any, list[AgreementScore]]]:
    found: dict[Any, list[AgreementScore]] = defaultdict(list)
    for score in scores:
        for group in groups_of(score):
            found[group].append(score)
    return sorted(found.items())


def _pair(score: AgreementScore) -> tuple[int, int]:
    return min(score.one_id, score.other_id), max(score.one_id, score.other_id)


def _monday(score: AgreementScore) -> str:
    """Of the week in which the texts were first compared, which is when the last came in."""
    day = score.created_at.date()
    return (day - timedelta(days=day.weekday())).isoformat()


def figures_of(scores: Scores, seed: int) -> dict[str, Any] | None:
    """None of nothing. Clips are resampled, not pairs: those of one clip are not independent."""
    if not scores:
        return None
    by_clip: Mapping[Hashable, Scores] = dict(_grouped(scores, lambda score: [score.clip_id]))
    means = np.array([_mean_of(of_clip) for of_clip in by_clip.values()])
    figures: dict[str, Any] = {"clips": len(by_clip)}
    for at, name in enumerate(MEANS):
        figures[name] = _with_interval(means[:, at : at + 1], column, seed)
    marks = means[:, len(MEANS) :]
    is_known = kappa(Marks(*marks.sum(0))) is not None
    figures["kappa"] = _with_interval(marks, kappa_of_means, seed) if is_known else None
    return figures


def _mean_of(scores: Scores) -> list[float]:
    """Marks are added up, so that a clip with many words in common weighs more."""
    return [float(np.mean([getattr(score, name) for score in scores])) for name in MEANS] + [
        float(sum(getattr(score, name) for score in scores)) for name in MARKS
    ]


def _with_interval(values: Values, of_means: OfMeans, seed: int) -> dict[str, float]:
    found = interval(values, of_means, seed)
    return {"value": of_means(values.mean(0)).item(), "low": found.low, "high": found.high}
