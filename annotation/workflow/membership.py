"""Projects, their settings, and who belongs to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from annotation.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
    RevisionConflict,
    TransitionRefused,
)
from annotation.models import Membership, Project, Role, User

from .access import require_role
from .leaving import free_work
from .promoting import let_rules_draft
from .recording import record_in_project

SETTINGS = (
    "annotators_per_clip",
    "lease_minutes",
    "draft_wait_minutes",
    "draft_policy",
    "no_draft_share",
    "cross_validation_blind_share",
    "cross_validation_check_share",
    "return_cap",
    "attributes_required",
    "sound_allowed",
    "external_processing_allowed",
)
CHANGEABLE = {"name", "description", *SETTINGS}


def may_create_projects(actor: User) -> bool:
    return actor.is_staff or Membership.objects.filter(user=actor, role=Role.LEAD).exists()


@transaction.atomic
def create_project(*, actor: User, name: str, description: str = "") -> Project:
    """
    A new project with the actor as its lead and the rules on signals as what drafts. For staff,
    and for leads of other projects.
    """
    if not may_create_projects(actor):
        raise NotAllowed("Only leads of a project and the operator can begin a new one.")
    project = Project(name=name, description=description)
    _check(project)
    project.save()
    Membership.objects.create(project=project, user=actor, role=Role.LEAD)
    record_in_project("project.created", project=project, actor=actor)
    let_rules_draft(project, actor)
    return project


@transaction.atomic
def update_project(
    *, project_id: int, actor: User, revision: int, changes: Mapping[str, Any]
) -> Project:
    """Sets name, description and settings. Work that is under way keeps the slots it has."""
    project = _project_for_update(project_id, actor)
    if project.revision != revision:
        raise RevisionConflict(
            "Somebody else changed the settings. Read them again.", current=project.revision
        )
    if unknown := set(changes) - CHANGEABLE:
        raise InvalidInput(f"A project has no {', '.join(sorted(unknown))} that can be set.")
    for name, value in changes.items():
        setattr(project, name, value)
    project.revision += 1
    _check(project)
    project.save(update_fields=[*changes, "revision"])
    record_in_project(
        "project.changed", project=project, actor=actor, fields=sorted(changes), revision=revision
    )
    return project


def _project_for_update(project_id: int, actor: User) -> Project:
    """Locked, so that of two changes of its members or settings one sees the other."""
    require_role(project_id, actor, Role.LEAD)
    return Project.objects.select_for_update(no_key=True).get(pk=project_id)


def _check(project: Project) -> None:
    try:
        project.full_clean()
    except ValidationError as error:
        raise InvalidInput("Correct the settings named.", errors=_named(error)) from error


def _named(error: ValidationError) -> list[dict[str, str]]:
    return [
        {
            "field": "" if field == "__all__" else field,
            "code": found.code or "invalid",
            "message": " ".join(found.messages),
        }
        for field, fields_errors in error.error_dict.items()
        for found in fields_errors
    ]


@transaction.atomic
def add_member(*, project_id: int, actor: User, email: str, roles: Collection[str]) -> User:
    """Gives roles to somebody who has an account. Who has none is invited."""
    project = _project_for_update(project_id, actor)
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise InvalidInput(
            "Nobody here has this address. Send an invitation instead.",
            errors=[{"field": "email", "code": "no_account", "message": "Invite this person."}],
        )
    if project.memberships.filter(user=person).exists():
        raise TransitionRefused("This person is a member already. Change the roles instead.")
    grant(project, person, roles)
    record_in_project(
        "member.added", project=project, actor=actor, user=person.pk, roles=sorted(roles)
    )
    return person


@transaction.atomic
def set_roles(*, project_id: int, actor: User, user_id: int, roles: Collection[str]) -> None:
    project = _project_for_update(project_id, actor)
    _require_member(project, user_id)
    if Role.LEAD not in roles:
        _keep_a_lead(project, without=user_id)
    person = User.objects.get(pk=user_id)
    _take_roles(project, person, set(Role.values) - set(roles), actor)
    grant(project, person, roles)
    record_in_project(
        "member.changed", project=project, actor=actor, user=user_id, roles=sorted(roles)
    )


@transaction.atomic
def remove_member(*, project_id: int, actor: User, user_id: int) -> None:
    """
    By the lead, or by the members themselves. What they hold is free at once; what they wrote
    stays.
    """
    allowed = () if user_id == actor.pk else (Role.LEAD,)
    require_role(project_id, actor, *allowed)
    project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
    _require_member(project, user_id)
    _keep_a_lead(project, without=user_id)
    _take_roles(project, User.objects.get(pk=user_id), Role.values, actor)
    record_in_project("member.removed", project=project, actor=actor, user=user_id)


def _take_roles(project: Project, person: User, roles: Collection[str], actor: User) -> None:
    project.memberships.filter(user=person, role__in=roles).delete()
    free_work(project, person, roles=roles, actor=actor)


def grant(project: Project, person: User, roles: Collection[str]) -> None:
    """Adds roles to those held. The project is locked or new."""
    if not roles:
        raise InvalidInput("Choose at least one role.")
    Membership.objects.bulk_create(
        (Membership(project=project, user=person, role=Role(role)) for role in sorted(roles)),
        ignore_conflicts=True,
    )


def _require_member(project: Project, user_id: int) -> None:
    if not project.memberships.filter(user_id=user_id).exists():
        raise NotFound("The project has no such member.")


def _keep_a_lead(project: Project, *, without: int) -> None:
    leads = project.memberships.filter(role=Role.LEAD)
    if not leads.exclude(user_id=without).exists():
        raise TransitionRefused("A project needs a lead. Make somebody else lead first.")
