"""Which model versions a project knows, and which of them drafts its clips."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from annotation.errors import InvalidInput, NotFound, TransitionRefused
from annotation.models import (
    DraftRole,
    ModelKind,
    ModelVersion,
    Project,
    PromptVersion,
    Role,
    RoleKind,
    User,
)
from annotation.shipping import SIGNALS

from .access import project_for
from .recording import record_in_project

REGISTRARS = (Role.LEAD, Role.ML)
FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def prompts_in(project_id: int) -> QuerySet[PromptVersion]:
    """The project's own, and those that ship with the product."""
    return PromptVersion.objects.filter(Q(project_id=project_id) | Q(project__isnull=True))


def versions_in(project_id: int) -> QuerySet[ModelVersion]:
    return ModelVersion.objects.filter(Q(project_id=project_id) | Q(project__isnull=True))


def shipped_signals() -> ModelVersion:
    """The version that every installation can draft with."""
    return ModelVersion.objects.get(project=None, name=SIGNALS)


def let_rules_draft(project: Project, actor: User) -> DraftRole:
    """What a project begins with, so that its clips have a draft as soon as they are tracked."""
    reason = "It needs neither a GPU nor a key, so every project begins with it."
    return _give(project, shipped_signals(), RoleKind.DEFAULT, actor=actor, reason=reason)


def version_in(project_id: int, uid: str) -> ModelVersion:
    found = versions_in(project_id).select_related("prompt").filter(uid=uid).first()
    if found is None:
        raise NotFound("The project has no such model version.")
    return found


@transaction.atomic
def register_hosted_model(
    *,
    project_id: int,
    actor: User,
    name: str,
    endpoint: str,
    model: str,
    prompt: str,
    structured_output: bool,
    temperature: float,
    max_output_tokens: int,
    input_price: Decimal,
    output_price: Decimal,
) -> ModelVersion:
    """A model behind an endpoint of the settings, with one prompt version."""
    project = project_for(project_id, actor, *REGISTRARS)
    if endpoint not in settings.DRAFT_ENDPOINTS:
        raise _wrong("endpoint", "The settings of this installation name no such endpoint.")
    stored_prompt = prompts_in(project_id).filter(uid=prompt).first()
    if stored_prompt is None:
        raise _wrong("prompt", "The project has no such prompt.")
    return _register(
        ModelVersion(
            project=project,
            kind=ModelKind.OPENAI,
            name=name,
            endpoint=endpoint,
            model=model,
            prompt=stored_prompt,
            structured_output=structured_output,
            temperature=temperature,
            max_output_tokens=max_output_tokens,
            input_price=input_price,
            output_price=output_price,
        ),
        project,
        actor,
    )


@transaction.atomic
def register_own_model(
    *, project_id: int, actor: User, name: str, base: str, adapter: str = ""
) -> ModelVersion:
    """
    A FaceTrack-MM: `mini` or a checkpoint in the workers' folder of models, with an adapter laid
    over it. Both are names of folders there, never paths.
    """
    project = project_for(project_id, actor, *REGISTRARS)
    for field, value in (("base", base), ("adapter", adapter)):
        if (value or field == "base") and not FOLDER.fullmatch(value):
            raise _wrong(field, "This must be the name of a folder below the folder of models.")
    kind = ModelKind.FACETRACK_MM
    version = ModelVersion(project=project, kind=kind, name=name, base=base, adapter=adapter)
    return _register(version, project, actor)


def _register(version: ModelVersion, project: Project, actor: User) -> ModelVersion:
    if versions_in(project.pk).filter(name=version.name).exists():
        raise _wrong("name", "The project has a model of this name. Choose another.")
    version.registered_by = actor
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError:
        raise _wrong("name", "The project has a model of this name. Choose another.") from None
    record_in_project("model_version.registered", project=project, actor=actor, model=version.uid)
    return version


def _wrong(field: str, message: str) -> InvalidInput:
    return InvalidInput(
        message, errors=[{"field": field, "code": "not_possible", "message": message}]
    )


@transaction.atomic
def give_role(
    *,
    project_id: int,
    actor: User,
    version: str,
    role: RoleKind,
    reason: str,
    share: float | None = None,
) -> DraftRole:
    """
    From now on; clips that have their drafts keep them. A new default or canary ends the one of
    its kind. The same role again changes nothing. Locks the project.
    """
    project = _locked(project_id, actor)
    found = version_in(project_id, version)
    if (share is None) == (role == RoleKind.CANARY):
        raise _wrong("share", "A canary has a share of the clips; no other role has one.")
    current = _current(project).filter(version=found).first()
    if current is not None and (current.role, current.share) == (role, share):
        return current
    return _give(project, found, role, actor=actor, reason=reason, share=share)


@transaction.atomic
def roll_back(*, project_id: int, actor: User, kind: ModelKind, reason: str) -> DraftRole:
    """The default before this one drafts again; this one is retired. Locks the project."""
    project = _locked(project_id, actor)
    defaults = DraftRole.objects.filter(project=project, kind=kind, role=RoleKind.DEFAULT)
    current = defaults.filter(ended_at__isnull=True).first()
    if current is None:
        raise TransitionRefused("No model of this kind is the default. Promote one instead.")
    former = (
        defaults.exclude(version=current.version_id)
        .filter(pk__lt=current.pk)
        .select_related("version")
        .order_by("-pk")
        .first()
    )
    if former is None:
        raise TransitionRefused("There was no default before this one. Promote one instead.")
    _give(project, current.version, RoleKind.RETIRED, actor=actor, reason=reason)
    return _give(project, former.version, RoleKind.DEFAULT, actor=actor, reason=reason)


def _locked(project_id: int, actor: User) -> Project:
    project_for(project_id, actor, *REGISTRARS)
    return Project.objects.select_for_update(no_key=True).get(pk=project_id)


def _current(project: Project) -> QuerySet[DraftRole]:
    return DraftRole.objects.filter(project=project, ended_at__isnull=True)


def _give(
    project: Project,
    version: ModelVersion,
    role: RoleKind,
    *,
    actor: User,
    reason: str,
    share: float | None = None,
) -> DraftRole:
    is_ended = Q(version=version)
    if role in (RoleKind.DEFAULT, RoleKind.CANARY):
        is_ended |= Q(kind=version.kind, role=role)
    _current(project).filter(is_ended).update(ended_at=timezone.now())
    detail: dict[str, Any] = {"model": version.uid, "role": str(role), "reason": reason}
    if share is not None:
        detail["share"] = share
    record_in_project("model_version.promoted", project=project, actor=actor, **detail)
    return DraftRole.objects.create(
        project=project,
        version=version,
        kind=version.kind,
        role=role,
        share=share,
        reason=reason,
        given_by=actor,
    )
