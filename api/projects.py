from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import DraftPolicy, Role, TokenScope
from annotation.queries.progress import progress_of
from annotation.queries.projects import project_of, projects_of
from annotation.workflow.membership import create_project, update_project

from .actor import actor_of, project_limit
from .endpoint import Body, Endpoint, read_body
from .pagination import PAGE_PARAMETERS, page_of, paged
from .versions import IF_MATCH, revision_of, tagged


class Settings(serializers.Serializer[Any]):
    annotators_per_clip = serializers.IntegerField(min_value=1, max_value=9)
    lease_minutes = serializers.IntegerField(min_value=1, max_value=24 * 60)
    draft_wait_minutes = serializers.IntegerField(min_value=0, max_value=24 * 60)
    draft_policy = serializers.ChoiceField(choices=DraftPolicy.choices)
    no_draft_share = serializers.FloatField(min_value=0, max_value=1)
    cross_validation_blind_share = serializers.FloatField(min_value=0, max_value=1)
    cross_validation_check_share = serializers.FloatField(min_value=0, max_value=1)
    return_cap = serializers.IntegerField(min_value=0, max_value=100)
    attributes_required = serializers.BooleanField()
    sound_allowed = serializers.BooleanField()
    external_processing_allowed = serializers.BooleanField()


class SettingsBody(Settings, Body):
    """Any of the settings."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class Project(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    uid = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=Role.choices))
    revision = serializers.IntegerField()
    settings = Settings(source="*")


class ProjectBody(Body):
    name = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=4000, allow_blank=True, default="")


class ProjectChangesBody(Body):
    name = serializers.CharField(max_length=120, required=False)
    description = serializers.CharField(max_length=4000, allow_blank=True, required=False)
    settings = SettingsBody(required=False)


class ProjectsView(Endpoint):
    write_scope = TokenScope.ADMIN

    @extend_schema(
        operation_id="projects_list", responses=page_of(Project), parameters=PAGE_PARAMETERS
    )
    def get(self, request: Request) -> Response:
        mine = projects_of(actor_of(request), project_limit(request))
        return paged(request, mine, "name", "id", serializer=Project)

    @extend_schema(request=ProjectBody, responses={201: Project})
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        created = create_project(actor=actor, **read_body(ProjectBody, request))
        project = project_of(created.pk, actor)
        return tagged(Project(project).data, project.revision, status=201)


class ProjectView(Endpoint):
    write_scope = TokenScope.ADMIN

    @extend_schema(responses=Project)
    def get(self, request: Request, project_id: int) -> Response:
        project = project_of(project_id, actor_of(request))
        return tagged(Project(project).data, project.revision)

    @extend_schema(request=ProjectChangesBody, responses=Project, parameters=[IF_MATCH])
    def patch(self, request: Request, project_id: int) -> Response:
        changes = read_body(ProjectChangesBody, request)
        settings = changes.pop("settings", {})
        actor = actor_of(request)
        update_project(
            project_id=project_id,
            actor=actor,
            revision=revision_of(request),
            changes={**changes, **settings},
        )
        return self.get(request, project_id)


class DayCount(serializers.Serializer[Any]):
    day = serializers.DateField()
    count = serializers.IntegerField()


class StuckClip(serializers.Serializer[Any]):
    clip_id = serializers.IntegerField()
    name = serializers.CharField()
    stage = serializers.CharField()
    since = serializers.DateTimeField()


class Progress(serializers.Serializer[Any]):
    stages = serializers.DictField(child=serializers.IntegerField())
    slots = serializers.DictField(child=serializers.IntegerField())
    approved_by_day = DayCount(many=True)
    stuck = StuckClip(many=True)


class ProgressView(Endpoint):
    @extend_schema(responses=Progress)
    def get(self, request: Request, project_id: int) -> Response:
        return Response(Progress(progress_of(project_id, actor_of(request))).data)
