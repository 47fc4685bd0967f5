"""A hosted model as the platform asks it: never twice for one answer, paced, and paid for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol, cast

from django.conf import settings
from django.core.cache import cache

from annotation.errors import TransitionRefused, WorkflowError
from annotation.jobs import TryLater
from annotation.models import CallStatus, Draft, Job, ModelCall, ModelVersion, Project
from annotation.outgoing import OutgoingRefused, check_url, guarded_client
from annotation.workflow.spending import (
    Question,
    answer_of,
    begin_call,
    end_call,
    judge_calls,
)
from ml.drafting.chat import Chat, ChatRequest, Completion, OpenAIChat, Unanswered
from ml.drafting.protocols import TryAgain

from .pacing import Limits, take_turn

# A server that was renewed may take what it refused.
REMEMBERED_S = 24 * 3600.0


class Secret(Protocol):
    def get_secret_value(self) -> str: ...


class ModelEndpoint(Limits, Protocol):
    """As the settings hold it."""

    @property
    def url(self) -> str: ...

    @property
    def api_key(self) -> Secret: ...

    @property
    def timeout_s(self) -> float: ...


@dataclass(frozen=True)
class SharedMemory:
    """What the models of an endpoint refuse, for all workers."""

    endpoint: str

    def recall(self, model: str) -> frozenset[str]:
        return frozenset(cache.get(self._key(model), ()))

    def keep(self, model: str, refused: frozenset[str]) -> None:
        cache.set(self._key(model), sorted(refused), timeout=REMEMBERED_S)

    def _key(self, model: str) -> str:
        # Names of models may hold what a key may not.
        digest = hashlib.sha256(model.encode()).hexdigest()
        return f"drafts:refused:{self.endpoint}:{digest}"


class NoEndpoint(WorkflowError):
    """The settings name no such endpoint."""

    code = "no_endpoint"


@dataclass
class PaidChat:
    """
    Looks for a stored answer first. Else it takes its turn and room in the budget, asks, and
    stores the answer before anybody reads it.
    """

    chat: Chat
    project: Project
    version: ModelVersion
    draft: Draft | None
    job: Job | None = None
    calls: list[ModelCall] = field(default_factory=list)

    def ask(self, request: ChatRequest) -> str:
        question = Question(
            project=self.project,
            version=self.version,
            draft=self.draft,
            job=self.job,
            request_hash=request.digest(self.version.endpoint),
            most_input_tokens=request.most_input_tokens,
            most_output_tokens=request.most_output_tokens,
            pictures=request.pictures,
        )
        call = answer_of(question)
        if call is None:
            tokens = question.most_input_tokens + question.most_output_tokens
            take_turn(self.version.endpoint, endpoint_of(self.version), tokens)
            call = self._answered(begin_call(question), request)
        self.calls.append(call)
        return call.answer

    def _answered(self, call: ModelCall, request: ChatRequest) -> ModelCall:
        try:
            answer = self.chat.ask(request)
        except Unanswered as nothing:
            refusal = nothing.__cause__ and nothing.__cause__.__cause__
            may_cost = nothing.may_cost and not isinstance(refusal, OutgoingRefused)
            end_call(call, CallStatus.LOST if may_cost else CallStatus.FAILED)
            if isinstance(refusal, OutgoingRefused):
                raise refusal from nothing
            raise
        # What PostgreSQL cannot store as text says nothing to anybody.
        answer = answer.replace("\x00", " ") or " "
        usage = Completion.read(answer).usage
        end_call(
            call,
            CallStatus.ANSWERED,
            answer=answer,
            input_tokens=usage.input_tokens or request.most_input_tokens,
            output_tokens=usage.output_tokens,
        )
        call.answer = answer
        return call

    def judge(self, *, are_used: bool) -> None:
        judge_calls(self.calls, are_used=are_used)


def stopped_by(nothing: Unanswered) -> WorkflowError | TryLater:
    """What ends the attempt of a job that cannot go on without the answer."""
    if isinstance(nothing.outcome, TryAgain):
        return TryLater(nothing.outcome.reason, wait_s=nothing.outcome.wait_s or 0.0)
    return TransitionRefused(nothing.outcome.reason)


def endpoint_of(version: ModelVersion) -> ModelEndpoint:
    endpoint = settings.DRAFT_ENDPOINTS.get(version.endpoint)
    if endpoint is None:
        raise NoEndpoint(
            f"The settings of this installation name no endpoint {version.endpoint}. "
            "Have its operator add it, or register the model with another."
        )
    return cast("ModelEndpoint", endpoint)


@contextmanager
def paid_chat(
    project: Project, version: ModelVersion, draft: Draft | None, job: Job | None = None
) -> Iterator[PaidChat]:
    """With connections of its own, which end with the block."""
    endpoint = endpoint_of(version)
    check_url(endpoint.url)
    with guarded_client(timeout_s=endpoint.timeout_s) as http:
        chat = OpenAIChat(
            url=endpoint.url,
            api_key=endpoint.api_key.get_secret_value(),
            timeout_s=endpoint.timeout_s,
            http=http,
            memory=SharedMemory(version.endpoint),
        )
        yield PaidChat(chat, project, version, draft, job)
