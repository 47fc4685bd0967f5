from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import Role
from annotation.queries.projects import projects_of
from annotation.workflow.membership import may_create_projects

from .actor import actor_of, project_limit
from .endpoint import Endpoint


class ProjectRef(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    uid = serializers.CharField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=Role.choices))


class Me(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.EmailField()
    can_create_projects = serializers.BooleanField()
    projects = ProjectRef(many=True)


class MeView(Endpoint):
    @extend_schema(responses=Me)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        projects = list(projects_of(actor, project_limit(request)).order_by("name", "id"))
        return Response(
            Me(
                {
                    "id": actor.pk,
                    "name": actor.name,
                    "email": actor.email,
                    "can_create_projects": may_create_projects(actor),
                    "projects": projects,
                }
            ).data
        )
