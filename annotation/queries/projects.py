"""Projects and their people, as a member may see them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, QuerySet

from annotation.models import ApiToken, Invitation, Membership, Project, Role, Source, User
from annotation.workflow.access import require_role


def projects_of(actor: User, only: int | None = None) -> QuerySet[Project]:
    """The actor's projects, each with `roles`. `only` is the limit of a token."""
    mine = Project.objects.filter(memberships__user=actor)
    if only is not None:
        mine = mine.filter(pk=only)
    return mine.annotate(
        roles=ArrayAgg("memberships__role", order_by=["memberships__role"], distinct=True)
    )


def project_of(project_id: int, actor: User) -> Project:
    require_role(project_id, actor)
    return projects_of(actor).get(pk=project_id)


@dataclass(frozen=True)
class Member:
    user_id: int
    name: str
    email: str
    roles: list[str]


def members_of(project_id: int, actor: User) -> list[Member]:
    """Names and addresses: for the lead, because reviewers judge without knowing whom."""
    require_role(project_id, actor, Role.LEAD)
    rows = (
        Membership.objects.filter(project_id=project_id)
        .select_related("user")
        .order_by("user__name", "user_id", "role")
    )
    return [
        Member(user.pk, user.name, user.email, [row.role for row in held])
        for user, held in groupby(rows, key=lambda row: row.user)
    ]


def member_of(project_id: int, actor: User, user_id: int) -> Member:
    return next(found for found in members_of(project_id, actor) if found.user_id == user_id)


def invitations_of(project_id: int, actor: User) -> QuerySet[Invitation]:
    require_role(project_id, actor, Role.LEAD)
    return Invitation.objects.filter(project_id=project_id)


def sources_of(project_id: int, actor: User) -> QuerySet[Source]:
    require_role(project_id, actor)
    return Source.objects.filter(project_id=project_id).annotate(clip_count=Count("clips"))


def tokens_of(actor: User) -> QuerySet[ApiToken]:
    mine: QuerySet[ApiToken] = ApiToken.objects.filter(user=actor)
    return mine


@dataclass(frozen=True)
class Rules:
    """What the people at work have to know of the project's settings."""

    attributes_required: bool
    sound_allowed: bool

    @classmethod
    def of(cls, project: Project) -> Rules:
        return cls(project.attributes_required, project.sound_allowed)
