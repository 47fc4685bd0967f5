"""Model versions, their roles in a project, and how good their drafts were."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import ModelKind, RoleKind, TokenScope
from annotation.queries.draft_statistics import statistics_of
from annotation.queries.drafts import (
    endpoints_for,
    model_version_of,
    model_versions_of,
    roles_of,
)
from annotation.workflow.promoting import (
    give_role,
    register_hosted_model,
    register_own_model,
    roll_back,
)

from .actor import actor_of
from .endpoint import Body, Endpoint, read_body
from .pagination import PAGE_PARAMETERS, page_of, paged


class PromptRef(serializers.Serializer[Any]):
    uid = serializers.CharField()
    name = serializers.CharField()
    number = serializers.IntegerField()


class RoleNow(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=RoleKind.choices)
    share = serializers.FloatField(allow_null=True)


class TrainedBy(serializers.Serializer[Any]):
    uid = serializers.CharField()
    number = serializers.IntegerField()
    name = serializers.CharField()
    steps = serializers.IntegerField()


class ModelVersion(serializers.Serializer[Any]):
    uid = serializers.CharField()
    is_shipped = serializers.SerializerMethodField()
    kind = serializers.ChoiceField(choices=ModelKind.choices)
    name = serializers.CharField()
    endpoint = serializers.CharField()
    model = serializers.CharField()
    prompt = PromptRef(allow_null=True)
    structured_output = serializers.BooleanField()
    temperature = serializers.FloatField()
    max_output_tokens = serializers.IntegerField()
    base = serializers.CharField()
    adapter = serializers.CharField()
    training_run = TrainedBy(allow_null=True)
    # Null where the run came to its end.
    stopped_at_step = serializers.IntegerField(allow_null=True)
    # For a million tokens.
    input_price = serializers.DecimalField(max_digits=12, decimal_places=6)
    output_price = serializers.DecimalField(max_digits=12, decimal_places=6)
    registered_by = serializers.CharField(source="registered_by.name", default=None)
    created_at = serializers.DateTimeField()
    # In this project; null for one that has none.
    role = serializers.SerializerMethodField()

    def get_is_shipped(self, version: Any) -> bool:
        return version.project_id is None

    @extend_schema_field(RoleNow(allow_null=True))
    def get_role(self, version: Any) -> dict[str, Any] | None:
        return dict(RoleNow(version.role_here[0]).data) if version.role_here else None


class Price(serializers.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=12, decimal_places=6, min_value=Decimal(0), default=Decimal(0), **kwargs
        )


class HostedModelBody(Body):
    name = serializers.CharField(max_length=120)
    endpoint = serializers.CharField(max_length=64)
    model = serializers.CharField(max_length=200)
    prompt = serializers.CharField(max_length=32)
    structured_output = serializers.BooleanField(default=True)
    temperature = serializers.FloatField(min_value=0, max_value=2, default=0.2)
    max_output_tokens = serializers.IntegerField(min_value=100, max_value=16_000, default=1500)
    input_price = Price()
    output_price = Price()


class OwnModelBody(Body):
    name = serializers.CharField(max_length=120)
    base = serializers.CharField(max_length=255)
    adapter = serializers.CharField(max_length=255, allow_blank=True, default="")


class ModelVersionsView(Endpoint):
    @extend_schema(responses=page_of(ModelVersion), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, project_id: int) -> Response:
        versions = model_versions_of(project_id, actor_of(request))
        return paged(request, versions, "-id", serializer=ModelVersion)


class HostedModelsView(Endpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=HostedModelBody, responses={201: ModelVersion})
    def post(self, request: Request, project_id: int) -> Response:
        actor, body = actor_of(request), read_body(HostedModelBody, request)
        version = register_hosted_model(project_id=project_id, actor=actor, **body)
        return Response(shown(project_id, request, version.uid), status=201)


class OwnModelsView(Endpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=OwnModelBody, responses={201: ModelVersion})
    def post(self, request: Request, project_id: int) -> Response:
        actor, body = actor_of(request), read_body(OwnModelBody, request)
        version = register_own_model(project_id=project_id, actor=actor, **body)
        return Response(shown(project_id, request, version.uid), status=201)


def shown(project_id: int, request: Request, uid: str) -> dict[str, Any]:
    return dict(ModelVersion(model_version_of(project_id, actor_of(request), uid)).data)


class Endpoints(serializers.Serializer[Any]):
    names = serializers.ListField(child=serializers.CharField())


class DraftEndpointsView(Endpoint):
    @extend_schema(responses=Endpoints)
    def get(self, request: Request, project_id: int) -> Response:
        return Response({"names": endpoints_for(project_id, actor_of(request))})


class DraftRole(serializers.Serializer[Any]):
    version = serializers.CharField(source="version.uid")
    name = serializers.CharField(source="version.name")
    kind = serializers.ChoiceField(choices=ModelKind.choices)
    role = serializers.ChoiceField(choices=RoleKind.choices)
    share = serializers.FloatField(allow_null=True)
    reason = serializers.CharField()
    given_by = serializers.CharField(source="given_by.name", default=None)
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class RoleBody(Body):
    version = serializers.CharField(max_length=32)
    role = serializers.ChoiceField(choices=RoleKind.choices)
    share = serializers.FloatField(min_value=0, max_value=1, allow_null=True, default=None)
    reason = serializers.CharField(max_length=2000)


class DraftRolesView(Endpoint):
    write_scope = TokenScope.ML

    @extend_schema(responses=page_of(DraftRole), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, project_id: int) -> Response:
        roles = roles_of(project_id, actor_of(request))
        return paged(request, roles, "-id", serializer=DraftRole)

    @extend_schema(request=RoleBody, responses=DraftRole)
    def post(self, request: Request, project_id: int) -> Response:
        body = read_body(RoleBody, request)
        role = give_role(project_id=project_id, actor=actor_of(request), **body)
        return Response(DraftRole(role).data)


class RollBackBody(Body):
    kind = serializers.ChoiceField(choices=ModelKind.choices)
    reason = serializers.CharField(max_length=2000)


class DraftRollBackView(Endpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=RollBackBody, responses=DraftRole)
    def post(self, request: Request, project_id: int) -> Response:
        body = read_body(RollBackBody, request)
        role = roll_back(project_id=project_id, actor=actor_of(request), **body)
        return Response(DraftRole(role).data)


class DraftTotals(serializers.Serializer[Any]):
    """Rates are shares of 1, and null where nothing was counted yet."""

    drafts = serializers.IntegerField()
    ready = serializers.IntegerField()
    judged = serializers.IntegerField()
    survival = serializers.FloatField(allow_null=True)
    unchanged = serializers.FloatField(allow_null=True)
    edited = serializers.FloatField(allow_null=True)
    price = serializers.DecimalField(max_digits=14, decimal_places=6)
    seconds_median = serializers.FloatField(allow_null=True)
    seconds_p95 = serializers.FloatField(allow_null=True)


class DraftStatistics(serializers.Serializer[Any]):
    total = DraftTotals()
    failures = serializers.DictField(child=serializers.IntegerField())
    refused_reasons = serializers.DictField(child=serializers.IntegerField())
    by_source = serializers.DictField(child=DraftTotals())
    by_emotion = serializers.DictField(child=DraftTotals())


class ModelStatisticsView(Endpoint):
    @extend_schema(responses=DraftStatistics)
    def get(self, request: Request, project_id: int, model_uid: str) -> Response:
        statistics = statistics_of(project_id, actor_of(request), model_uid)
        return Response(DraftStatistics(statistics).data)
