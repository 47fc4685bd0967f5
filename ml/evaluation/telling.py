"""An evaluation as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from ml.evaluation.evaluating import Evaluation, Score
from ml.evaluation.scoring import METRICS, Row
from ml.metrics.published import MARK, published

OTHER_SET = "Other clips and another judge than those above: no row to compare with directly."
NOTHING = "-"


def table(evaluation: Evaluation) -> str:
    """Means with 95 % intervals, the differences of the first row, and what was published."""
    return "\n".join(
        [
            f"{len(evaluation.clips)} clips, set {evaluation.set_digest[:12]}"
            + (f", judged by {evaluation.judge}" if evaluation.judge else ""),
            "",
            *_aligned([["", *evaluation.metrics], *_score_lines(evaluation)]),
            *[f"Note: {warning}" for warning in evaluation.warnings],
            "",
            f"{evaluation.rows[0].name} over",
            *_aligned(list(_difference_lines(evaluation))),
            "",
            f"{MARK}. {OTHER_SET}",
            *_aligned([["", *evaluation.metrics], *_published_lines(evaluation.metrics)]),
        ]
    )


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Numbers of every clip and of every row, with what made them."""
    first, *others = evaluation.rows
    return {
        "clips": len(evaluation.clips),
        "set": evaluation.set_digest,
        "judge": evaluation.judge,
        "seed": evaluation.seed,
        "versions": {metric: METRICS[metric].version for metric in evaluation.metrics},
        "warnings": evaluation.warnings,
        "rows": [_row_as_json(evaluation, row) for row in evaluation.rows],
        "differences": [
            {"row": first.name, "over": other.name, "metric": metric, **asdict(found)}
            for other in others
            for metric in evaluation.metrics
            if (found := evaluation.difference(first, other, metric))
        ],
        "published": {
            "note": f"{MARK}. {OTHER_SET}",
            **{name: [asdict(row) for row in rows] for name, rows in published().items()},
        },
    }


def _row_as_json(evaluation: Evaluation, row: Row) -> dict[str, Any]:
    scores = {metric: evaluation.score(row, metric) for metric in evaluation.metrics}
    return {
        "name": row.name,
        "scores": {metric: asdict(score) for metric, score in scores.items() if score},
        "unjudged": dict(row.unjudged),
        "rewritten": {
            clip: asdict(made) | {"is_suspicious": made.is_suspicious}
            for clip, made in row.conversions.items()
        },
        "by_clip": {
            clip: {
                metric: dict(zip(METRICS[metric].columns, values[at].tolist(), strict=True))
                for metric, values in row.values.items()
                if not np.isnan(values[at]).any()
            }
            for at, clip in enumerate(evaluation.clips)
        },
    }


def _score_lines(evaluation: Evaluation) -> Iterator[list[str]]:
    for row in evaluation.rows:
        scores = [evaluation.score(row, metric) for metric in evaluation.metrics]
        yield [row.name, *map(_cell, scores)]


def _cell(score: Score | None) -> str:
    if score is None:
        return NOTHING
    return f"{score.value:.3f} [{score.interval.low:.3f}, {score.interval.high:.3f}]"


def _difference_lines(evaluation: Evaluation) -> Iterator[list[str]]:
    first, *others = evaluation.rows
    for other in others:
        for metric in evaluation.metrics:
            if found := evaluation.difference(first, other, metric):
                yield [
                    f"  {other.name}",
                    metric,
                    f"{found.value:+.3f} [{found.interval.low:+.3f}, {found.interval.high:+.3f}]",
                    f"{found.wins} won, {found.losses} lost, {found.ties} even, p = {found.p:.2g}",
                ]


def _published_lines(metrics: Sequence[str]) -> Iterator[list[str]]:
    for row in published()["Table 1"]:
        scores = [row.scores.get(metric) for metric in metrics]
        yield [row.model, *(NOTHING if score is None else f"{score:.3f}" for score in scores)]


def _aligned(lines: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
