"""A dataset version's card, and what has changed about its clips since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotation.exporting.choosing import no_longer_allowed
from annotation.models import (
    ActionCount,
    DataCard,
    DatasetVersion,
    Job,
    JobState,
    TrainingRun,
    User,
)
from annotation.workflow.action_counts import counting_key, questions_for
from annotation.workflow.cards import card_key

from .datasets import READERS, version_for


@dataclass(frozen=True)
class CardNow:
    card: DataCard | None
    job: Job | None  # the one that makes it, while it is not made
    ended: dict[str, list[str]]
    runs: list[TrainingRun]  # those that learnt from the version
    action_counts: list[ActionCount]  # by models, beside the card's own
    counting: Job | None  # the newest that a model counts by, until it is done
    questions: int  # that a model is asked to count

    @property
    def content(self) -> dict[str, Any] | None:
        return None if self.card is None else self.card.content

    @property
    def made_at(self) -> datetime | None:
        return None if self.card is None else self.card.created_at


def card_of(uid: str, actor: User) -> CardNow:
    version = version_for(uid, actor, *READERS)
    card = DataCard.objects.select_related("version__project").filter(version=version).first()
    job = None
    if card is None:
        job = Job.objects.filter(key=card_key(version)).order_by("-pk").first()
    return CardNow(
        card=card,
        job=job,
        ended=no_longer_allowed(version),
        runs=list(version.training_runs.order_by("number")),
        action_counts=list(version.action_counts.select_related("model").order_by("pk")),
        counting=_counting(version),
        questions=questions_for(version),
    )


def _counting(version: DatasetVersion) -> Job | None:
    jobs = Job.objects.filter(key__startswith=counting_key(version))
    newest = jobs.order_by("-pk").first()
    return newest if newest and newest.state != JobState.DONE else None
