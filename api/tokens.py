from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import TokenScope
from annotation.queries.projects import tokens_of
from annotation.workflow.tokens import create_token, revoke_token

from .actor import actor_of
from .endpoint import Body, Endpoint, read_body
from .pagination import PAGE_PARAMETERS, page_of, paged

DEFAULT_DAYS = 90
MOST_DAYS = 365


class Token(serializers.Serializer[Any]):
    """Named by its visible beginning; the rest of the key is known to its owner only."""

    id = serializers.CharField(source="token_key")
    name = serializers.CharField()
    prefix = serializers.CharField(source="token_key")
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=TokenScope.choices))
    project = serializers.IntegerField(source="project_id", allow_null=True)
    expiry = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True)


class NewToken(Token):
    token = serializers.CharField()


class TokenBody(Body):
    name = serializers.CharField(max_length=120)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=TokenScope.choices), allow_empty=False
    )
    project = serializers.IntegerField(
        source="project_id", required=False, allow_null=True, default=None
    )
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, default=DEFAULT_DAYS)


class TokensView(Endpoint):
    read_scope = None
    keeps_answer = False

    @extend_schema(responses=page_of(Token), parameters=PAGE_PARAMETERS)
    def get(self, request: Request) -> Response:
        return paged(request, tokens_of(actor_of(request)), "-created", "digest", serializer=Token)

    @extend_schema(request=TokenBody, responses={201: NewToken})
    def post(self, request: Request) -> Response:
        token, key = create_token(actor=actor_of(request), **read_body(TokenBody, request))
        return Response({**Token(token).data, "token": key}, status=201)


class TokenView(Endpoint):
    read_scope = None

    @extend_schema(responses={204: None})
    def delete(self, request: Request, prefix: str) -> Response:
        revoke_token(actor=actor_of(request), prefix=prefix)
        return Response(status=204)
