"""The drafts of one clip, for those who may see them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import Draft, DraftStatus, TokenScope
from annotation.queries.clips import drafts_of
from annotation.queries.draft_queue import place_of
from annotation.workflow.redrafting import draft_clip_again

from .actor import actor_of
from .captions import DocumentField
from .endpoint import Body, Endpoint, read_body
from .jobs import Job
from .pagination import PAGE_PARAMETERS, page_of, paged


class DraftPlace(serializers.Serializer[Any]):
    ahead = serializers.IntegerField()
    seconds_left = serializers.FloatField(allow_null=True)


class ClipDraft(serializers.Serializer[Any]):
    uid = serializers.CharField()
    kind = serializers.CharField()
    generator = serializers.CharField()
    prompt_version = serializers.CharField()
    # Null for a draft that came with its clip.
    version = serializers.CharField(source="version.uid", default=None, allow_null=True)
    is_shadow = serializers.BooleanField()
    status = serializers.ChoiceField(choices=DraftStatus.choices)
    document = DocumentField(allow_null=True)
    error = serializers.CharField(allow_blank=True)
    input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()
    seconds = serializers.FloatField()
    price = serializers.DecimalField(max_digits=14, decimal_places=6)
    # Null once the draft has ended.
    job = Job(source="job_under_way", allow_null=True)
    # Null unless it waits for a worker.
    place = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    stale_since = serializers.DateTimeField(allow_null=True, required=False)

    @extend_schema_field(DraftPlace(allow_null=True))
    def get_place(self, draft: Draft) -> dict[str, Any] | None:
        place = place_of(draft)
        return None if place is None else dict(DraftPlace(place).data)


class DraftBody(Body):
    version = serializers.CharField(max_length=32)


class DraftAsked(serializers.Serializer[Any]):
    job = Job()


class ClipDraftsView(Endpoint):
    write_scope = TokenScope.ML

    @extend_schema(responses=page_of(ClipDraft), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, clip_id: int) -> Response:
        drafts = drafts_of(clip_id, actor_of(request))
        return paged(request, drafts, "id", serializer=ClipDraft)

    @extend_schema(request=DraftBody, responses={202: DraftAsked})
    def post(self, request: Request, clip_id: int) -> Response:
        actor, body = actor_of(request), read_body(DraftBody, request)
        draft = draft_clip_again(clip_id=clip_id, actor=actor, **body)
        return Response(DraftAsked(draft).data, status=202)
