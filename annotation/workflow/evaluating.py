"""Asking for an evaluation: whose texts, on which clips, by which judge."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotation.errors import InvalidInput, NotFound, TransitionRefused
from annotation.importing.predictions import Matched, match_predictions
from annotation.jobs import JobKind, enqueue
from annotation.metric_versions import (
    METRIC_VERSIONS,
    SCORE_METRICS,
    USUAL_METRICS,
    WORD_METRICS,
)
from annotation.models import (
    DatasetVersion,
    Evaluation,
    ModelKind,
    ModelVersion,
    Prediction,
    PredictionSet,
    Role,
    Split,
    SubjectKind,
    User,
)

from .access import require_role
from .beside import subjects_beside
from .evaluated_clips import evaluated_entries, require_sendable
from .promoting import version_in
from .recording import record_in_project

EVALUATORS = (Role.ML, Role.LEAD)
# With the growing wait between them, these outlast a server that is down for an hour.
ATTEMPTS = 9
PREDICTING = {
    ModelKind.OPENAI: JobKind.PREDICT,
    ModelKind.SIGNALS: JobKind.PREDICT_BY_RULES,
    ModelKind.FACETRACK_MM: JobKind.PREDICT_ON_DEVICE,
}


@dataclass(frozen=True)
class Judging:
    """
    By whom and how texts are scored. Without a judge the offline one does. `judges_others`: a
    hosted judge also looks at the rows of chance and of people, which multiplies what it costs.
    `anew`: what is done is scored once more, as when the judge has other rules now.
    """

    judge: str = ""
    metrics: Sequence[str] = ()
    rewrites: bool = False
    judges_others: bool = False
    anew: bool = False


@transaction.atomic
def evaluate_model(
    *, version_uid: str, actor: User, split: str, model: str, judging: Judging
) -> Evaluation:
    """Its texts are made first, unless they were for another judge. The same again is answered."""
    version = dataset_version_for(version_uid, actor, split)
    found = version_in(version.project_id, model)
    if found.kind == ModelKind.OPENAI:
        require_sendable(version, split, found)
    predictions, _ = PredictionSet.objects.get_or_create(
        version=version,
        split=split,
        kind=SubjectKind.MODEL,
        subject=found.uid,
        defaults={"name": found.name, "model": found, "created_by": actor},
    )
    return _begin(predictions, actor, judging)


@transaction.atomic
def evaluate_uploaded(
    *,
    version_uid: str,
    actor: User,
    split: str,
    name: str,
    texts: Mapping[str, str],
    common_only: bool,
    judging: Judging,
) -> Evaluation:
    """Equal texts are one subject, whatever they are called."""
    version = dataset_version_for(version_uid, actor, split)
    matched = matched_with(version, split, texts)
    if not common_only:
        matched.require_whole()
    predictions, is_new = PredictionSet.objects.get_or_create(
        version=version,
        split=split,
        kind=SubjectKind.UPLOADED,
        subject=_hash_of(matched.texts),
        defaults={"name": name, "created_by": actor},
    )
    if is_new:
        Prediction.objects.bulk_create(
            Prediction(of=predictions, clip_id=clip, text=text)
            for clip, text in matched.texts.items()
        )
        predictions.whole_at = timezone.now()
        predictions.save(update_fields=["whole_at"])
    return _begin(predictions, actor, judging)


def matched_with(version: DatasetVersion, split: str, texts: Mapping[str, str]) -> Matched:
    clips = evaluated_entries(version, split).values_list("clip_id", "clip__uid", "clip__name")
    return match_predictions(texts, clips)


def _hash_of(texts: Mapping[int, str]) -> str:
    return hashlib.sha256(json.dumps(sorted(texts.items())).encode()).hexdigest()


def dataset_version_for(version_uid: str, actor: User, split: str) -> DatasetVersion:
    version = DatasetVersion.objects.select_related("project").filter(uid=version_uid).first()
    if version is None:
        raise NotFound("There is no such dataset version.")
    require_role(version.project_id, actor, *EVALUATORS)
    if split == Split.TRAIN:
        raise _wrong("split", "Models learn from the train split. Choose validation or test.")
    if not evaluated_entries(version, split).exists():
        raise TransitionRefused(
            f"The {split} split of this version has no clips. Choose another split, or freeze a "
            "version with a larger share of it."
        )
    return version


def _begin(predictions: PredictionSet, actor: User, judging: Judging) -> Evaluation:
    judge = _judge_for(predictions, judging.judge)
    metrics = _checked(judging, judge)
    wanted = Wanted(judge, metrics, judging.rewrites, judging.anew)
    is_new, evaluation = _evaluation(predictions, actor, wanted)
    others = metrics if judge is None or judging.judges_others else _words(metrics)
    for beside in subjects_beside(predictions, actor) if others else []:
        _evaluation(beside, actor, Wanted(judge, others, rewrites=False, anew=judging.anew))
    if is_new:
        record_in_project(
            "evaluation.started",
            project=predictions.version.project,
            actor=actor,
            evaluation=evaluation.uid,
            version=predictions.version.number,
            split=predictions.split,
            subject=predictions.subject,
            judge=judge.uid if judge else "",
        )
    return evaluation


def _judge_for(predictions: PredictionSet, uid: str) -> ModelVersion | None:
    if not uid:
        return None
    judge = version_in(predictions.version.project_id, uid)
    if judge.kind != ModelKind.OPENAI:
        raise _wrong("judge", "Only hosted models judge. Choose one, or the offline judge.")
    require_sendable(predictions.version, predictions.split, judge)
    return judge


def _checked(judging: Judging, judge: ModelVersion | None) -> list[str]:
    metrics = [name for name in METRIC_VERSIONS if name in (judging.metrics or USUAL_METRICS)]
    if set(judging.metrics) - METRIC_VERSIONS.keys():
        raise _wrong("metrics", f"Choose some of {', '.join(METRIC_VERSIONS)}.")
    if judge is None and not SCORE_METRICS.keys().isdisjoint(metrics):
        raise _wrong("metrics", "Only a language model gives these scores. Choose one as judge.")
    if judge is None and judging.rewrites:
        raise _wrong("rewrites", "Only a language model rewrites. Choose one as judge.")
    return metrics


def _words(metrics: Sequence[str]) -> list[str]:
    return [name for name in metrics if name in WORD_METRICS]


@dataclass(frozen=True)
class Wanted:
    """One row: a judge that was found, and metrics that go together with it."""

    judge: ModelVersion | None
    metrics: Sequence[str]
    rewrites: bool
    anew: bool


def _evaluation(predictions: PredictionSet, actor: User, wanted: Wanted) -> tuple[bool, Evaluation]:
    # Locked, so that texts that become whole in this moment find what is asked of them.
    predictions = PredictionSet.objects.select_for_update(of=("self",)).get(pk=predictions.pk)
    alike: dict[str, Any] = {
        "predictions": predictions,
        "judge": wanted.judge,
        "metrics": {name: METRIC_VERSIONS[name] for name in wanted.metrics},
        "rewrites": wanted.rewrites,
    }
    evaluation = Evaluation.objects.filter(**alike).order_by("-edition").first()
    is_new = evaluation is None or (wanted.anew and evaluation.done_at is not None)
    if evaluation is None or is_new:
        edition = evaluation.edition + 1 if evaluation else 1
        evaluation = Evaluation.objects.create(**alike, edition=edition, created_by=actor)
    if evaluation.done_at is None:
        ask_for_texts_or_scores(predictions, evaluation, actor)
    return is_new, evaluation


def ask_for_texts_or_scores(
    predictions: PredictionSet, evaluation: Evaluation, actor: User
) -> None:
    """Of a locked set. What waits or runs is not asked twice; what was given up is, again."""
    if predictions.kind != SubjectKind.MODEL or predictions.whole_at is not None:
        _ask_for_scores(evaluation, actor)
        return
    model = predictions.model
    if model is None:
        raise ValueError("the set of a model names it; the database holds that")
    predictions.job = enqueue(
        PREDICTING[ModelKind(model.kind)],
        key=f"predict:{predictions.uid}",
        payload={"predictions": predictions.pk},
        project=predictions.version.project,
        started_by=actor,
        max_attempts=ATTEMPTS,
    )
    predictions.save(update_fields=["job"])


def _ask_for_scores(evaluation: Evaluation, actor: User) -> None:
    evaluation.job = enqueue(
        JobKind.SCORE if evaluation.judge_id is None else JobKind.JUDGE,
        key=f"score:{evaluation.uid}",
        payload={"evaluation": evaluation.pk},
        project=evaluation.predictions.version.project,
        started_by=actor,
        max_attempts=ATTEMPTS,
    )
    evaluation.save(update_fields=["job"])


def end_predictions(predictions_id: int) -> None:
    """Every clip has its text or its reason: now it is scored. Call it in a transaction."""
    predictions = PredictionSet.objects.select_for_update(of=("self",)).get(pk=predictions_id)
    if predictions.whole_at is not None:
        return
    predictions.whole_at = timezone.now()
    predictions.save(update_fields=["whole_at"])
    for evaluation in predictions.evaluations.filter(done_at__isnull=True).order_by("pk"):
        _ask_for_scores(evaluation, evaluation.created_by)


def _wrong(field: str, message: str) -> InvalidInput:
    errors: list[dict[str, Any]] = [{"field": field, "code": "not_possible", "message": message}]
    return InvalidInput(message, errors=errors)
