"""Which clips are taken: quotas, groups that no split parts, and what is cut off a picture."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import TokenScope
from annotation.queries.screening import groups_of
from annotation.workflow.cropping import start_crop
from annotation.workflow.grouping import start_grouping
from annotation.workflow.sampling import Wanted, draw_sample, plan_of, set_plan

from .actor import actor_of
from .clip_rows import API
from .endpoint import Body, Endpoint, HeavyEndpoint, read_body
from .jobs import Job
from .work import NothingBody

MOST_QUOTAS = 1000


class Quota(serializers.Serializer[Any]):
    source = serializers.IntegerField(source="source_id")  # type: ignore[assignment]
    emotion = serializers.CharField()
    wanted = serializers.IntegerField()
    # In work or done, and those that passed the screening and can be drawn.
    taken = serializers.IntegerField()
    waiting = serializers.IntegerField()


class SamplingPlan(serializers.Serializer[Any]):
    quotas = Quota(many=True)


class QuotaBody(Body):
    source = serializers.IntegerField(source="source_id")  # type: ignore[assignment]
    emotion = serializers.CharField(max_length=64, allow_blank=True, default="")
    wanted = serializers.IntegerField(min_value=0, max_value=1_000_000)


class SamplingPlanBody(Body):
    quotas = serializers.ListField(child=QuotaBody(), max_length=MOST_QUOTAS)


class SamplingPlanView(Endpoint):
    write_scope = TokenScope.ADMIN

    @extend_schema(responses=SamplingPlan)
    def get(self, request: Request, project_id: int) -> Response:
        return Response(SamplingPlan({"quotas": plan_of(project_id, actor_of(request))}).data)

    @extend_schema(request=SamplingPlanBody, responses=SamplingPlan)
    def put(self, request: Request, project_id: int) -> Response:
        quotas = [Wanted(**quota) for quota in read_body(SamplingPlanBody, request)["quotas"]]
        states = set_plan(project_id=project_id, actor=actor_of(request), quotas=quotas)
        return Response(SamplingPlan({"quotas": states}).data)


class Drawn(serializers.Serializer[Any]):
    drawn = serializers.IntegerField()
    quotas = Quota(many=True)


class SamplingDrawView(HeavyEndpoint):
    """Opens clips until the quotas are full, a thousand at a time."""

    write_scope = TokenScope.ADMIN

    @extend_schema(request=NothingBody, responses=Drawn)
    def post(self, request: Request, project_id: int) -> Response:
        read_body(NothingBody, request)
        actor = actor_of(request)
        drawn = draw_sample(project_id=project_id, actor=actor)
        return Response(Drawn({"drawn": drawn, "quotas": plan_of(project_id, actor)}).data)


class Groups(serializers.Serializer[Any]):
    duplicate_groups = serializers.IntegerField()
    person_groups = serializers.IntegerField()
    # Of faces; deleted once they were compared, unless the project keeps them.
    embeddings = serializers.IntegerField()


class GroupsView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(responses=Groups)
    def get(self, request: Request, project_id: int) -> Response:
        return Response(Groups(groups_of(project_id, actor_of(request))).data)

    @extend_schema(request=NothingBody, responses={202: Job})
    def post(self, request: Request, project_id: int) -> Response:
        read_body(NothingBody, request)
        job = start_grouping(project_id=project_id, actor=actor_of(request))
        return Response(Job(job).data, status=202, headers={"Location": f"{API}/jobs/{job.uid}"})


class CropBody(Body):
    crop = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=100_000),
        min_length=4,
        max_length=4,
        allow_null=True,
        help_text="Left, top, width and height of the upright original; null shows all of it.",
    )


class CropView(HeavyEndpoint):
    write_scope = TokenScope.ADMIN

    @extend_schema(request=CropBody, responses={202: Job})
    def post(self, request: Request, clip_id: int) -> Response:
        body = read_body(CropBody, request)
        job = start_crop(clip_id=clip_id, actor=actor_of(request), **body)
        return Response(Job(job).data, status=202, headers={"Location": f"{API}/jobs/{job.uid}"})
