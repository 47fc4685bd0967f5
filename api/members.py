"""Who belongs to a project, and the invitations to it. Tokens may read this, never change it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import Role
from annotation.queries.projects import invitations_of, member_of, members_of
from annotation.workflow.inviting import invite, revoke_invitation
from annotation.workflow.membership import add_member, remove_member, set_roles

from .actor import actor_of
from .endpoint import Body, Endpoint, read_body
from .pagination import PAGE_PARAMETERS, page_of, paged, whole


class RolesField(serializers.ListField):
    child = serializers.ChoiceField(choices=Role.choices)


class Member(serializers.Serializer[Any]):
    user_id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.EmailField()
    roles = RolesField()


class MemberRoles(serializers.Serializer[Any]):
    """Without name and address: who gave up the lead may not read them any more."""

    user_id = serializers.IntegerField()
    roles = RolesField()


class RolesBody(Body):
    roles = RolesField(allow_empty=False, max_length=len(Role))


class NewMemberBody(RolesBody):
    email = serializers.EmailField()


class MembersView(Endpoint):
    @extend_schema(responses=page_of(Member))
    def get(self, request: Request, project_id: int) -> Response:
        return whole(members_of(project_id, actor_of(request)), Member)

    @extend_schema(request=NewMemberBody, responses={201: Member})
    def post(self, request: Request, project_id: int) -> Response:
        actor = actor_of(request)
        body = read_body(NewMemberBody, request)
        person = add_member(project_id=project_id, actor=actor, **body)
        return Response(Member(member_of(project_id, actor, person.pk)).data, status=201)


class MemberView(Endpoint):
    @extend_schema(request=RolesBody, responses=MemberRoles)
    def patch(self, request: Request, project_id: int, user_id: int) -> Response:
        actor = actor_of(request)
        roles = read_body(RolesBody, request)["roles"]
        set_roles(project_id=project_id, actor=actor, user_id=user_id, roles=roles)
        return Response(MemberRoles({"user_id": user_id, "roles": sorted(set(roles))}).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: int, user_id: int) -> Response:
        remove_member(project_id=project_id, actor=actor_of(request), user_id=user_id)
        return Response(status=204)


class Invitation(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    email = serializers.EmailField()
    roles = RolesField()
    expires_at = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class NewInvitation(Invitation):
    url = serializers.CharField()


class ProjectInvitationsView(Endpoint):
    keeps_answer = False

    @extend_schema(responses=page_of(Invitation), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, project_id: int) -> Response:
        rows = invitations_of(project_id, actor_of(request))
        return paged(request, rows, "-id", serializer=Invitation)

    @extend_schema(request=NewMemberBody, responses={201: NewInvitation})
    def post(self, request: Request, project_id: int) -> Response:
        body = read_body(NewMemberBody, request)
        invitation, key = invite(project_id=project_id, actor=actor_of(request), **body)
        url = request.build_absolute_uri(f"/invitations/{key}")
        return Response({**Invitation(invitation).data, "url": url}, status=201)


class ProjectInvitationView(Endpoint):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: int, invitation_id: int) -> Response:
        revoke_invitation(
            project_id=project_id, actor=actor_of(request), invitation_id=invitation_id
        )
        return Response(status=204)
