"""The queue of a person, and the one way to take work from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import Assignment, Consolidation, CrossValidation, TokenScope, User
from annotation.queries.queue import (
    Work,
    as_held_work,
    queue_of,
    reasons_for,
    submitted_today,
)
from annotation.workflow.assigning import claim_annotation
from annotation.workflow.reviewing import claim_review

from .actor import actor_of
from .endpoint import Body, Endpoint, read_body

REVIEWS = {Work.REVIEWER, Work.CROSS_VALIDATOR}


class Claim(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=["assignment", "consolidation", "cross_validation"])
    id = serializers.IntegerField()
    clip_id = serializers.IntegerField()
    clip_name = serializers.CharField()
    lease_until = serializers.DateTimeField(allow_null=True)
    status = serializers.CharField()


class Reasons(serializers.Serializer[Any]):
    clips_total = serializers.IntegerField()
    claimable = serializers.IntegerField()
    already_yours = serializers.IntegerField()
    held_by_others = serializers.IntegerField()
    full = serializers.IntegerField()
    skipped_by_you = serializers.IntegerField()
    excluded_by_role_rule = serializers.IntegerField()
    earlier_stage = serializers.IntegerField()
    later_stage = serializers.IntegerField()
    rejected_or_withdrawn = serializers.IntegerField()


class RoleQueue(serializers.Serializer[Any]):
    mine = Claim(many=True)
    available = serializers.IntegerField()
    reasons = Reasons()


class Today(serializers.Serializer[Any]):
    submitted = serializers.IntegerField()


class Queue(serializers.Serializer[Any]):
    """Only the roles that the person holds are there."""

    annotator = RoleQueue(required=False)
    reviewer = RoleQueue(required=False)
    cross_validator = RoleQueue(required=False)
    today = Today()


class QueueView(Endpoint):
    @extend_schema(responses=Queue)
    def get(self, request: Request, project_id: int) -> Response:
        actor = actor_of(request)
        queue = queue_of(project_id, actor)
        today = {"submitted": submitted_today(project_id, actor)}
        return Response(Queue({**queue, "today": today}).data)


class ClaimBody(Body):
    role = serializers.ChoiceField(choices=[work.value for work in Work])


class Claimed(serializers.Serializer[Any]):
    claim = Claim(allow_null=True)
    reasons = Reasons()


def claim_next(work: Work, *, project_id: int, actor: User) -> dict[str, Any]:
    """The person's next piece of this work, with the reasons for the other clips."""
    held = CLAIM[work](project_id, actor)
    return {
        "claim": as_held_work(held) if held else None,
        "reasons": reasons_for(work, project_id=project_id, actor=actor),
    }


CLAIM: dict[Work, Callable[[int, User], Assignment | Consolidation | CrossValidation | None]] = {
    Work.ANNOTATOR: lambda project_id, actor: claim_annotation(project_id=project_id, actor=actor),
    Work.REVIEWER: lambda project_id, actor: claim_review(
        Consolidation, project_id=project_id, actor=actor
    ),
    Work.CROSS_VALIDATOR: lambda project_id, actor: claim_review(
        CrossValidation, project_id=project_id, actor=actor
    ),
}


class ClaimsView(Endpoint):
    def needed_scope(self, request: Request) -> TokenScope | None:
        body = request.data
        work = body.get("role") if isinstance(body, dict) else None
        return TokenScope.REVIEW if work in REVIEWS else TokenScope.ANNOTATE

    @extend_schema(request=ClaimBody, responses=Claimed)
    def post(self, request: Request, project_id: int) -> Response:
        work = Work(read_body(ClaimBody, request)["role"])
        found = claim_next(work, project_id=project_id, actor=actor_of(request))
        return Response(Claimed(found).data)
