"""
Which texts of a clip are compared, and the scores that a worker finds (`annotation.pipeline`).

Scores are of texts as last handed in: a row goes when its text is replaced by another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import transaction
from django.db.models import Avg, Exists, F, OuterRef, Q, Subquery

from annotation.jobs import JobKind, enqueue
from annotation.models import (
    AgreementKind,
    AgreementScore,
    AnnotationVersion,
    Clip,
    ClipStage,
    CrossValidation,
    Job,
    VersionKind,
)

# Where all texts of a clip are handed in.
COMPARED = [ClipStage.CONSOLIDATING, ClipStage.CROSS_VALIDATING, ClipStage.APPROVED]
REVEALED = "cross_validation.revealed"


@dataclass(frozen=True)
class Pair:
    """Two people's documents. `texts` names the rows they stand in, by field of the score."""

    kind: AgreementKind
    one_id: int
    other_id: int
    documents: tuple[Any, Any]
    texts: Mapping[str, int]


@dataclass(frozen=True)
class PairScore:
    pair: Pair
    numbers: Mapping[str, float]


def ask_for_agreement(clip: Clip, after: str = "") -> Job | None:
    """Once for the same texts, and again after whatever is named. None where there is one text."""
    pairs = pairs_of(clip)
    if not pairs:
        return None
    texts = sorted(str(sorted(pair.texts.items())) for pair in pairs)
    digest = hashlib.sha256("".join([*texts, after]).encode()).hexdigest()
    return enqueue(
        JobKind.SCORE_AGREEMENT,
        key=f"agreement:{clip.uid}:{digest}",
        payload={"clip": clip.pk},
        project=clip.project,
        started_by=None,
    )


def pairs_of(clip: Clip) -> list[Pair]:
    """Every two annotators, and each blind reviewer with the first one."""
    versions = submitted_versions(clip)
    return [_of_annotators(*pair) for pair in combinations(versions, 2)] + _of_reviewers(clip)


def submitted_versions(clip: Clip) -> list[AnnotationVersion]:
    """What each holder of a place handed in last, be it back with them or not."""
    held = AnnotationVersion.objects.filter(
        kind=VersionKind.SUBMITTED,
        annotation__assignment__clip=clip,
        annotation__assignment__annotator=F("annotation__annotator"),
    )
    newest = held.order_by("annotation_id", "-pk").distinct("annotation_id")
    return list(newest.select_related("annotation"))


def _of_annotators(one: AnnotationVersion, other: AnnotationVersion) -> Pair:
    return Pair(
        AgreementKind.ANNOTATORS,
        one.annotation.annotator_id,
        other.annotation.annotator_id,
        (one.document, other.document),
        {"one_version_id": one.pk, "other_version_id": other.pk},
    )


def _of_reviewers(clip: Clip) -> list[Pair]:
    reviews = (
        CrossValidation.objects.filter(clip=clip, blind_document__isnull=False)
        .order_by("pk")
        .values_list(
            "pk", "consolidation__reviewer", "consolidation__document", "blind_document", named=True
        )
    )
    # A review may go on to another person later; who wrote blindly stands in the history. Rounds
    # follow each other, so both are in the same order.
    writers = clip.events.filter(kind=REVEALED).order_by("pk").values_list("actor_id", flat=True)
    return [
        Pair(
            AgreementKind.REVIEWERS,
            review.consolidation__reviewer,
            writer,
            (review.consolidation__document, review.blind_document),
            {"cross_validation_id": review.pk},
        )
        for review, writer in zip(reviews, writers, strict=True)
    ]


@transaction.atomic
def store_scores(*, clip_id: int, scores: Iterable[PairScore], metric_version: str) -> None:
    """Keeps only what is still of the texts as last handed in: they may have changed meanwhile."""
    clip = Clip.objects.select_for_update(of=("self",), no_key=True).get(pk=clip_id)
    current = [pair.texts for pair in pairs_of(clip)]
    for score in scores:
        if score.pair.texts not in current:
            continue
        AgreementScore.objects.update_or_create(
            **score.pair.texts,
            defaults={**score.numbers, "metric_version": metric_version},
            create_defaults={
                **score.numbers,
                "metric_version": metric_version,
                "clip": clip,
                "kind": score.pair.kind,
                "one_id": score.pair.one_id,
                "other_id": score.pair.other_id,
            },
        )
    kept = Q(pk__in=[])
    for texts in current:
        kept |= Q(**texts)
    AgreementScore.objects.filter(clip=clip).exclude(kept).delete()


def agreement_of_annotators(clip: OuterRef) -> Subquery:
    """The mean event F1 of every two of them; nothing before it was computed."""
    scores = AgreementScore.objects.filter(clip=clip, kind=AgreementKind.ANNOTATORS)
    return Subquery(scores.order_by().values("clip").annotate(mean=Avg("event_f1")).values("mean"))


def ask_for_outdated(metric_version: str) -> int:
    """Clips whose scores are missing or of another version. Answers how many were asked for."""
    scores = AgreementScore.objects.filter(clip=OuterRef("pk"))
    outdated = Exists(scores.exclude(metric_version=metric_version)) | ~Exists(scores)
    clips = Clip.objects.filter(outdated, stage__in=COMPARED).order_by("pk")
    asked = 0
    for clip_id in list(clips.values_list("pk", flat=True)):
        clip = Clip.objects.select_related("project").get(pk=clip_id)
        asked += ask_for_agreement(clip, after=metric_version) is not None
    return asked
