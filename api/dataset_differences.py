"""One dataset version against another, clip by clip."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import Split, TokenScope
from annotation.queries.dataset_differences import CHANGES, Differences

from .actor import actor_of
from .endpoint import Endpoint
from .pagination import PAGE_PARAMETERS, paged


class Asked(serializers.Serializer[Any]):
    against = serializers.CharField(max_length=64)
    change = serializers.ChoiceField(choices=[*CHANGES], default="edited")


class Compared(serializers.Serializer[Any]):
    uid = serializers.CharField()
    number = serializers.IntegerField()


class DifferenceCounts(serializers.Serializer[Any]):
    added = serializers.IntegerField()
    removed = serializers.IntegerField()
    edited = serializers.IntegerField()
    moved = serializers.IntegerField()


class ChangedClip(serializers.Serializer[Any]):
    clip_id = serializers.IntegerField(source="id")
    clip_name = serializers.CharField(source="name")
    text_before = serializers.CharField(allow_null=True)
    text_after = serializers.CharField(allow_null=True)
    split_before = serializers.ChoiceField(choices=Split.choices, allow_null=True)
    split_after = serializers.ChoiceField(choices=Split.choices, allow_null=True)


DIFFERENCES = inline_serializer(
    "DatasetDifferences",
    {
        "against": Compared(),
        "counts": DifferenceCounts(),
        "results": ChangedClip(many=True),
        "next": serializers.CharField(allow_null=True),
        "previous": serializers.CharField(allow_null=True),
    },
)


class DatasetDiffView(Endpoint):
    read_scope = TokenScope.EXPORT

    @extend_schema(
        responses=DIFFERENCES,
        parameters=[
            *PAGE_PARAMETERS,
            OpenApiParameter("against", str, required=True, description="The uid of a version."),
            OpenApiParameter("change", str, enum=[*CHANGES], description="`edited` if not given."),
        ],
    )
    def get(self, request: Request, version_uid: str) -> Response:
        asked = Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = Differences(version_uid, asked.validated_data["against"], actor_of(request))
        clips = found.clips(asked.validated_data["change"])
        response = paged(request, clips, "id", serializer=ChangedClip)
        response.data["against"] = Compared(found.against).data
        response.data["counts"] = found.counts()
        return response
