"""What annotating, consolidating and cross-validating have in common over HTTP."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotation.models import ClipReason, User, Verdict
from annotation.queries.queue import Work

from .captions import DocumentField
from .claims import Claim, Reasons, claim_next
from .endpoint import Body


class Rules(serializers.Serializer[Any]):
    attributes_required = serializers.BooleanField()
    sound_allowed = serializers.BooleanField()


class LabelledDraft(serializers.Serializer[Any]):
    uid = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    document = DocumentField()
    # Of another face than the main one of now.
    is_stale = serializers.BooleanField(required=False)


class ReturnState(serializers.Serializer[Any]):
    reason = serializers.CharField()
    answer = serializers.CharField()
    loop = serializers.IntegerField()
    open = serializers.BooleanField()


class LabelledAnnotation(serializers.Serializer[Any]):
    uid = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    document = DocumentField()
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # `return` is a word of Python, so the field cannot be an attribute.
        return {**super().get_fields(), "return": ReturnState(source="returned", allow_null=True)}


class Lease(serializers.Serializer[Any]):
    lease_until = serializers.DateTimeField(allow_null=True)


class Saved(Lease):
    revision = serializers.IntegerField()
    saved_at = serializers.DateTimeField()


class DocumentBody(Body):
    document = DocumentField()


class ClipReasonBody(Body):
    reason = serializers.ChoiceField(choices=ClipReason.choices)
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class ReasonBody(Body):
    reason = serializers.CharField(max_length=2000)


class NothingBody(Body):
    """Actions that need no more than their address."""


class Next(serializers.Serializer[Any]):
    """The next piece of work, already held, or why there is none."""

    next = Claim(allow_null=True)
    reasons = Reasons()


def next_work(work: Work, *, project_id: int, actor: User) -> dict[str, Any]:
    found = claim_next(work, project_id=project_id, actor=actor)
    return {"next": found["claim"], "reasons": found["reasons"]}
