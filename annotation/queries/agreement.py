"""
How people agree: all of it for the lead, their own figures for everybody, and of the clip at hand
for its reviewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any

from django.db.models import Avg, Count, QuerySet

from annotation.models import (
    AgreementKind,
    AgreementScore,
    AgreementSummary,
    Clip,
    ClipStage,
    CrossValidation,
    Role,
    User,
)
from annotation.workflow.access import require_role
from annotation.workflow.agreement import COMPARED, submitted_versions
from annotation.workflow.agreement_summaries import counted_scores, fingerprint_of

from .evidence import LabelledAnnotation

MOST_LOWEST = 20


@dataclass(frozen=True)
class PersonAgreement:
    """One against all others."""

    id: int
    name: str
    figures: dict[str, Any]


@dataclass(frozen=True)
class LowClip:
    clip_id: int
    clip_name: str
    pairs: int
    event_f1: float
    tem: float
    word_distance: float


@dataclass(frozen=True)
class GroupAgreement:
    """People by number in `pairs`; only those of `people` have names here."""

    overall: dict[str, Any] | None
    people: list[PersonAgreement]
    pairs: list[dict[str, Any]]
    weeks: list[dict[str, Any]]
    lowest: list[LowClip]


@dataclass(frozen=True)
class ProjectAgreement:
    """`is_whole`: of everybody; else the actor's own figures alone."""

    is_whole: bool
    is_current: bool
    computed_at: datetime | None
    metric_versions: list[str]
    # Compared, and not counted before they are approved.
    clips_waiting: int
    annotators: GroupAgreement
    reviewers: GroupAgreement


def agreement_of(project_id: int, actor: User) -> ProjectAgreement:
    is_whole = Role.LEAD in require_role(project_id, actor)
    summary = AgreementSummary.objects.filter(project_id=project_id).first()
    figures: dict[str, Any] = summary.figures if summary else {}
    groups = {
        str(kind): _whole(project_id, kind, figures.get(kind, {}))
        if is_whole
        else _own(actor, figures.get(kind, {}))
        for kind in AgreementKind
    }
    return ProjectAgreement(
        is_whole=is_whole,
        is_current=_is_current(project_id, summary),
        computed_at=summary.computed_at if summary else None,
        metric_versions=figures.get("metric_versions", []),
        clips_waiting=_waiting(project_id) if is_whole else 0,
        **groups,
    )


def _is_current(project_id: int, summary: AgreementSummary | None) -> bool:
    if summary is None:
        return not counted_scores(project_id).exists()
    return summary.fingerprint == fingerprint_of(project_id)


def _waiting(project_id: int) -> int:
    under_way = [stage for stage in COMPARED if stage != ClipStage.APPROVED]
    clips = Clip.objects.filter(project_id=project_id, stage__in=under_way)
    return clips.filter(agreement_scores__isnull=False).distinct().count()


def _whole(project_id: int, kind: AgreementKind, figures: Mapping[str, Any]) -> GroupAgreement:
    people = figures.get("people", [])
    names = dict(
        User.objects.filter(pk__in=[row["person"] for row in people]).values_list("pk", "name")
    )
    return GroupAgreement(
        overall=figures.get("overall"),
        people=sorted(
            (_person(row, names[row["person"]]) for row in people),
            key=lambda person: (person.name, person.id),
        ),
        pairs=figures.get("pairs", []),
        weeks=figures.get("weeks", []),
        lowest=_lowest(counted_scores(project_id).filter(kind=kind)),
    )


def _own(actor: User, figures: Mapping[str, Any]) -> GroupAgreement:
    mine = [row for row in figures.get("people", []) if row["person"] == actor.pk]
    people = [_person(row, actor.name) for row in mine]
    return GroupAgreement(overall=None, people=people, pairs=[], weeks=[], lowest=[])


def _person(row: Mapping[str, Any], name: str) -> PersonAgreement:
    return PersonAgreement(row["person"], name, row["figures"])


def _lowest(scores: QuerySet[AgreementScore]) -> list[LowClip]:
    rows = scores.values("clip_id", "clip__name").annotate(
        pairs=Count("pk"),
        mean_f1=Avg("event_f1"),
        mean_tem=Avg("tem"),
        mean_distance=Avg("word_distance"),
    )
    return [
        LowClip(
            clip_id=row["clip_id"],
            clip_name=row["clip__name"],
            pairs=row["pairs"],
            event_f1=row["mean_f1"],
            tem=row["mean_tem"],
            word_distance=row["mean_distance"],
        )
        for row in rows.order_by("mean_f1", "clip_id")[:MOST_LOWEST]
    ]


@dataclass(frozen=True)
class LabelledPair:
    one: str
    other: str
    event_f1: float
    tem: float
    word_distance: float


@dataclass(frozen=True)
class ClipAgreement:
    event_f1: float
    pairs: list[LabelledPair]


def agreement_on(clip: Clip, annotations: Sequence[LabelledAnnotation]) -> ClipAgreement | None:
    """By the letters that the reviewer knows. None until it is computed of these texts."""
    letters = {annotation.uid: annotation.label for annotation in annotations}
    written: dict[int | None, str] = {
        version.pk: letters[version.annotation.uid]
        for version in submitted_versions(clip)
        if version.annotation.uid in letters
    }
    scores = AgreementScore.objects.filter(one_version__in=written, other_version__in=written)
    pairs = sorted(_labelled(scores, written), key=lambda pair: (pair.one, pair.other))
    return ClipAgreement(fmean(pair.event_f1 for pair in pairs), pairs) if pairs else None


def _labelled(
    scores: Iterable[AgreementScore], letters: Mapping[int | None, str]
) -> Iterable[LabelledPair]:
    for score in scores:
        one, other = sorted((letters[score.one_version_id], letters[score.other_version_id]))
        yield LabelledPair(one, other, score.event_f1, score.tem, score.word_distance)


def agreement_with_first(review: CrossValidation) -> AgreementScore | None:
    """Of what the second reviewer wrote blind. None until that is uncovered, and compared."""
    return AgreementScore.objects.filter(cross_validation=review).first()
