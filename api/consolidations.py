from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import (
    ClipReason,
    Consolidation,
    PickAction,
    ReviewStatus,
    TokenScope,
    Verdict,
)
from annotation.queries.queue import Work
from annotation.queries.reviews import consolidation_workspace
from annotation.workflow import consolidation as workflow
from annotation.workflow.consolidation import PickMade
from annotation.workflow.reviewing import release_review, renew_review

from .actor import actor_of
from .agreement import ClipAgreement
from .captions import DocumentField
from .clip_rows import ClipDetail
from .endpoint import Body, Endpoint, read_body
from .reviews import Finished, ReviewStatusAnswer, review_saved
from .versions import IF_MATCH, revision_of, tagged
from .work import (
    ClipReasonBody,
    LabelledAnnotation,
    LabelledDraft,
    Lease,
    NothingBody,
    Rules,
    Saved,
    next_work,
)

STATUSES = [*ReviewStatus.values, "lost"]
# One save covers a few seconds of work.
MOST_PICKS = 200


class PickSource(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=["annotation", "draft"])
    uid = serializers.CharField(max_length=64)
    sentence = serializers.CharField(max_length=64)


class Pick(serializers.Serializer[Any]):
    action = serializers.ChoiceField(choices=PickAction.choices)
    sentence = serializers.CharField(max_length=64)
    sources = PickSource(many=True, required=False)
    text_before = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    text_after = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    reason = serializers.CharField(max_length=2000, allow_blank=True, required=False)


class Vote(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(choices=ClipReason.choices)
    note = serializers.CharField()


class ConsolidationAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    uid = serializers.CharField()
    project_id = serializers.IntegerField()
    clip = ClipDetail()
    round = serializers.IntegerField()
    status = serializers.ChoiceField(choices=STATUSES)
    lease_until = serializers.DateTimeField(allow_null=True)
    revision = serializers.IntegerField()
    document = DocumentField()
    annotations = LabelledAnnotation(many=True)
    drafts = LabelledDraft(many=True)
    picks = Pick(many=True)
    votes = Vote(many=True)
    return_cap = serializers.IntegerField()
    rules = Rules()
    # Null until it is computed.
    agreement = ClipAgreement(allow_null=True)


class ConsolidationEndpoint(Endpoint):
    write_scope = TokenScope.REVIEW


class ConsolidationView(ConsolidationEndpoint):
    @extend_schema(responses=ConsolidationAnswer)
    def get(self, request: Request, consolidation_id: int) -> Response:
        workspace = consolidation_workspace(consolidation_id, actor_of(request))
        return tagged(ConsolidationAnswer(workspace).data, workspace.revision)


class PickedDocumentBody(Body):
    document = DocumentField()
    picks: Any = serializers.ListSerializer(child=Pick(), required=False, max_length=MOST_PICKS)


class ConsolidationTextView(ConsolidationEndpoint):
    @extend_schema(request=PickedDocumentBody, responses=Saved, parameters=[IF_MATCH])
    def patch(self, request: Request, consolidation_id: int) -> Response:
        body = read_body(PickedDocumentBody, request)
        saved = workflow.save_consolidation(
            consolidation_id=consolidation_id,
            actor=actor_of(request),
            revision=revision_of(request),
            document=body["document"],
            picks=[PickMade(**pick) for pick in body.get("picks", [])],
        )
        return review_saved(saved)


class ConsolidationHeartbeatView(ConsolidationEndpoint):
    @extend_schema(request=NothingBody, responses=Lease)
    def post(self, request: Request, consolidation_id: int) -> Response:
        held = renew_review(Consolidation, review_id=consolidation_id, actor=actor_of(request))
        return Response(Lease(held).data)


class ConsolidationReleaseView(ConsolidationEndpoint):
    @extend_schema(request=NothingBody, responses={204: None})
    def post(self, request: Request, consolidation_id: int) -> Response:
        release_review(Consolidation, review_id=consolidation_id, actor=actor_of(request))
        return Response(status=204)


class ReturnBody(Body):
    annotation = serializers.CharField(max_length=64, source="annotation_uid")
    reason = serializers.CharField(max_length=2000)
    sentences = serializers.ListField(
        child=serializers.CharField(max_length=64), max_length=500, default=list
    )


class ConsolidationReturnView(ConsolidationEndpoint):
    @extend_schema(request=ReturnBody, responses=ReviewStatusAnswer)
    def post(self, request: Request, consolidation_id: int) -> Response:
        waiting = workflow.return_annotation(
            consolidation_id=consolidation_id,
            actor=actor_of(request),
            **read_body(ReturnBody, request),
        )
        return Response(ReviewStatusAnswer(waiting).data)


class ConsolidationRejectView(ConsolidationEndpoint):
    @extend_schema(request=ClipReasonBody, responses=Finished)
    def post(self, request: Request, consolidation_id: int) -> Response:
        actor = actor_of(request)
        clip = workflow.reject_in_consolidation(
            consolidation_id=consolidation_id, actor=actor, **read_body(ClipReasonBody, request)
        )
        following = next_work(Work.REVIEWER, project_id=clip.project_id, actor=actor)
        return Response(Finished({"stage": clip.stage, **following}).data)


class VerdictsBody(Body):
    verdicts = serializers.DictField(
        child=serializers.ChoiceField(choices=Verdict.choices), allow_empty=True
    )


class ConsolidationFinishView(ConsolidationEndpoint):
    @extend_schema(request=VerdictsBody, responses=Finished, parameters=[IF_MATCH])
    def post(self, request: Request, consolidation_id: int) -> Response:
        actor = actor_of(request)
        finished = workflow.finish(
            consolidation_id=consolidation_id,
            actor=actor,
            revision=revision_of(request),
            **read_body(VerdictsBody, request),
        )
        clip = finished.clip
        following = next_work(Work.REVIEWER, project_id=clip.project_id, actor=actor)
        return Response(Finished({"stage": clip.stage, **following}).data)
