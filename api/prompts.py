"""What hosted models are told, and how a prompt does on one clip."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import MOST_EXAMPLES, TokenScope
from annotation.queries.drafts import preview_of, prompts_of
from annotation.workflow.previews import ask_for_preview
from annotation.workflow.prompting import write_prompt

from .actor import actor_of
from .captions import DocumentField
from .clip_rows import API
from .endpoint import Body, Endpoint, HeavyEndpoint, read_body
from .jobs import Job
from .pagination import PAGE_PARAMETERS, page_of, paged


class PromptVersion(serializers.Serializer[Any]):
    uid = serializers.CharField()
    # Without a project: it ships with the product.
    is_shipped = serializers.SerializerMethodField()
    name = serializers.CharField()
    number = serializers.IntegerField()
    instructions = serializers.CharField()
    request = serializers.CharField()
    with_face_crops = serializers.BooleanField()
    example_count = serializers.IntegerField()
    note = serializers.CharField()
    written_by = serializers.CharField(source="written_by.name", default=None)
    created_at = serializers.DateTimeField()

    def get_is_shipped(self, prompt: Any) -> bool:
        return prompt.project_id is None


class PromptBody(Body):
    name = serializers.CharField(max_length=120)
    instructions = serializers.CharField(max_length=20_000)
    request = serializers.CharField(max_length=4000)
    with_face_crops = serializers.BooleanField(default=False)
    example_count = serializers.IntegerField(min_value=0, max_value=MOST_EXAMPLES, default=0)
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class PromptsView(Endpoint):
    write_scope = TokenScope.ML

    @extend_schema(responses=page_of(PromptVersion), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, project_id: int) -> Response:
        prompts = prompts_of(project_id, actor_of(request))
        return paged(request, prompts, "-id", serializer=PromptVersion)

    @extend_schema(request=PromptBody, responses={201: PromptVersion})
    def post(self, request: Request, project_id: int) -> Response:
        body = read_body(PromptBody, request)
        prompt = write_prompt(project_id=project_id, actor=actor_of(request), **body)
        return Response(PromptVersion(prompt).data, status=201)


class PreviewBody(Body):
    # A hosted model: where the prompt is sent, and at which prices.
    version = serializers.CharField(max_length=32)
    clip = serializers.IntegerField(min_value=1)


class PreviewStarted(serializers.Serializer[Any]):
    job = Job(source="*")


class PromptPreviewView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=PreviewBody, responses={202: PreviewStarted})
    def post(self, request: Request, project_id: int, prompt_uid: str) -> Response:
        body = read_body(PreviewBody, request)
        job = ask_for_preview(
            project_id=project_id,
            actor=actor_of(request),
            prompt=prompt_uid,
            version=body["version"],
            clip_id=body["clip"],
        )
        location = {"Location": f"{API}/previews/{job.uid}"}
        return Response(PreviewStarted(job).data, status=202, headers=location)


class PreviewResult(serializers.Serializer[Any]):
    document = DocumentField(default=None)
    failure = serializers.CharField(default="")
    reason = serializers.CharField(default="")
    input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()
    seconds = serializers.FloatField()


class Preview(serializers.Serializer[Any]):
    """The result is null until the job is done."""

    job = Job(source="*")
    result = serializers.SerializerMethodField()

    @extend_schema_field(PreviewResult(allow_null=True))
    def get_result(self, job: Any) -> dict[str, Any] | None:
        return PreviewResult(job.result).data if job.result else None


class PreviewView(Endpoint):
    @extend_schema(responses=Preview)
    def get(self, request: Request, job_uid: str) -> Response:
        return Response(Preview(preview_of(job_uid, actor_of(request))).data)
