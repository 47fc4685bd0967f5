"""What freezing would make now, before anybody does."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import TokenScope
from annotation.queries.release_previews import preview_of
from annotation.workflow.releasing import plan_version

from .actor import actor_of
from .datasets import FreezeBody, SplitCounts, Targets
from .endpoint import HeavyEndpoint, read_body


class Stratum(serializers.Serializer[Any]):
    name = serializers.CharField()
    train = serializers.IntegerField()
    validation = serializers.IntegerField()
    test = serializers.IntegerField()


class HedgedCaption(serializers.Serializer[Any]):
    clip_id = serializers.IntegerField()
    clip_name = serializers.CharField()
    text = serializers.CharField()
    hedges = serializers.ListField(child=serializers.CharField())


class ReleaseWarning(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()


class ReleasePreview(serializers.Serializer[Any]):
    seed = serializers.IntegerField(help_text="Freezing with it makes these splits.")
    counts = SplitCounts()
    targets = Targets()
    locked = serializers.IntegerField(
        help_text="Clips in the test split because an earlier version locked them."
    )
    sources = Stratum(many=True)
    emotions = Stratum(many=True)
    hedged = HedgedCaption(many=True, help_text="The first of them; `counts` has their number.")
    warnings = ReleaseWarning(many=True)


class ReleasePreviewView(HeavyEndpoint):
    write_scope = TokenScope.EXPORT

    @extend_schema(request=FreezeBody, responses=ReleasePreview)
    def post(self, request: Request, project_id: int) -> Response:
        made = plan_version(
            project_id=project_id, actor=actor_of(request), **read_body(FreezeBody, request)
        )
        return Response(ReleasePreview(preview_of(made)).data)
