from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import CrossValidation, CrossValidationMode, Mark, TokenScope, User
from annotation.queries.queue import Work
from annotation.queries.reviews import cross_validation_workspace
from annotation.workflow import cross_validating
from annotation.workflow.reviewing import release_review, renew_review

from .actor import actor_of
from .captions import DocumentField
from .clip_rows import ClipDetail
from .consolidations import STATUSES
from .endpoint import Body, Endpoint, read_body
from .reviews import Finished, review_saved
from .versions import IF_MATCH, revision_of, tagged
from .work import (
    ClipReasonBody,
    DocumentBody,
    LabelledAnnotation,
    LabelledDraft,
    Lease,
    NothingBody,
    ReasonBody,
    Rules,
    Saved,
    next_work,
)

MOST_MARKS = 1500


class FirstResult(serializers.Serializer[Any]):
    document = DocumentField()


class SentenceMark(serializers.Serializer[Any]):
    sentence = serializers.CharField(max_length=64)
    mark = serializers.ChoiceField(choices=Mark.choices)
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class SecondOpinion(serializers.Serializer[Any]):
    document = DocumentField()
    marks = SentenceMark(many=True)
    reason = serializers.CharField()


class BlindAgreement(serializers.Serializer[Any]):
    """Of the first result and what was written blind, before anything was settled."""

    event_f1 = serializers.FloatField()
    word_distance = serializers.FloatField()


class CrossValidationAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    uid = serializers.CharField()
    project_id = serializers.IntegerField()
    clip = ClipDetail()
    mode = serializers.ChoiceField(choices=CrossValidationMode.choices)
    step = serializers.IntegerField(min_value=1, max_value=2)
    status = serializers.ChoiceField(choices=STATUSES)
    lease_until = serializers.DateTimeField(allow_null=True)
    revision = serializers.IntegerField()
    document = DocumentField()
    first_result = FirstResult(allow_null=True)
    blind_document = DocumentField(allow_null=True)
    # Null also until a worker has compared them.
    agreement = BlindAgreement(allow_null=True)
    second = SecondOpinion(allow_null=True)
    annotations = LabelledAnnotation(many=True)
    drafts = LabelledDraft(many=True)
    marks = SentenceMark(many=True)
    rules = Rules()


class CrossValidationEndpoint(Endpoint):
    write_scope = TokenScope.REVIEW

    def now(self, request: Request, cross_validation_id: int) -> Response:
        workspace = cross_validation_workspace(cross_validation_id, actor_of(request))
        return tagged(CrossValidationAnswer(workspace).data, workspace.revision)

    def finished(self, held: CrossValidation, actor: User) -> Response:
        # The stage moved on the consolidation's copy of the clip.
        held.clip.refresh_from_db(fields=["stage"])
        following = next_work(Work.CROSS_VALIDATOR, project_id=held.clip.project_id, actor=actor)
        return Response(Finished({"stage": held.clip.stage, **following}).data)


class CrossValidationView(CrossValidationEndpoint):
    @extend_schema(responses=CrossValidationAnswer)
    def get(self, request: Request, cross_validation_id: int) -> Response:
        return self.now(request, cross_validation_id)


class CrossValidationTextView(CrossValidationEndpoint):
    @extend_schema(request=DocumentBody, responses=Saved, parameters=[IF_MATCH])
    def patch(self, request: Request, cross_validation_id: int) -> Response:
        saved = cross_validating.save_cross_validation(
            cross_validation_id=cross_validation_id,
            actor=actor_of(request),
            revision=revision_of(request),
            **read_body(DocumentBody, request),
        )
        return review_saved(saved)


class MarksBody(Body):
    marks: Any = serializers.ListSerializer(child=SentenceMark(), max_length=MOST_MARKS)


class CrossValidationMarksView(CrossValidationEndpoint):
    """The marks are no part of the document, so its revision stays."""

    @extend_schema(request=MarksBody, responses=Saved)
    def put(self, request: Request, cross_validation_id: int) -> Response:
        held = cross_validating.set_marks(
            cross_validation_id=cross_validation_id,
            actor=actor_of(request),
            **read_body(MarksBody, request),
        )
        return review_saved(held)


class CrossValidationHeartbeatView(CrossValidationEndpoint):
    @extend_schema(request=NothingBody, responses=Lease)
    def post(self, request: Request, cross_validation_id: int) -> Response:
        actor = actor_of(request)
        held = renew_review(CrossValidation, review_id=cross_validation_id, actor=actor)
        return Response(Lease(held).data)


class CrossValidationReleaseView(CrossValidationEndpoint):
    @extend_schema(request=NothingBody, responses={204: None})
    def post(self, request: Request, cross_validation_id: int) -> Response:
        actor = actor_of(request)
        release_review(CrossValidation, review_id=cross_validation_id, actor=actor)
        return Response(status=204)


class CrossValidationRevealView(CrossValidationEndpoint):
    @extend_schema(request=NothingBody, responses=CrossValidationAnswer, parameters=[IF_MATCH])
    def post(self, request: Request, cross_validation_id: int) -> Response:
        cross_validating.reveal(
            cross_validation_id=cross_validation_id,
            actor=actor_of(request),
            revision=revision_of(request),
        )
        return self.now(request, cross_validation_id)


class CrossValidationAgreeView(CrossValidationEndpoint):
    @extend_schema(request=NothingBody, responses=Finished, parameters=[IF_MATCH])
    def post(self, request: Request, cross_validation_id: int) -> Response:
        actor = actor_of(request)
        held = cross_validating.agree(
            cross_validation_id=cross_validation_id, actor=actor, revision=revision_of(request)
        )
        return self.finished(held, actor)


class CrossValidationDisputeView(CrossValidationEndpoint):
    @extend_schema(request=ReasonBody, responses=Finished)
    def post(self, request: Request, cross_validation_id: int) -> Response:
        actor = actor_of(request)
        held = cross_validating.dispute(
            cross_validation_id=cross_validation_id, actor=actor, **read_body(ReasonBody, request)
        )
        return self.finished(held, actor)


class CrossValidationSettleView(CrossValidationEndpoint):
    @extend_schema(request=NothingBody, responses=Finished, parameters=[IF_MATCH])
    def post(self, request: Request, cross_validation_id: int) -> Response:
        actor = actor_of(request)
        held = cross_validating.settle(
            cross_validation_id=cross_validation_id, actor=actor, revision=revision_of(request)
        )
        return self.finished(held, actor)


class CrossValidationSendBackView(CrossValidationEndpoint):
    @extend_schema(request=ReasonBody, responses=Finished)
    def post(self, request: Request, cross_validation_id: int) -> Response:
        actor = actor_of(request)
        held = cross_validating.send_back(
            cross_validation_id=cross_validation_id, actor=actor, **read_body(ReasonBody, request)
        )
        return self.finished(held, actor)


class CrossValidationRejectView(CrossValidationEndpoint):
    @extend_schema(request=ClipReasonBody, responses=Finished)
    def post(self, request: Request, cross_validation_id: int) -> Response:
        actor = actor_of(request)
        clip = cross_validating.reject_in_cross_validation(
            cross_validation_id=cross_validation_id,
            actor=actor,
            **read_body(ClipReasonBody, request),
        )
        following = next_work(Work.CROSS_VALIDATOR, project_id=clip.project_id, actor=actor)
        return Response(Finished({"stage": clip.stage, **following}).data)
