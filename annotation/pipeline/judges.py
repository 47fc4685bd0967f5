"""The judge of an evaluation: the rules of this installation, or a hosted model, paid for."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.db import connection

from annotation.errors import WorkflowError
from annotation.jobs import TryLater
from annotation.models import CallStatus, Evaluation, Job, ModelCall, ModelVersion, ReferenceEvents
from annotation.workflow.evaluated_clips import require_sendable
from annotation.workflow.spending import give_up_calls_of
from ml.drafting.chat import ChatRequest
from ml.metrics.asking import Asking
from ml.metrics.events import Events
from ml.metrics.frozen_events import FrozenEvents
from ml.metrics.judge import EventJudge, JudgeBusy, JudgeUnusable, key_of
from ml.metrics.openai_judge import OpenAIJudge

from .agreement import installed_judge
from .asking import PaidChat, paid_chat

# Questions to a hosted judge at the same time. The connections of a client are ten.
AT_ONCE = 8
BUSY_WAIT_S = 300.0


class JudgeRefused(WorkflowError):
    """The judge cannot be used as it is; the message says what to do."""

    code = "judge_unusable"


@contextmanager
def judging(evaluation: Evaluation, job: Job) -> Iterator[EventJudge]:
    """Raises what the judge cannot do as a refusal, or as TryLater where it passes by itself."""
    if evaluation.judge is None:
        yield installed_judge()
        return
    predictions = evaluation.predictions
    require_sendable(predictions.version, predictions.split, evaluation.judge)
    give_up_calls_of(job)
    try:
        with paid_chat(predictions.version.project, evaluation.judge, None, job) as chat:
            yield hosted_judge(chat, evaluation.judge)
            chat.judge(are_used=True)
    except JudgeBusy as busy:
        raise TryLater(str(busy), wait_s=BUSY_WAIT_S) from busy
    except JudgeUnusable as problem:
        raise JudgeRefused(str(problem)) from problem


def hosted_judge(chat: PaidChat, version: ModelVersion) -> OpenAIJudge:
    """The ledger of calls keeps its answers, so that a question is paid for once."""
    asking = Asking(
        FromThreads(chat),
        version.endpoint,
        version.model,
        cache=None,
        answering=answering_before(version),
    )
    return OpenAIJudge(asking, at_once=AT_ONCE)


class FromThreads:
    """Gives a thread's connection to the database back as soon as its question is answered."""

    def __init__(self, chat: PaidChat) -> None:
        self._chat = chat
        self._owner = threading.get_ident()

    def ask(self, request: ChatRequest) -> str:
        try:
            return self._chat.ask(request)
        finally:
            if threading.get_ident() != self._owner:
                connection.close()


def answering_before(version: ModelVersion) -> str:
    """What the judge called itself last: answers of two versions cannot stand in one table."""
    answered = ModelCall.objects.filter(
        version=version,
        job__isnull=False,
        status__in=[CallStatus.ANSWERED, CallStatus.USED],
    )
    last = answered.order_by("-pk").first()
    if last is None:
        return ""
    try:
        return str(cast("dict[str, object]", json.loads(last.answer)).get("model") or "")
    except (ValueError, AttributeError):
        return ""


class StoredEvents(FrozenEvents):
    """Kept as soon as they are taken; whoever came first decides for all."""

    @classmethod
    def of(cls, judge: str, texts: list[str]) -> StoredEvents:
        rows = ReferenceEvents.objects.filter(
            judge_name=judge, text_hash__in={key_of(text) for text in texts}
        )
        return cls(None, judge, {row.text_hash: tuple(row.events) for row in rows})

    def add(self, text: str, events: Events) -> None:
        row, _ = ReferenceEvents.objects.get_or_create(
            judge_name=self.judge, text_hash=key_of(text), defaults={"events": list(events)}
        )
        super().add(text, tuple(row.events))
