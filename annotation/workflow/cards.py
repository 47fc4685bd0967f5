"""A dataset version's data card: made once, by a job, and kept as it was made."""

from __future__ import annotations

from django.db import transaction

from annotation.cards.facts import card_facts
from annotation.errors import NotFound
from annotation.jobs import JobKind, Progress, enqueue
from annotation.models import DataCard, DatasetVersion, Job, Role, User

from .access import require_role


@transaction.atomic
def ask_for_card(*, version_uid: str, actor: User) -> Job:
    """Answers with the job that makes it, or made it."""
    version = DatasetVersion.objects.select_related("project").filter(uid=version_uid).first()
    if version is None:
        raise NotFound("There is no such dataset version.")
    require_role(version.project_id, actor, Role.ML, Role.LEAD)
    return enqueue_card(version, actor)


def enqueue_card(version: DatasetVersion, actor: User) -> Job:
    return enqueue(
        JobKind.MAKE_CARD,
        key=card_key(version),
        payload={"version": version.pk},
        project=version.project,
        started_by=actor,
    )


def card_key(version: DatasetVersion) -> str:
    return f"card:{version.uid}"


def make_card(progress: Progress) -> dict[str, object]:
    """Safe to run twice: the first card stays."""
    version = DatasetVersion.objects.select_related("project").get(
        pk=progress.job.payload["version"]
    )
    total = version.counts["total"]
    content = card_facts(
        version,
        lambda done: progress.report(done, total, f"Reading caption {done:,} of {total:,}."),
    )
    result: dict[str, object] = {"version": version.uid}
    with transaction.atomic():
        DataCard.objects.get_or_create(version=version, defaults={"content": content})
        progress.finish(result)
    return result
