"""Evaluations: asking for one, how far it is, and its numbers clip by clip."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.importing.predictions import MOST_BYTES, read_predictions
from annotation.metric_versions import METRIC_VERSIONS
from annotation.models import Evaluation as EvaluationRow
from annotation.models import Split, SubjectKind, TokenScope
from annotation.queries import evaluations as queries
from annotation.queries.datasets import version_for
from annotation.workflow.evaluating import (
    EVALUATORS,
    Judging,
    dataset_version_for,
    evaluate_model,
    evaluate_uploaded,
    matched_with,
)

from .actor import actor_of
from .clip_rows import API
from .endpoint import Body, Endpoint, HeavyEndpoint, read_body
from .errors import RequestRefused
from .jobs import Job
from .pagination import PAGE_PARAMETERS, page_of, paged
from .parsing import ShallowJSONParser

METRICS = [*METRIC_VERSIONS]
SPLITS = [Split.VALIDATION.value, Split.TEST.value]


class Score(serializers.Serializer[Any]):
    """With a 95 % interval, and the means of the columns that the metric comes from."""

    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    clips = serializers.IntegerField()
    parts = serializers.DictField(child=serializers.FloatField())


class Slice(serializers.Serializer[Any]):
    """Some of the clips: `by` what they were chosen, and its value."""

    by = serializers.CharField()
    value = serializers.CharField()
    clips = serializers.IntegerField()
    scores = serializers.DictField(child=Score())


class Subject(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=SubjectKind.choices)
    name = serializers.CharField()
    model = serializers.CharField(source="model.uid", default=None, allow_null=True)


class JudgeRef(serializers.Serializer[Any]):
    uid = serializers.CharField()
    name = serializers.CharField()
    endpoint = serializers.CharField()
    model = serializers.CharField()


class Evaluation(serializers.Serializer[Any]):
    uid = serializers.CharField()
    # The same texts by another judge have the same.
    predictions = serializers.CharField(source="predictions.uid")
    subject = serializers.SerializerMethodField()
    version = serializers.CharField(source="predictions.version.uid")
    number = serializers.IntegerField(source="predictions.version.number")
    split = serializers.ChoiceField(choices=Split.choices, source="predictions.split")
    # Null: the offline judge.
    judge = JudgeRef(allow_null=True)
    judge_name = serializers.CharField()
    metrics = serializers.DictField(child=serializers.CharField())
    rewrites = serializers.BooleanField()
    # Counts from 1; the table shows the last that is done.
    edition = serializers.IntegerField()
    status = serializers.SerializerMethodField()
    job = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    created_by_name = serializers.CharField(source="created_by.name")
    done_at = serializers.DateTimeField(allow_null=True)
    set_digest = serializers.CharField()
    clips = serializers.IntegerField()
    unjudged = serializers.IntegerField()
    # Clips without a text, which are scored as empty.
    failed = serializers.IntegerField(allow_null=True)
    # Of the model at work on all clips, and what its calls cost.
    seconds = serializers.FloatField(allow_null=True)
    predicted_for = serializers.DecimalField(max_digits=14, decimal_places=6, allow_null=True)
    # What the judge's calls cost.
    price = serializers.DecimalField(max_digits=14, decimal_places=6)
    scores = serializers.DictField(child=Score())
    warnings = serializers.ListField(child=serializers.CharField())

    @extend_schema_field(Subject)
    def get_subject(self, row: EvaluationRow) -> dict[str, Any]:
        name = queries.name_of(row, with_people=self.context.get("with_people", False))
        return {**Subject(row.predictions).data, "name": name}

    @extend_schema_field(serializers.ChoiceField(choices=queries.STATUSES))
    def get_status(self, row: EvaluationRow) -> str:
        return queries.status_of(row)

    @extend_schema_field(Job(allow_null=True))
    def get_job(self, row: EvaluationRow) -> dict[str, Any] | None:
        job = queries.current_job(row)
        return None if job is None else dict(Job(job).data)


class EvaluationDetail(Evaluation):
    slices = Slice(many=True)


class JudgingBody(Body):
    split = serializers.ChoiceField(choices=SPLITS, default=Split.TEST.value)
    # A hosted model of the project; empty for the offline judge.
    judge = serializers.CharField(max_length=32, allow_blank=True, default="")
    metrics = serializers.ListField(
        child=serializers.ChoiceField(choices=METRICS),
        allow_empty=True,
        max_length=20,
        default=list,
    )
    rewrites = serializers.BooleanField(default=False)
    # A hosted judge also looks at the rows of chance and of people.
    judges_others = serializers.BooleanField(default=False)
    # Also what is done: the judge may have other rules than then.
    anew = serializers.BooleanField(default=False)


class ModelEvaluationBody(JudgingBody):
    model = serializers.CharField(max_length=32)


class UploadCheckBody(Body):
    split = serializers.ChoiceField(choices=SPLITS, default=Split.TEST.value)
    file = serializers.FileField(max_length=255, allow_empty_file=True)


class UploadedEvaluationBody(JudgingBody):
    name = serializers.CharField(max_length=200)
    file = serializers.FileField(max_length=255, allow_empty_file=True)
    common_only = serializers.BooleanField(default=False)


def judging_in(body: dict[str, Any]) -> Judging:
    names = ("judge", "metrics", "rewrites", "judges_others", "anew")
    return Judging(**{name: body[name] for name in names})


def shown(uid: str, request: Request) -> dict[str, Any]:
    row = queries.evaluation_for(uid, actor_of(request))
    return dict(EvaluationDetail(row, context=context_of(row, request)).data)


def context_of(row: EvaluationRow, request: Request) -> dict[str, Any]:
    project_id = row.predictions.version.project_id
    return {"with_people": queries.knows_people(project_id, actor_of(request))}


def started(row: EvaluationRow, request: Request) -> Response:
    headers = {"Location": f"{API}/evaluations/{row.uid}"}
    return Response(shown(row.uid, request), status=202, headers=headers)


class EvaluationsView(Endpoint):
    @extend_schema(responses=page_of(Evaluation), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, project_id: int) -> Response:
        actor = actor_of(request)
        rows = queries.evaluations_of(project_id, actor)
        context = {"with_people": queries.knows_people(project_id, actor)}
        return paged(request, rows, "-id", serializer=Evaluation, context=context)


class ModelEvaluationsView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=ModelEvaluationBody, responses={202: EvaluationDetail})
    def post(self, request: Request, version_uid: str) -> Response:
        body = read_body(ModelEvaluationBody, request)
        row = evaluate_model(
            version_uid=version_uid,
            actor=actor_of(request),
            split=body["split"],
            model=body["model"],
            judging=judging_in(body),
        )
        return started(row, request)


class UploadCheck(serializers.Serializer[Any]):
    """What an upload would be scored on. Missing clips and extra ids are named."""

    clips = serializers.IntegerField()
    empty = serializers.IntegerField()
    missing = serializers.ListField(child=serializers.CharField())
    extra = serializers.ListField(child=serializers.CharField())


class Uploading(HeavyEndpoint):
    write_scope = TokenScope.ML
    parser_classes = [ShallowJSONParser, MultiPartParser]

    def read(self, body: dict[str, Any]) -> dict[str, str]:
        if body["file"].size > MOST_BYTES:
            sentence = "A file of predictions has at most 20 MB. Leave out what is no caption."
            raise RequestRefused(413, "too_large", sentence)
        return read_predictions(body["file"].read())


class UploadCheckView(Uploading):
    @extend_schema(request={"multipart/form-data": UploadCheckBody}, responses=UploadCheck)
    def post(self, request: Request, version_uid: str) -> Response:
        version_for(version_uid, actor_of(request), *EVALUATORS)
        body = read_body(UploadCheckBody, request)
        version = dataset_version_for(version_uid, actor_of(request), body["split"])
        matched = matched_with(version, body["split"], self.read(body))
        found = {
            "clips": len(matched.texts),
            "empty": matched.empty,
            "missing": matched.missing,
            "extra": matched.extra,
        }
        return Response(UploadCheck(found).data)


class UploadedEvaluationsView(Uploading):
    @extend_schema(
        request={"multipart/form-data": UploadedEvaluationBody}, responses={202: EvaluationDetail}
    )
    def post(self, request: Request, version_uid: str) -> Response:
        version_for(version_uid, actor_of(request), *EVALUATORS)
        body = read_body(UploadedEvaluationBody, request)
        row = evaluate_uploaded(
            version_uid=version_uid,
            actor=actor_of(request),
            split=body["split"],
            name=body["name"],
            texts=self.read(body),
            common_only=body["common_only"],
            judging=judging_in(body),
        )
        return started(row, request)


class EvaluationView(Endpoint):
    @extend_schema(responses=EvaluationDetail)
    def get(self, request: Request, evaluation_uid: str) -> Response:
        return Response(shown(evaluation_uid, request))
