"""An evaluation clip by clip: how it differs from another, and the events behind it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.queries import evaluations as queries

from .actor import actor_of
from .endpoint import Endpoint
from .evaluations import METRICS
from .pagination import PAGE_PARAMETERS, page_of, paged


class ClipDifference(serializers.Serializer[Any]):
    clip_id = serializers.IntegerField()
    clip_name = serializers.CharField(source="clip.name")
    value = serializers.FloatField()
    # Of the other row; null where none was named, and then the difference is the value.
    other_value = serializers.FloatField(allow_null=True)
    difference = serializers.FloatField()


class Compared(serializers.Serializer[Any]):
    against = serializers.CharField(max_length=32, allow_blank=True, default="")


class ClipsAsked(Compared):
    metric = serializers.ChoiceField(choices=METRICS)
    order = serializers.ChoiceField(choices=[*queries.ORDERS], default="worst")


AGAINST = OpenApiParameter("against", str, description="Another evaluation of the same split.")


class EvaluationClipsView(Endpoint):
    @extend_schema(
        responses=page_of(ClipDifference),
        parameters=[
            *PAGE_PARAMETERS,
            AGAINST,
            OpenApiParameter("metric", enum=METRICS, required=True),
            OpenApiParameter("order", enum=[*queries.ORDERS]),
        ],
    )
    def get(self, request: Request, evaluation_uid: str) -> Response:
        asked = ClipsAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        actor, wanted = actor_of(request), asked.validated_data
        row = queries.evaluation_for(evaluation_uid, actor)
        other = queries.other_for(row, wanted["against"], actor)
        rows = queries.clip_scores_of(row, wanted["metric"], other)
        order = queries.ORDERS[wanted["order"]]
        return paged(request, rows, order, "pk", serializer=ClipDifference)


class AlignedEvent(serializers.Serializer[Any]):
    """
    Of the reference: matched, out_of_order, told (by the whole text), contradicted or missed. Of
    a prediction: invented instead of missed.
    """

    text = serializers.CharField()
    state = serializers.ChoiceField(
        choices=["matched", "out_of_order", "told", "contradicted", "missed", "invented"]
    )


class AlignedPair(serializers.Serializer[Any]):
    """Positions in the two lists."""

    reference = serializers.IntegerField()
    prediction = serializers.IntegerField()
    state = serializers.ChoiceField(choices=["matched", "out_of_order", "opposite"])


class Alignment(serializers.Serializer[Any]):
    reference = AlignedEvent(many=True)
    prediction = AlignedEvent(many=True)
    pairs = AlignedPair(many=True)


class Side(serializers.Serializer[Any]):
    """What one row has for the clip; the first is the evaluation's own."""

    evaluation = serializers.CharField()
    name = serializers.CharField()
    text = serializers.CharField()
    failure = serializers.CharField()
    error = serializers.CharField()
    rewritten = serializers.CharField()
    is_suspicious = serializers.BooleanField()
    unjudged = serializers.CharField()
    values = serializers.DictField(child=serializers.FloatField())
    columns = serializers.DictField(child=serializers.ListField(child=serializers.FloatField()))
    alignment = Alignment(allow_null=True)
    against = serializers.CharField()


class EvaluatedClip(serializers.Serializer[Any]):
    clip_id = serializers.IntegerField()
    clip_name = serializers.CharField()
    reference = serializers.CharField()
    sides = Side(many=True)


class EvaluationClipView(Endpoint):
    @extend_schema(
        operation_id="evaluations_clip_retrieve", responses=EvaluatedClip, parameters=[AGAINST]
    )
    def get(self, request: Request, evaluation_uid: str, clip_id: int) -> Response:
        asked = Compared(data=request.query_params)
        asked.is_valid(raise_exception=True)
        actor = actor_of(request)
        row = queries.evaluation_for(evaluation_uid, actor)
        other = queries.other_for(row, asked.validated_data["against"], actor)
        return Response(EvaluatedClip(queries.clip_view(row, other, clip_id, actor)).data)
