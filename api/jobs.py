from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.errors import NotFound
from annotation.models import JobState, TokenScope
from annotation.workflow.access import require_role
from annotation.workflow.jobs import cancel_job, jobs_for, retry_job

from .actor import actor_of
from .endpoint import Endpoint, HeavyEndpoint
from .pagination import PAGE_PARAMETERS, page_of, paged
from .work import NothingBody


class JobProgress(serializers.Serializer[Any]):
    done = serializers.IntegerField(default=0)
    total = serializers.IntegerField(allow_null=True, default=None)
    message = serializers.CharField(default="")


class Job(serializers.Serializer[Any]):
    uid = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=JobState.choices)
    progress = JobProgress()
    attempts = serializers.IntegerField()
    max_attempts = serializers.IntegerField()
    error = serializers.CharField()
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    can_cancel = serializers.BooleanField()
    can_retry = serializers.BooleanField()


class JobFilter(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=JobState.choices, required=False)


class JobsView(Endpoint):
    @extend_schema(
        responses=page_of(Job),
        parameters=[*PAGE_PARAMETERS, OpenApiParameter("state", enum=JobState.values)],
    )
    def get(self, request: Request, project_id: int) -> Response:
        actor = actor_of(request)
        require_role(project_id, actor)
        filters = JobFilter(data=request.query_params)
        filters.is_valid(raise_exception=True)
        jobs = jobs_for(actor).filter(project_id=project_id, **filters.validated_data)
        return paged(request, jobs, "-id", serializer=Job)


class JobView(Endpoint):
    @extend_schema(responses=Job)
    def get(self, request: Request, job_uid: str) -> Response:
        job = jobs_for(actor_of(request)).filter(uid=job_uid).first()
        if job is None:
            raise NotFound("There is no such job.")
        return Response(Job(job).data)


class JobCancelView(Endpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=NothingBody, responses=Job)
    def post(self, request: Request, job_uid: str) -> Response:
        return Response(Job(cancel_job(uid=job_uid, actor=actor_of(request))).data)


class JobRetryView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=NothingBody, responses=Job)
    def post(self, request: Request, job_uid: str) -> Response:
        return Response(Job(retry_job(uid=job_uid, actor=actor_of(request))).data)
