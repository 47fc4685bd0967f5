"""What the rules say of clips, the rules, and the lead's word."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import (
    Clip,
    ClipStage,
    JobState,
    ScreeningDecision,
    ScreeningOutcome,
    TokenScope,
)
from annotation.models import ScreeningRules as RulesOfProject
from annotation.queries.screening import SHOWN, screened_clip, screened_clips, screening_rules
from annotation.workflow.cropping import dismiss_crop
from annotation.workflow.screening import keep_clip, reject_screened
from annotation.workflow.screening_rules import change_rules

from .actor import actor_of
from .clip_rows import API, SourceRef
from .endpoint import Body, Endpoint, read_body
from .pagination import PAGE_PARAMETERS, page_of, paged
from .versions import IF_MATCH, revision_of, tagged
from .work import ClipReasonBody


class Finding(serializers.Serializer[Any]):
    rule = serializers.CharField()
    value = serializers.FloatField()
    threshold = serializers.FloatField()
    outcome = serializers.ChoiceField(choices=ScreeningOutcome.choices)


class CropProposal(serializers.Serializer[Any]):
    crop = serializers.ListField(child=serializers.IntegerField(), min_length=4, max_length=4)
    reason = serializers.CharField()
    confidence = serializers.FloatField()


class ScreenedClip(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    uid = serializers.CharField()
    name = serializers.CharField()
    stage = serializers.ChoiceField(choices=ClipStage.choices)
    source = SourceRef()  # type: ignore[assignment]  # a field of that name
    emotion = serializers.CharField()
    duration_s = serializers.FloatField()
    poster_url = serializers.SerializerMethodField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    duplicate_group = serializers.CharField()
    person_group = serializers.CharField()
    crop = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    crop_proposal = CropProposal(source="screening.crop_proposal", allow_null=True)
    findings = Finding(source="screening.findings", many=True)
    outcome = serializers.ChoiceField(source="screening.outcome", choices=ScreeningOutcome.choices)
    decision = serializers.ChoiceField(
        source="screening.decision", choices=ScreeningDecision.choices
    )
    reason = serializers.CharField(source="screening.reason")
    decided_by = serializers.CharField(source="screening.decided_by.name", default=None)
    decided_at = serializers.DateTimeField(source="screening.decided_at", allow_null=True)
    # Why there are no values: the job that measures waits, runs, or ended with an error.
    job_uid = serializers.CharField(source="screening.job.uid", default=None)
    job_state = serializers.ChoiceField(
        source="screening.job.state", choices=JobState.choices, default=None
    )
    job_error = serializers.CharField(source="screening.job.error", default="")

    def get_poster_url(self, clip: Clip) -> str:
        return f"{API}/clips/{clip.pk}/poster.jpg"


class ShowFilter(serializers.Serializer[Any]):
    show = serializers.ChoiceField(choices=list(SHOWN), default="undecided")


class ScreeningView(Endpoint):
    @extend_schema(
        responses=page_of(ScreenedClip),
        parameters=[*PAGE_PARAMETERS, OpenApiParameter("show", enum=list(SHOWN))],
    )
    def get(self, request: Request, project_id: int) -> Response:
        filters = ShowFilter(data=request.query_params)
        filters.is_valid(raise_exception=True)
        clips = screened_clips(project_id, actor_of(request), **filters.validated_data)
        return paged(request, clips, "id", serializer=ScreenedClip)


class ScreeningBounds(serializers.Serializer[Any]):
    max_seconds = serializers.FloatField(min_value=0.1, max_value=600)
    needs_face = serializers.BooleanField()
    min_main_area = serializers.FloatField(min_value=0, max_value=1)
    max_identities = serializers.IntegerField(min_value=0, max_value=1000)
    max_cuts_per_10_s = serializers.IntegerField(min_value=0, max_value=1000)
    min_motion = serializers.FloatField(min_value=0, max_value=1)
    near_duplicate_bits = serializers.IntegerField(min_value=0, max_value=192)
    same_person_cosine = serializers.FloatField(min_value=0, max_value=1)
    keeps_embeddings = serializers.BooleanField()


class ScreeningRules(ScreeningBounds):
    """The project's bounds, and those of a project in which nobody has changed any."""

    usual = serializers.SerializerMethodField()

    @extend_schema_field(ScreeningBounds)
    def get_usual(self, _rules: RulesOfProject) -> Any:
        return ScreeningBounds(RulesOfProject()).data


class ScreeningRulesBody(ScreeningBounds, Body):
    """Any of the bounds."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class ScreeningRulesView(Endpoint):
    write_scope = TokenScope.ADMIN

    @extend_schema(responses=ScreeningRules)
    def get(self, request: Request, project_id: int) -> Response:
        rules = screening_rules(project_id, actor_of(request))
        return tagged(ScreeningRules(rules).data, rules.revision)

    @extend_schema(request=ScreeningRulesBody, responses=ScreeningRules, parameters=[IF_MATCH])
    def patch(self, request: Request, project_id: int) -> Response:
        rules = change_rules(
            project_id=project_id,
            actor=actor_of(request),
            revision=revision_of(request),
            changes=read_body(ScreeningRulesBody, request),
        )
        return tagged(ScreeningRules(rules).data, rules.revision)


class KeepBody(Body):
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


class ScreeningKeepView(Endpoint):
    write_scope = TokenScope.ADMIN

    @extend_schema(request=KeepBody, responses=ScreenedClip)
    def post(self, request: Request, clip_id: int) -> Response:
        clip = keep_clip(clip_id=clip_id, actor=actor_of(request), **read_body(KeepBody, request))
        return Response(ScreenedClip(screened_clip(clip.pk)).data)


class ScreeningRejectView(Endpoint):
    write_scope = TokenScope.ADMIN

    @extend_schema(request=ClipReasonBody, responses=ScreenedClip)
    def post(self, request: Request, clip_id: int) -> Response:
        body = read_body(ClipReasonBody, request)
        clip = reject_screened(clip_id=clip_id, actor=actor_of(request), **body)
        return Response(ScreenedClip(screened_clip(clip.pk)).data)


class DismissedCropBody(Body):
    crop = serializers.ListField(
        child=serializers.IntegerField(min_value=0),
        min_length=4,
        max_length=4,
        help_text="As it was proposed.",
    )


class CropDismissView(Endpoint):
    """Leaves a proposed crop uncut; the same measurement proposes it no more."""

    write_scope = TokenScope.ADMIN

    @extend_schema(request=DismissedCropBody, responses=ScreenedClip)
    def post(self, request: Request, clip_id: int) -> Response:
        body = read_body(DismissedCropBody, request)
        clip = dismiss_crop(clip_id=clip_id, actor=actor_of(request), **body)
        return Response(ScreenedClip(screened_clip(clip.pk)).data)
