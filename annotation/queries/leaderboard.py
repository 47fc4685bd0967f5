"""One table: a split of a dataset version by one judge, every row beside chance and people."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Count, Q

from annotation.errors import NotFound
from annotation.metric_versions import METRIC_VERSIONS
from annotation.models import (
    DatasetVersion,
    Evaluation,
    ModelVersion,
    ScoreDifference,
    SubjectKind,
    User,
)
from annotation.workflow.evaluating import EVALUATORS
from annotation.workflow.promoting import version_in

from .datasets import version_for
from .evaluations import evaluations_of, knows_people, name_of

ROOT = Path(__file__).parents[2]
# Of the paper. Other clips by another judge: shown beside ours, never compared with them.
PUBLISHED_NOTE = (
    "Published, 1,000 clips: other clips and another judge than those above, so no row to compare "
    "with directly."
)
# Models first, then what they are to be seen beside.
ORDER = [*SubjectKind]


@dataclass(frozen=True)
class Row:
    evaluation: Evaluation
    name: str
    # False where clips or references are not those of most rows.
    is_same_set: bool
    # Over the row that was chosen, by metric; empty where none was, and for that row itself.
    differences: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Leaderboard:
    version: DatasetVersion
    split: str
    judge: ModelVersion | None
    judge_name: str
    metrics: list[str]
    set_digest: str
    clips: int
    rows: list[Row]
    published: list[dict[str, Any]]
    published_note: str
    warnings: list[str]


@dataclass(frozen=True)
class Table:
    """Which leaderboards there are."""

    version: str
    number: int
    split: str
    judge: str | None
    judge_name: str
    done: int
    under_way: int


def tables_of(project_id: int, actor: User) -> list[Table]:
    rows = evaluations_of(project_id, actor).order_by()
    counted = rows.values(
        "predictions__version__uid",
        "predictions__version__number",
        "predictions__split",
        "judge__uid",
        "judge__name",
    ).annotate(done=Count("pk", filter=Q(done_at__isnull=False)), asked=Count("pk"))
    return [
        Table(
            version=row["predictions__version__uid"],
            number=row["predictions__version__number"],
            split=row["predictions__split"],
            judge=row["judge__uid"],
            judge_name=row["judge__name"] or "offline",
            done=row["done"],
            under_way=row["asked"] - row["done"],
        )
        for row in counted.order_by(
            "-predictions__version__number", "predictions__split", "judge__name"
        )
    ]


def leaderboard_of(
    *, version_uid: str, actor: User, split: str, judge: str, against: str
) -> Leaderboard:
    version = version_for(version_uid, actor, *EVALUATORS)
    project_id = version.project_id
    found = version_in(project_id, judge) if judge else None
    evaluations = evaluations_of(project_id, actor).filter(
        predictions__version=version, predictions__split=split, judge=found, done_at__isnull=False
    )
    chosen = list(_one_of_a_subject(evaluations.order_by("pk")))
    digests = Counter(one.set_digest for one in chosen)
    digest = digests.most_common(1)[0][0] if digests else ""
    differences = _differences(chosen, against)
    with_people = knows_people(project_id, actor)
    rows = [
        Row(
            evaluation=one,
            name=name_of(one, with_people=with_people),
            is_same_set=one.set_digest == digest,
            differences=differences.get(one.pk, {}),
        )
        for one in chosen
    ]
    known = {metric for one in chosen for metric in one.scores}
    return Leaderboard(
        version=version,
        split=split,
        judge=found,
        judge_name=next((one.judge_name for one in chosen), ""),
        metrics=[metric for metric in METRIC_VERSIONS if metric in known],
        set_digest=digest,
        clips=max((one.clips for one in chosen), default=0),
        rows=rows,
        published=published_rows(),
        published_note=PUBLISHED_NOTE,
        warnings=list(_warnings(rows)),
    )


def _one_of_a_subject(evaluations: Iterable[Evaluation]) -> Iterator[Evaluation]:
    """The newest of those with the most metrics."""
    best: dict[tuple[int, bool], Evaluation] = {}
    for one in evaluations:
        key = (one.predictions_id, one.rewrites)
        if key not in best or len(one.metrics) >= len(best[key].metrics):
            best[key] = one
    return iter(sorted(best.values(), key=lambda one: (ORDER.index(one.predictions.kind), one.pk)))


def _differences(rows: list[Evaluation], against: str) -> dict[int, dict[str, dict[str, Any]]]:
    """By row and metric. Each pair is stored once, in either direction."""
    if not against:
        return {}
    base = next((row.pk for row in rows if row.uid == against), None)
    if base is None:
        raise NotFound("The table has no such row to compare with.")
    found: dict[int, dict[str, dict[str, Any]]] = {}
    for one in ScoreDifference.objects.filter(Q(evaluation=base) | Q(other=base)):
        if one.other_id == base:
            found.setdefault(one.evaluation_id, {})[one.metric] = _as_stored(one)
        else:
            found.setdefault(one.other_id, {})[one.metric] = _turned_round(one)
    return found


def _as_stored(one: ScoreDifference) -> dict[str, Any]:
    names = ("value", "low", "high", "wins", "losses", "ties", "p")
    return {name: getattr(one, name) for name in names}


def _turned_round(one: ScoreDifference) -> dict[str, Any]:
    turned = {"value": -one.value, "low": -one.high, "high": -one.low}
    return _as_stored(one) | turned | {"wins": one.losses, "losses": one.wins}


def _warnings(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        if not row.is_same_set:
            yield (
                f"{row.name}: scored on other clips or against other texts than most rows "
                f"({row.evaluation.clips} clips). Its CIDEr and its place say nothing beside them."
            )
        for warning in row.evaluation.warnings:
            yield f"{row.name}: {warning}"
    judges = sorted({row.evaluation.judge_name for row in rows if row.evaluation.judge_name})
    if len(judges) > 1:
        yield f"Rows of {len(judges)} versions of the judge stand here: {'; '.join(judges)}."


@cache
def published_rows() -> list[dict[str, Any]]:
    """The file belongs to `ml`, which the web process does not import; it is only data."""
    path = ROOT / "ml" / "metrics" / "published.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        {"table": table, "model": model, "scores": dict(zip(part["metrics"], scores, strict=True))}
        for table, part in tables.items()
        for model, *scores in part["rows"]
    ]
