"""Invitations: the only way to an account. The key is shown once and only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from annotation.errors import InvalidInput, NotAllowed, NotFound, TransitionRefused
from annotation.models import Invitation, Project, Role, User

from .access import project_for
from .membership import grant
from .recording import record_in_project


def hash_key(key: str) -> str:
    # The key has 256 random bits, so a fast hash is enough.
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def invite(
    *, project_id: int, actor: User, email: str, roles: Collection[str]
) -> tuple[Invitation, str]:
    """The invitation and its key."""
    project = project_for(project_id, actor, Role.LEAD)
    if not roles:
        raise InvalidInput("Choose at least one role.")
    key = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        project=project,
        email=User.objects.normalize_email(email),
        roles=sorted(set(roles)),
        key_hash=hash_key(key),
        invited_by=actor,
    )
    record_in_project(
        "member.invited",
        project=project,
        actor=actor,
        invitation=invitation.pk,
        roles=sorted(roles),
    )
    return invitation, key


@transaction.atomic
def revoke_invitation(*, project_id: int, actor: User, invitation_id: int) -> None:
    project = project_for(project_id, actor, Role.LEAD)
    found = Invitation.objects.select_for_update().filter(
        pk=invitation_id, project=project, accepted_at__isnull=True
    )
    if not found.exists():
        raise NotFound("The project has no such open invitation.")
    found.delete()
    record_in_project(
        "member.invitation_revoked", project=project, actor=actor, invitation=invitation_id
    )


def open_invitation(key: str) -> Invitation:
    """The invitation of a key that can still be used."""
    invitation = (
        Invitation.objects.select_related("project")
        .filter(key_hash=hash_key(key), accepted_at__isnull=True, expires_at__gt=timezone.now())
        .first()
    )
    if invitation is None:
        raise NotFound("This invitation was used or has ended. Ask for a new one.")
    return invitation


@transaction.atomic
def accept_as_new(*, key: str, name: str, password: str) -> User:
    """Makes the account that the invitation is for."""
    invitation = _locked(key)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise TransitionRefused("You have an account already. Sign in, then accept.")
    person = User(email=invitation.email, name=name)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise InvalidInput(
            "Choose another password.",
            errors=[
                {"field": "password", "code": found.code or "weak", "message": found.messages[0]}
                for found in error.error_list
            ],
        ) from error
    person.set_password(password)
    person.save()
    _accept(invitation, person)
    return person


@transaction.atomic
def accept_as_member(*, key: str, actor: User) -> None:
    """For somebody who is signed in under the address that was invited."""
    invitation = _locked(key)
    if invitation.email.casefold() != actor.email.casefold():
        raise NotAllowed("This invitation is for another address. Sign in under that one.")
    _accept(invitation, actor)


def _locked(key: str) -> Invitation:
    """A key opens once: of two that come at the same time, the second finds it used."""
    found = open_invitation(key)
    Invitation.objects.select_for_update().get(pk=found.pk)
    return open_invitation(key)


def _accept(invitation: Invitation, person: User) -> None:
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    project = Project.objects.select_for_update(no_key=True).get(pk=invitation.project_id)
    grant(project, person, invitation.roles)
    record_in_project("member.joined", project=project, actor=person, invitation=invitation.pk)
