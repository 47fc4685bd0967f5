from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import ClipStage, TokenScope, Verdict, VersionKind
from annotation.queries.queue import Work
from annotation.queries.workspace import assignment_workspace, versions_of
from annotation.workflow import assigning
from annotation.workflow.rejecting import vote_to_reject
from annotation.workflow.submissions import submit_annotation, undo_submission
from annotation.workflow.writing import save_annotation

from .actor import actor_of
from .captions import DocumentField
from .clip_rows import ClipDetail
from .endpoint import Body, Endpoint, read_body
from .pagination import PAGE_PARAMETERS, page_of, paged
from .versions import IF_MATCH, revision_of, tagged
from .work import (
    ClipReasonBody,
    DocumentBody,
    LabelledDraft,
    Lease,
    Next,
    NothingBody,
    Rules,
    Saved,
    next_work,
)

STATUSES = ["held", "submitted", "returned", "lost"]


class Returned(serializers.Serializer[Any]):
    reason = serializers.CharField()
    sentences = serializers.ListField(child=serializers.CharField())
    loop = serializers.IntegerField()
    at = serializers.DateTimeField()


class Assignment(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    project_id = serializers.IntegerField()
    clip = ClipDetail()
    slot = serializers.IntegerField()
    status = serializers.ChoiceField(choices=STATUSES)
    lease_until = serializers.DateTimeField(allow_null=True)
    revision = serializers.IntegerField()
    document = DocumentField()
    saved_at = serializers.DateTimeField()
    drafts = LabelledDraft(many=True)
    drafts_hidden_until_first_version = serializers.BooleanField()
    rules = Rules()
    can_undo = serializers.BooleanField()
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # `return` is a word of Python, so the field cannot be an attribute.
        return {**super().get_fields(), "return": Returned(source="returned", allow_null=True)}


class AssignmentEndpoint(Endpoint):
    write_scope = TokenScope.ANNOTATE

    def now(self, request: Request, assignment_id: int) -> Response:
        workspace = assignment_workspace(assignment_id, actor_of(request))
        return tagged(Assignment(workspace).data, workspace.revision)


class AssignmentView(AssignmentEndpoint):
    @extend_schema(responses=Assignment)
    def get(self, request: Request, assignment_id: int) -> Response:
        return self.now(request, assignment_id)


class AssignmentTextView(AssignmentEndpoint):
    @extend_schema(request=DocumentBody, responses=Saved, parameters=[IF_MATCH])
    def patch(self, request: Request, assignment_id: int) -> Response:
        annotation = save_annotation(
            assignment_id=assignment_id,
            actor=actor_of(request),
            revision=revision_of(request),
            **read_body(DocumentBody, request),
        )
        saved = {
            "revision": annotation.revision,
            "saved_at": annotation.updated_at,
            "lease_until": annotation.assignment.lease_until,
        }
        return tagged(Saved(saved).data, annotation.revision)


class AssignmentHeartbeatView(AssignmentEndpoint):
    @extend_schema(request=NothingBody, responses=Lease)
    def post(self, request: Request, assignment_id: int) -> Response:
        held = assigning.renew(assignment_id=assignment_id, actor=actor_of(request))
        return Response(Lease(held).data)


class SubmitBody(Body):
    answer = serializers.CharField(max_length=2000, allow_blank=True, default="")


class Submission(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    status = serializers.CharField()
    revision = serializers.IntegerField()


class Submitted(Next):
    assignment = Submission()


class AssignmentSubmitView(AssignmentEndpoint):
    """Hands in, and takes the next piece of work."""

    @extend_schema(request=SubmitBody, responses=Submitted, parameters=[IF_MATCH])
    def post(self, request: Request, assignment_id: int) -> Response:
        actor = actor_of(request)
        annotation = submit_annotation(
            assignment_id=assignment_id,
            actor=actor,
            revision=revision_of(request),
            **read_body(SubmitBody, request),
        )
        assignment = annotation.assignment
        submission = {
            "id": assignment.pk,
            "status": assignment.status,
            "revision": annotation.revision,
        }
        following = next_work(Work.ANNOTATOR, project_id=assignment.clip.project_id, actor=actor)
        return Response(Submitted({"assignment": submission, **following}).data)


class AssignmentSkipView(AssignmentEndpoint):
    @extend_schema(request=ClipReasonBody, responses=Next)
    def post(self, request: Request, assignment_id: int) -> Response:
        actor = actor_of(request)
        project_id = assignment_workspace(assignment_id, actor).project_id
        body = read_body(ClipReasonBody, request)
        assigning.skip(assignment_id=assignment_id, actor=actor, **body)
        return Response(Next(next_work(Work.ANNOTATOR, project_id=project_id, actor=actor)).data)


class Voted(Next):
    """Nothing about the votes of others, which would unblind the voter."""

    rejected = serializers.BooleanField()


class AssignmentRejectView(AssignmentEndpoint):
    @extend_schema(request=ClipReasonBody, responses=Voted)
    def post(self, request: Request, assignment_id: int) -> Response:
        actor = actor_of(request)
        body = read_body(ClipReasonBody, request)
        clip = vote_to_reject(assignment_id=assignment_id, actor=actor, **body)
        following = next_work(Work.ANNOTATOR, project_id=clip.project_id, actor=actor)
        is_rejected = clip.stage == ClipStage.REJECTED
        return Response(Voted({"rejected": is_rejected, **following}).data)


class AssignmentReleaseView(AssignmentEndpoint):
    @extend_schema(request=NothingBody, responses={204: None})
    def post(self, request: Request, assignment_id: int) -> Response:
        assigning.release(assignment_id=assignment_id, actor=actor_of(request))
        return Response(status=204)


class AssignmentUndoView(AssignmentEndpoint):
    @extend_schema(request=NothingBody, responses=Assignment)
    def post(self, request: Request, assignment_id: int) -> Response:
        undo_submission(assignment_id=assignment_id, actor=actor_of(request))
        return self.now(request, assignment_id)


class AssignmentReclaimView(AssignmentEndpoint):
    """The clip may come back on another of its slots: the answer names it."""

    @extend_schema(request=NothingBody, responses=Assignment)
    def post(self, request: Request, assignment_id: int) -> Response:
        held = assigning.reclaim(assignment_id=assignment_id, actor=actor_of(request))
        return self.now(request, held.pk)


class TextVersion(serializers.Serializer[Any]):
    revision = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=VersionKind.choices)
    created_at = serializers.DateTimeField()
    document = DocumentField()


class AssignmentVersionsView(AssignmentEndpoint):
    @extend_schema(responses=page_of(TextVersion), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, assignment_id: int) -> Response:
        versions = versions_of(assignment_id, actor_of(request))
        return paged(request, versions, "-id", serializer=TextVersion)
