"""Tables of evaluations, to look at and to take along."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.exporting.tables import FORMS
from annotation.models import Split, SubjectKind
from annotation.queries.leaderboard import Leaderboard, leaderboard_of, tables_of

from .actor import actor_of
from .endpoint import Endpoint
from .errors import RequestRefused
from .evaluations import JudgeRef, Score
from .pagination import page_of, whole


class Table(serializers.Serializer[Any]):
    version = serializers.CharField()
    number = serializers.IntegerField()
    split = serializers.ChoiceField(choices=Split.choices)
    # Null: the offline judge.
    judge = serializers.CharField(allow_null=True)
    judge_name = serializers.CharField()
    done = serializers.IntegerField()
    under_way = serializers.IntegerField()


class LeaderboardsView(Endpoint):
    @extend_schema(responses=page_of(Table))
    def get(self, request: Request, project_id: int) -> Response:
        return whole(tables_of(project_id, actor_of(request)), Table)


class ScoreDifference(serializers.Serializer[Any]):
    """Of the row over the one chosen, with a 95 % interval and the two-sided sign test's p."""

    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    wins = serializers.IntegerField()
    losses = serializers.IntegerField()
    ties = serializers.IntegerField()
    p = serializers.FloatField()


class LeaderboardRow(serializers.Serializer[Any]):
    evaluation = serializers.CharField(source="evaluation.uid")
    kind = serializers.ChoiceField(
        choices=SubjectKind.choices, source="evaluation.predictions.kind"
    )
    name = serializers.CharField()
    model = serializers.CharField(
        source="evaluation.predictions.model.uid", default=None, allow_null=True
    )
    rewrites = serializers.BooleanField(source="evaluation.rewrites")
    clips = serializers.IntegerField(source="evaluation.clips")
    unjudged = serializers.IntegerField(source="evaluation.unjudged")
    failed = serializers.IntegerField(source="evaluation.failed", allow_null=True)
    seconds = serializers.FloatField(source="evaluation.seconds", allow_null=True)
    predicted_for = serializers.DecimalField(
        max_digits=14, decimal_places=6, source="evaluation.predicted_for", allow_null=True
    )
    set_digest = serializers.CharField(source="evaluation.set_digest")
    # False where clips or references are not those of most rows.
    is_same_set = serializers.BooleanField()
    scores = serializers.DictField(child=Score(), source="evaluation.scores")
    # By metric, over the row that was chosen; empty for that row and where none was.
    differences = serializers.DictField(child=ScoreDifference())


class PublishedRow(serializers.Serializer[Any]):
    table = serializers.CharField()
    model = serializers.CharField()
    scores = serializers.DictField(child=serializers.FloatField())


class LeaderboardAnswer(serializers.Serializer[Any]):
    version = serializers.CharField(source="version.uid")
    number = serializers.IntegerField(source="version.number")
    split = serializers.ChoiceField(choices=Split.choices)
    judge = JudgeRef(allow_null=True)
    # What judged, as it calls itself; empty while nothing is done.
    judge_name = serializers.CharField()
    metrics = serializers.ListField(child=serializers.CharField())
    set_digest = serializers.CharField()
    clips = serializers.IntegerField()
    rows = LeaderboardRow(many=True)
    published = PublishedRow(many=True)
    published_note = serializers.CharField()
    warnings = serializers.ListField(child=serializers.CharField())


class LeaderboardAsked(serializers.Serializer[Any]):
    split = serializers.ChoiceField(choices=Split.choices, default=Split.TEST.value)
    judge = serializers.CharField(max_length=32, allow_blank=True, default="")
    against = serializers.CharField(max_length=32, allow_blank=True, default="")


LEADERBOARD_PARAMETERS = [
    OpenApiParameter("split", enum=Split.values),
    OpenApiParameter("judge", str, description="A hosted model; the offline judge if not given."),
    OpenApiParameter("against", str, description="The evaluation that rows are compared with."),
]


def asked_for(request: Request, version_uid: str) -> Leaderboard:
    asked = LeaderboardAsked(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return leaderboard_of(version_uid=version_uid, actor=actor_of(request), **asked.validated_data)


class LeaderboardView(Endpoint):
    @extend_schema(responses=LeaderboardAnswer, parameters=LEADERBOARD_PARAMETERS)
    def get(self, request: Request, version_uid: str) -> Response:
        return Response(LeaderboardAnswer(asked_for(request, version_uid)).data)


class LeaderboardFileView(Endpoint):
    @extend_schema(
        operation_id="dataset_versions_leaderboard_download",
        parameters=[
            *LEADERBOARD_PARAMETERS,
            OpenApiParameter("form", enum=[*FORMS], location=OpenApiParameter.PATH),
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, version_uid: str, form: str) -> HttpResponse:
        if form not in FORMS:
            raise RequestRefused(404, "not_found", f"Choose one of {', '.join(FORMS)}.")
        table, chosen = asked_for(request, version_uid), FORMS[form]
        response = HttpResponse(chosen.write(table), content_type=chosen.content_type)
        name = f"leaderboard-version-{table.version.number}-{table.split}.{chosen.suffix}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
