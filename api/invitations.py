"""An invitation in the hands of the person it was sent to, who may have no account yet."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.workflow.inviting import accept_as_member, accept_as_new, open_invitation

from .actor import signed_in
from .endpoint import Body, OpenEndpoint, read_body
from .members import RolesField
from .work import NothingBody


class InvitationOffer(serializers.Serializer[Any]):
    project_name = serializers.CharField(source="project.name")
    email = serializers.EmailField()
    roles = RolesField()
    expires_at = serializers.DateTimeField()


class AccountBody(Body):
    name = serializers.CharField(max_length=120)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)


class InvitationView(OpenEndpoint):
    @extend_schema(responses=InvitationOffer)
    def get(self, request: Request, key: str) -> Response:
        return Response(InvitationOffer(open_invitation(key)).data)


class AcceptView(OpenEndpoint):
    @extend_schema(request=AccountBody, responses={204: None})
    def post(self, request: Request, key: str) -> Response:
        """Somebody who is signed in sends an empty object."""
        actor = signed_in(request)
        if actor is not None:
            read_body(NothingBody, request)
            accept_as_member(key=key, actor=actor)
        else:
            open_invitation(key)
            accept_as_new(key=key, **read_body(AccountBody, request))
        return Response(status=204)
