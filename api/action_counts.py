"""Facial actions of a dataset version as hosted models count them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import TokenScope
from annotation.workflow.action_counts import ask_for_action_count

from .actor import actor_of
from .card_figures import SCOPES, Summary
from .clip_rows import API
from .endpoint import Body, HeavyEndpoint, read_body
from .jobs import Job


class ActionScope(serializers.Serializer[Any]):
    by = serializers.ChoiceField(choices=SCOPES)
    name = serializers.CharField()
    facial_actions = Summary()


class ActionCount(serializers.Serializer[Any]):
    model = serializers.CharField(source="model.uid")
    model_name = serializers.CharField(source="model.name")
    prompt_version = serializers.IntegerField()
    made_at = serializers.DateTimeField(source="created_at")
    scopes = ActionScope(many=True, source="content.scopes")
    not_counted = serializers.IntegerField(
        source="content.not_counted", help_text="Captions without a usable answer."
    )
    left_out = serializers.IntegerField(
        source="content.left_out", help_text="Captions of clips whose use had ended."
    )


class ActionCountBody(Body):
    # A hosted model of the project: where the captions are sent, and at which prices.
    model = serializers.CharField(max_length=32)


class ActionCountsView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=ActionCountBody, responses={202: Job})
    def post(self, request: Request, version_uid: str) -> Response:
        body = read_body(ActionCountBody, request)
        job = ask_for_action_count(version_uid=version_uid, actor=actor_of(request), **body)
        return Response(Job(job).data, status=202, headers={"Location": f"{API}/jobs/{job.uid}"})
