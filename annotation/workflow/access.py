"""
The only way workflow code reaches a row on someone's behalf.

Lock order: project, membership, clip, assignment, consolidation, cross-validation, dataset
version, prediction set, training run, device, job. Someone else's row is "not found", as an
absent one is.
"""

from __future__ import annotations

from typing import Any, Protocol

from annotation.errors import LeaseLost, NotAllowed, NotFound, RevisionConflict
from annotation.models import (
    Annotation,
    Assignment,
    AssignmentStatus,
    Clip,
    Membership,
    Project,
    Role,
    User,
)

BEING_WRITTEN = (AssignmentStatus.HELD, AssignmentStatus.RETURNED)


def roles_in(project_id: int, actor: User) -> set[Role]:
    held = Membership.objects.filter(project_id=project_id, user_id=actor.pk)
    return {Role(role) for role in held.values_list("role", flat=True)}


def require_role(project_id: int, actor: User, *allowed: Role) -> set[Role]:
    """Refuses strangers with "not found" and members without the role with "not allowed"."""
    roles = roles_in(project_id, actor)
    if not roles:
        raise NotFound("There is no such project, or you are not a member of it.")
    if allowed and roles.isdisjoint(allowed):
        wanted = " or ".join(role.label.lower() for role in allowed)
        raise NotAllowed(f"This needs the role {wanted} in the project. Ask the lead for it.")
    return roles


def project_for(project_id: int, actor: User, *allowed: Role) -> Project:
    require_role(project_id, actor, *allowed)
    return Project.objects.get(pk=project_id)


def serialize_claims(project_id: int, actor: User, role: Role) -> Project:
    """
    Lets one claim of this person in this role through at a time, so that a double click does
    not take two pieces of work. Locks the membership; call first in the transaction.
    """
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("project")
        .filter(project_id=project_id, user_id=actor.pk, role=role)
        .first()
    )
    if membership is None:
        require_role(project_id, actor, role)
        raise NotAllowed("Your roles changed in this moment. Try again.")
    return membership.project


def clip_for_update(clip_id: int, actor: User, *allowed: Role) -> Clip:
    """Locks the clip for a member with one of the roles."""
    try:
        clip = (
            Clip.objects.select_for_update(of=("self",)).select_related("project").get(pk=clip_id)
        )
    except Clip.DoesNotExist:
        raise NotFound("There is no such clip.") from None
    try:
        require_role(clip.project_id, actor, *allowed)
    except NotFound:
        raise NotFound("There is no such clip.") from None
    return clip


def assignment_for_update(assignment_id: int, actor: User) -> tuple[Assignment, Annotation]:
    """
    Locks the clip, then the slot that the actor holds or once held, and their annotation of it.

    Whether the actor still holds it is for `require_holder` to ask: a lost lease keeps the text.
    """
    annotation = (
        Annotation.objects.select_related("assignment")
        .filter(annotator_id=actor.pk, assignment_id=assignment_id)
        .first()
    )
    if annotation is None:
        raise NotFound("You have no such assignment.")
    clip = clip_for_update(annotation.assignment.clip_id, actor, Role.ANNOTATOR)
    # Read again: it may have changed, or moved to another slot, while we waited for the lock.
    annotation = Annotation.objects.select_for_update(of=("self",)).get(pk=annotation.pk)
    if annotation.assignment_id != assignment_id:
        raise NotFound("You have no such assignment.")
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment_id)
    assignment.clip = clip
    annotation.assignment = assignment
    return assignment, annotation


def require_holder(assignment: Assignment, actor: User) -> None:
    if assignment.annotator_id != actor.pk:
        raise LeaseLost(
            "Your time on this clip ran out and the place was given on. Your text is kept: "
            "copy it, or ask to have the clip back."
        )


def require_held(assignment: Assignment, actor: User) -> None:
    """
    The actor holds the slot and may write. A lapsed lease nobody took counts as held, and what
    a reviewer returned is taken up by its first change, whatever else the person holds.
    """
    require_holder(assignment, actor)
    if assignment.status not in BEING_WRITTEN:
        raise LeaseLost(
            f"This annotation is {assignment.status} and cannot be changed now.",
            status=assignment.status,
        )


class Revised(Protocol):
    revision: int
    document: Any


def require_revision(row: Revised, revision: int) -> None:
    if row.revision != revision:
        raise RevisionConflict(
            "The text changed after you read it. Compare the two and save again.",
            current=row.revision,
            document=row.document,
        )
