"""Facial actions counted by a hosted model, beside a data card: asked for, and kept once."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from django.db import transaction

from annotation.errors import InvalidInput, NotFound
from annotation.jobs import JobKind, enqueue
from annotation.models import (
    ActionCount,
    DatasetVersion,
    Job,
    ModelKind,
    ModelVersion,
    Role,
    User,
)

from .access import require_role
from .evaluated_clips import require_captions_sendable
from .promoting import version_in
from .recording import record_in_project

# With the growing wait between them, these outlast a server that is down for an hour.
ATTEMPTS = 9
# More would make answers so long that one of them is cut, which is paid for and of no use.
CAPTIONS_A_QUESTION = 10


@transaction.atomic
def ask_for_action_count(*, version_uid: str, actor: User, model: str) -> Job:
    """Paid for by the project's budget. The same again is answered with the job that was."""
    version = DatasetVersion.objects.select_related("project").filter(uid=version_uid).first()
    if version is None:
        raise NotFound("There is no such dataset version.")
    require_role(version.project_id, actor, Role.ML, Role.LEAD)
    found = version_in(version.project_id, model)
    if found.kind != ModelKind.OPENAI:
        raise InvalidInput("Only hosted models count facial actions. Choose one of those.")
    require_captions_sendable(version, found)
    return enqueue(
        JobKind.COUNT_ACTIONS,
        key=f"{counting_key(version)}{found.uid}",
        payload={"version": version.pk, "model": found.pk},
        project=version.project,
        started_by=actor,
        max_attempts=ATTEMPTS,
    )


def counting_key(version: DatasetVersion) -> str:
    """With this begin the keys of the jobs of all models."""
    return f"actions:{version.uid}:"


def questions_for(version: DatasetVersion) -> int:
    """What a count costs, but for answers that have to be asked for again."""
    captions: int = version.counts["total"]
    return ceil(captions / CAPTIONS_A_QUESTION)


def keep_action_count(
    version: DatasetVersion,
    model: ModelVersion,
    prompt_version: int,
    content: Mapping[str, Any],
    actor: User | None,
) -> None:
    """The first one stays."""
    _, is_new = ActionCount.objects.get_or_create(
        version=version,
        model=model,
        defaults={"prompt_version": prompt_version, "content": dict(content)},
    )
    if is_new:
        record_in_project(
            "actions.counted",
            project=version.project,
            actor=actor,
            version=version.uid,
            model=model.uid,
        )
