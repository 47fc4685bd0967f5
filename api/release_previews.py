"""What freezing would make now, before anybody does."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from annotation.models import TokenScope
from annotation.queries.release_hedges import hedged_captions
from annotation.queries.release_previews import preview_of
from annotation.workflow.releasing import plan_version

from .actor import actor_of
from .datasets import FreezeBody, SplitCounts, Targets
from .endpoint import HeavyEndpoint, read_body
from .pagination import PAGE_PARAMETERS, Pages, page_of


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
    warnings = ReleaseWarning(many=True)


class ReleasePreviewView(HeavyEndpoint):
    write_scope = TokenScope.EXPORT

    @extend_schema(request=FreezeBody, responses=ReleasePreview)
    def post(self, request: Request, project_id: int) -> Response:
        made = plan_version(
            project_id=project_id, actor=actor_of(request), **read_body(FreezeBody, request)
        )
        return Response(ReleasePreview(preview_of(made)).data)


class PageQuery(serializers.Serializer[Any]):
    """The cursor is the number of the clip after which the page begins."""

    cursor = serializers.IntegerField(min_value=0, default=0)
    page_size = serializers.IntegerField(
        min_value=1, max_value=Pages.max_page_size, default=Pages.page_size
    )


# A list of what is stored nowhere, so it cannot be paged as rows are.
class HedgedCaptionsView(HeavyEndpoint):
    write_scope = TokenScope.EXPORT

    @extend_schema(request=FreezeBody, responses=page_of(HedgedCaption), parameters=PAGE_PARAMETERS)
    def post(self, request: Request, project_id: int) -> Response:
        query = PageQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        after, size = query.validated_data["cursor"], query.validated_data["page_size"]
        found = hedged_captions(
            project_id=project_id,
            actor=actor_of(request),
            after=after,
            most=size + 1,
            **read_body(FreezeBody, request),
        )
        page, has_more = found[:size], len(found) > size
        return Response(
            {
                "results": HedgedCaption(page, many=True).data,
                "next": _beginning_after(page[-1].clip_id, request) if has_more else None,
                "previous": None,
            }
        )


def _beginning_after(clip_id: int, request: Request) -> str:
    return replace_query_param(request.build_absolute_uri(), "cursor", clip_id)
