from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import SourceKind, TokenScope
from annotation.queries.projects import sources_of
from annotation.workflow.sources import add_source, allow_outside

from .actor import actor_of
from .endpoint import Body, Endpoint, read_body
from .pagination import PAGE_PARAMETERS, page_of, paged


class Source(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=SourceKind.choices)
    licence = serializers.CharField()
    url = serializers.CharField()
    external_processing_allowed = serializers.BooleanField()
    clip_count = serializers.IntegerField()


class SourceBody(Body):
    name = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(choices=SourceKind.choices)
    licence = serializers.CharField(max_length=500)
    url = serializers.URLField(max_length=500, allow_blank=True, default="")
    external_processing_allowed = serializers.BooleanField(default=False)


class SourcesView(Endpoint):
    write_scope = TokenScope.ADMIN

    @extend_schema(responses=page_of(Source), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, project_id: int) -> Response:
        sources = sources_of(project_id, actor_of(request))
        return paged(request, sources, "id", serializer=Source)

    @extend_schema(request=SourceBody, responses={201: Source})
    def post(self, request: Request, project_id: int) -> Response:
        actor = actor_of(request)
        added = add_source(project_id=project_id, actor=actor, **read_body(SourceBody, request))
        source = sources_of(project_id, actor).get(pk=added.pk)
        return Response(Source(source).data, status=201)


class SourcePermission(Body):
    external_processing_allowed = serializers.BooleanField()


class SourceView(Endpoint):
    @extend_schema(request=SourcePermission, responses=Source)
    def patch(self, request: Request, project_id: int, source_id: int) -> Response:
        actor = actor_of(request)
        allow_outside(
            project_id=project_id,
            source_id=source_id,
            actor=actor,
            is_allowed=read_body(SourcePermission, request)["external_processing_allowed"],
        )
        return Response(Source(sources_of(project_id, actor).get(pk=source_id)).data)
