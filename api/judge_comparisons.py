"""How far the judges of a split say the same."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import Split, TokenScope
from annotation.queries.evaluations import comparison_of
from annotation.workflow.comparing_judges import ask_for_comparison

from .actor import actor_of
from .clip_rows import API
from .endpoint import Body, Endpoint, HeavyEndpoint, read_body
from .evaluations import SPLITS
from .jobs import Job


class Correlation(serializers.Serializer[Any]):
    """Null where there are fewer than three, or where one side is always the same."""

    count = serializers.IntegerField()
    pearson = serializers.FloatField(allow_null=True)
    spearman = serializers.FloatField(allow_null=True)
    # Of the order: 1 is the same, -1 the reversed one.
    tau = serializers.FloatField(allow_null=True)


class ComparedMetric(serializers.Serializer[Any]):
    metric = serializers.CharField()
    texts = Correlation()
    # Of the order in which the two put the rows of the table.
    rows = Correlation()


class ComparedEvents(serializers.Serializer[Any]):
    texts = serializers.IntegerField()
    f1 = serializers.FloatField(allow_null=True)
    one_each = serializers.FloatField(allow_null=True)
    other_each = serializers.FloatField(allow_null=True)


class ComparedRelations(serializers.Serializer[Any]):
    """Of the pairs of events that both judges took out."""

    count = serializers.IntegerField()
    equal = serializers.FloatField(allow_null=True)
    kappa = serializers.FloatField(allow_null=True)


class ComparedPair(serializers.Serializer[Any]):
    """`one` and `other` are positions in the list of judges."""

    one = serializers.IntegerField()
    other = serializers.IntegerField()
    metrics = ComparedMetric(many=True)
    events = ComparedEvents()
    relations = ComparedRelations()


class BesidePeople(serializers.Serializer[Any]):
    """
    Of one judge: its TEM of annotations beside reviewers' verdicts on them, and of second
    reviewers beside whether they agreed.
    """

    verdicts = Correlation()
    outcomes = Correlation()


class ComparisonResult(serializers.Serializer[Any]):
    judges = serializers.ListField(child=serializers.CharField())
    pairs = ComparedPair(many=True)
    people = BesidePeople(many=True)


class JudgeComparison(serializers.Serializer[Any]):
    """The result is null until the job is done."""

    job = Job(source="*")
    result = serializers.SerializerMethodField()

    @extend_schema_field(ComparisonResult(allow_null=True))
    def get_result(self, job: Any) -> dict[str, Any] | None:
        return dict(ComparisonResult(job.result).data) if job.result else None


class ComparisonBody(Body):
    split = serializers.ChoiceField(choices=SPLITS, default=Split.TEST.value)


class JudgeComparisonsView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=ComparisonBody, responses={202: JudgeComparison})
    def post(self, request: Request, version_uid: str) -> Response:
        body = read_body(ComparisonBody, request)
        job = ask_for_comparison(version_uid=version_uid, actor=actor_of(request), **body)
        location = {"Location": f"{API}/judge-comparisons/{job.uid}"}
        return Response(JudgeComparison(job).data, status=202, headers=location)


class JudgeComparisonView(Endpoint):
    @extend_schema(responses=JudgeComparison)
    def get(self, request: Request, job_uid: str) -> Response:
        return Response(JudgeComparison(comparison_of(job_uid, actor_of(request))).data)
