"""Instruction templates: the sets that exports draw from, and the candidates for the next."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import TemplateChoice, TemplateOrigin, TokenScope
from annotation.queries import datasets, templates
from annotation.workflow.templates import (
    MOST_CANDIDATES,
    add_candidates,
    ask_for_comparison,
    ask_for_templates,
    choose_candidate,
    make_set,
    remove_candidate,
)

from .actor import actor_of
from .clip_rows import API
from .endpoint import Body, Endpoint, HeavyEndpoint, read_body
from .jobs import Job
from .pagination import PAGE_PARAMETERS, page_of, paged, whole
from .permissions import require_within


class InstructionSet(serializers.Serializer[Any]):
    uid = serializers.CharField()
    # Without a project: it ships with the product.
    is_shipped = serializers.SerializerMethodField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    templates = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()

    def get_is_shipped(self, row: Any) -> bool:
        return row.project_id is None


class OfProject(serializers.Serializer[Any]):
    project = serializers.IntegerField()


class InstructionSetsView(Endpoint):
    @extend_schema(
        responses=page_of(InstructionSet),
        parameters=[*PAGE_PARAMETERS, OpenApiParameter("project", int, required=True)],
    )
    def get(self, request: Request) -> Response:
        asked = OfProject(data=request.query_params)
        asked.is_valid(raise_exception=True)
        project_id = asked.validated_data["project"]
        require_within(request, project_id)
        sets = datasets.instruction_sets_for(project_id, actor_of(request))
        return paged(request, sets, "id", serializer=InstructionSet)


class SetBody(Body):
    name = serializers.CharField(max_length=120)


class ProjectInstructionSetsView(Endpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=SetBody, responses={201: InstructionSet})
    def post(self, request: Request, project_id: int) -> Response:
        made = make_set(
            project_id=project_id, actor=actor_of(request), **read_body(SetBody, request)
        )
        return Response(InstructionSet(made).data, status=201)


class TemplateLikeness(serializers.Serializer[Any]):
    uid = serializers.CharField()
    text = serializers.CharField()
    likeness = serializers.FloatField()
    is_near = serializers.BooleanField()


class TemplateCandidate(serializers.Serializer[Any]):
    uid = serializers.CharField()
    text = serializers.CharField()
    origin = serializers.ChoiceField(choices=TemplateOrigin.choices)
    choice = serializers.ChoiceField(choices=TemplateChoice.choices)
    by_letters = TemplateLikeness(allow_null=True, default=None)
    by_meaning = TemplateLikeness(allow_null=True, default=None)


class TemplatesBody(Body):
    # Length and emptiness are told by line, further in.
    texts = serializers.ListField(
        child=serializers.CharField(max_length=20_000, allow_blank=True),
        allow_empty=False,
        max_length=MOST_CANDIDATES,
    )
    origin = serializers.ChoiceField(choices=["typed", "imported"], default="typed")


class TemplatesAdded(serializers.Serializer[Any]):
    added = serializers.IntegerField()
    known = serializers.IntegerField(help_text="So many were there already.")


class TemplateCandidatesView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(responses=page_of(TemplateCandidate))
    def get(self, request: Request, project_id: int) -> Response:
        return whole(templates.candidates_of(project_id, actor_of(request)), TemplateCandidate)

    @extend_schema(request=TemplatesBody, responses={201: TemplatesAdded})
    def post(self, request: Request, project_id: int) -> Response:
        body = read_body(TemplatesBody, request)
        added = add_candidates(project_id=project_id, actor=actor_of(request), **body)
        told = {"added": len(added.candidates), "known": added.known}
        return Response(TemplatesAdded(told).data, status=201)


class ChoiceBody(Body):
    choice = serializers.ChoiceField(choices=TemplateChoice.choices)


class TemplateCandidateView(Endpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=ChoiceBody, responses=TemplateCandidate)
    def patch(self, request: Request, candidate_uid: str) -> Response:
        body = read_body(ChoiceBody, request)
        found = choose_candidate(uid=candidate_uid, actor=actor_of(request), **body)
        return Response(TemplateCandidate(found).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, candidate_uid: str) -> Response:
        remove_candidate(uid=candidate_uid, actor=actor_of(request))
        return Response(status=204)


class WriteTemplatesBody(Body):
    # A hosted model: where the request is sent, and at which prices.
    version = serializers.CharField(max_length=32)
    count = serializers.IntegerField(min_value=1, max_value=200, default=100)


class TemplateWritingView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=WriteTemplatesBody, responses={202: Job})
    def post(self, request: Request, project_id: int) -> Response:
        body = read_body(WriteTemplatesBody, request)
        return _started(ask_for_templates(project_id=project_id, actor=actor_of(request), **body))


class TemplateComparisonView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=None, responses={202: Job})
    def post(self, request: Request, project_id: int) -> Response:
        return _started(ask_for_comparison(project_id=project_id, actor=actor_of(request)))


def _started(job: Any) -> Response:
    return Response(Job(job).data, status=202, headers={"Location": f"{API}/jobs/{job.uid}"})
