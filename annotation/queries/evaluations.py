"""Evaluations and their clips, for those who build models, and leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from annotation.errors import InvalidInput, NotFound
from annotation.jobs import JobKind
from annotation.models import (
    ClipScore,
    ClipStage,
    DatasetEntry,
    Evaluation,
    Job,
    JobState,
    Prediction,
    Role,
    SubjectKind,
    User,
)
from annotation.workflow.access import project_for, require_role, roles_in
from annotation.workflow.evaluating import EVALUATORS

from .clips import drafts_of

STATUSES = ("predicting", "scoring", "done", "cancelled", "dead")
ORDERS = {"worst": "difference", "best": "-difference"}


def evaluations_of(project_id: int, actor: User) -> QuerySet[Evaluation]:
    """With `failed`, `seconds` and `predicted_for`: texts that failed, and what all took."""
    project_for(project_id, actor, *EVALUATORS)
    return _evaluations(actor, project_id)


def evaluation_for(uid: str, actor: User) -> Evaluation:
    found = Evaluation.objects.filter(uid=uid).select_related("predictions__version").first()
    if found is None:
        raise NotFound("There is no such evaluation.")
    project_id = found.predictions.version.project_id
    require_role(project_id, actor, *EVALUATORS)
    return _evaluations(actor, project_id).get(pk=found.pk)


def _evaluations(actor: User, project_id: int) -> QuerySet[Evaluation]:
    texts = Prediction.objects.filter(of=OuterRef("predictions")).order_by().values("of")
    rows = Evaluation.objects.filter(predictions__version__project_id=project_id)
    return rows.select_related(
        "predictions__version",
        "predictions__model",
        "predictions__person",
        "predictions__job",
        "judge",
        "job",
        "created_by",
    ).annotate(
        failed=Subquery(texts.annotate(n=Count("pk", filter=~Q(failure=""))).values("n")),
        seconds=Subquery(texts.annotate(n=Sum("seconds")).values("n")),
        predicted_for=Subquery(texts.annotate(n=Sum("price")).values("n")),
    )


def comparison_of(job_uid: str, actor: User) -> Job:
    """Of judges; its result is the answer."""
    job = Job.objects.filter(uid=job_uid, kind=JobKind.COMPARE_JUDGES).first()
    if job is None or job.project_id is None:
        raise NotFound("There is no such comparison.")
    require_role(job.project_id, actor, *EVALUATORS)
    return job


def knows_people(project_id: int, actor: User) -> bool:
    """Only leads are told which annotator a row is of."""
    return Role.LEAD in roles_in(project_id, actor)


def other_for(evaluation: Evaluation, uid: str, actor: User) -> Evaluation | None:
    """Another row of the same split."""
    if not uid:
        return None
    found = evaluation_for(uid, actor)
    ours, theirs = evaluation.predictions, found.predictions
    if (ours.version_id, ours.split) != (theirs.version_id, theirs.split):
        raise NotFound("The split has no such row to compare with.")
    return found


def name_of(evaluation: Evaluation, *, with_people: bool) -> str:
    predictions = evaluation.predictions
    is_named = with_people and predictions.kind == SubjectKind.ANNOTATOR
    name = predictions.person.name if is_named and predictions.person else predictions.name
    return f"{name}, rewritten" if evaluation.rewrites else name


def current_job(evaluation: Evaluation) -> Job | None:
    """Of the scores, or before them of the texts."""
    return evaluation.job or evaluation.predictions.job


def status_of(evaluation: Evaluation) -> str:
    if evaluation.done_at is not None:
        return "done"
    job = current_job(evaluation)
    if job is not None and job.state in (JobState.CANCELLED, JobState.DEAD):
        return str(job.state)
    return "predicting" if evaluation.job is None else "scoring"


def clip_scores_of(
    evaluation: Evaluation, metric: str, other: Evaluation | None
) -> QuerySet[ClipScore]:
    """
    Each with `value`, `other_value` and `difference`, which is the value where there is no other
    row. Clips without a number are left out, as are withdrawn ones.
    """
    if metric not in evaluation.metrics or (other and metric not in other.metrics):
        message = "Both evaluations must have this metric. Choose one that they have."
        error = {"field": "metric", "code": "not_possible", "message": message}
        raise InvalidInput(message, errors=[error])
    number = Cast(KT(f"values__{metric}"), FloatField())
    rows = ClipScore.objects.filter(evaluation=evaluation, **{f"values__{metric}__isnull": False})
    rows = rows.exclude(clip__stage=ClipStage.WITHDRAWN).annotate(value=number)
    if other is None:
        rows = rows.annotate(
            other_value=Value(None, output_field=FloatField()), difference=F("value")
        )
    else:
        theirs = ClipScore.objects.filter(
            evaluation=other, clip=OuterRef("clip"), **{f"values__{metric}__isnull": False}
        ).annotate(theirs=number)
        rows = rows.annotate(
            other_value=Subquery(theirs.values("theirs")), difference=F("value") - F("other_value")
        ).filter(other_value__isnull=False)
    return rows.select_related("clip")


@dataclass(frozen=True)
class Side:
    """What one row has for a clip."""

    evaluation: str
    name: str
    text: str
    failure: str
    error: str
    # What the judge read instead, where it rewrote the text.
    rewritten: str
    is_suspicious: bool
    unjudged: str
    values: dict[str, float]
    columns: dict[str, list[float]]
    alignment: dict[str, Any] | None
    # What it was held against, where that is not the caption of the dataset version.
    against: str


@dataclass(frozen=True)
class ClipView:
    clip_id: int
    clip_name: str
    reference: str
    sides: list[Side]


def clip_view(
    evaluation: Evaluation, other: Evaluation | None, clip_id: int, actor: User
) -> ClipView:
    entries = DatasetEntry.objects.filter(
        version=evaluation.predictions.version_id, clip=clip_id, split=evaluation.predictions.split
    )
    entry = entries.exclude(clip__stage=ClipStage.WITHDRAWN).select_related("clip").first()
    if entry is None:
        raise NotFound("The evaluation has no such clip.")
    # Who still works on the clip, reopened as it may be, sees no text beforehand.
    drafts_of(clip_id, actor)
    with_people = knows_people(evaluation.predictions.version.project_id, actor)
    rows = [row for row in (evaluation, other) if row is not None]
    sides = [_side(row, clip_id, with_people=with_people) for row in rows]
    return ClipView(clip_id, entry.clip.name, entry.text, [side for side in sides if side])


def _side(evaluation: Evaluation, clip_id: int, *, with_people: bool) -> Side | None:
    score = ClipScore.objects.filter(evaluation=evaluation, clip=clip_id).first()
    prediction = Prediction.objects.filter(of=evaluation.predictions_id, clip=clip_id).first()
    if score is None or prediction is None:
        return None
    return Side(
        evaluation=evaluation.uid,
        name=name_of(evaluation, with_people=with_people),
        text=prediction.text,
        failure=prediction.failure,
        error=prediction.error,
        rewritten=score.rewritten,
        is_suspicious=score.is_suspicious,
        unjudged=score.unjudged,
        values=score.values,
        columns=score.columns,
        alignment=score.alignment,
        against=prediction.against,
    )
