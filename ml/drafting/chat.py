"""One question to a server that speaks the OpenAI protocol, and what may come back instead."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol, cast

import httpx2
import openai

from ml.drafting.manners import Memory, OwnMemory, adapted, also_refused
from ml.drafting.protocols import Failed, FailureCode, TryAgain, Usage

logger = logging.getLogger(__name__)

# Without an answer of the server there is no telling whether it worked, and will be paid for it.
NEVER_ARRIVED = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
BUSY = (408, 409, 425, 429)
WRONG_FORM = (400, 422)
# Begins the codes of what the server refuses to look at.
CONTENT = "content_"
# A large picture in full detail costs the known servers less than this.
TOKENS_OF_A_PICTURE = 1200
# Names, roles and separators of one part of a message.
TOKENS_AROUND = 20
# English has four letters to a token; names and JSON have fewer.
LETTERS_OF_A_TOKEN = 3


@dataclass(frozen=True)
class ChatRequest:
    """The body of a request for a chat completion."""

    body: dict[str, Any] = field(repr=False)

    def digest(self, endpoint: str) -> str:
        """Equal for equal questions to the same endpoint."""
        text = json.dumps([endpoint, self.body], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def pictures(self) -> int:
        return sum(part["type"] == "image_url" for part in self._parts())

    @property
    def most_input_tokens(self) -> int:
        """More than the server will count, so that what is reserved suffices."""
        letters = len(json.dumps(self.body.get("response_format", "")))
        pictures = around = 0
        for part in self._parts():
            around += TOKENS_AROUND
            if part["type"] == "text":
                letters += len(part["text"])
            else:
                pictures += 1
        return letters // LETTERS_OF_A_TOKEN + pictures * TOKENS_OF_A_PICTURE + around

    @property
    def most_output_tokens(self) -> int:
        return int(self.body["max_tokens"])

    def _parts(self) -> list[dict[str, Any]]:
        return [
            part
            for message in self.body["messages"]
            for part in (
                message["content"]
                if isinstance(message["content"], list)
                else [{"type": "text", "text": message["content"]}]
            )
        ]


class Unanswered(Exception):
    """
    No completion came. `outcome` says what that means for the draft; `may_cost` that the server
    may have worked all the same. `form_refused` is a no to the form of the request.
    """

    def __init__(
        self, outcome: Failed | TryAgain, *, may_cost: bool = False, form_refused: bool = False
    ) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome
        self.may_cost = may_cost
        self.form_refused = form_refused


class Chat(Protocol):
    def ask(self, request: ChatRequest) -> str:
        """The body of the answer as it came. Raises Unanswered."""
        ...


class OpenAIChat:
    """
    Asks once. Whoever owns the work owns trying again, so the client never does by itself; but a
    request whose form is refused, which costs nothing, is put into the form that the model takes.
    """

    def __init__(
        self,
        *,
        url: str,
        api_key: str,
        timeout_s: float,
        http: httpx2.Client,
        memory: Memory | None = None,
    ) -> None:
        # The client insists on a key; servers of one's own often have none.
        self._client = openai.OpenAI(
            base_url=url,
            api_key=api_key or "none",
            max_retries=0,
            timeout=timeout_s,
            http_client=http,
        )
        self._memory = memory or OwnMemory()

    def ask(self, request: ChatRequest) -> str:
        model = request.body["model"]
        known = refused = self._memory.recall(model)
        while True:
            try:
                answer = self._ask(adapted(request.body, refused))
            except openai.APIStatusError as problem:
                more = _also_refused(problem, request, refused)
                if more == refused:
                    raise _refused(problem) from problem
                refused = more
                continue
            if refused != known:
                logger.warning("%s is asked without %s", model, ", ".join(sorted(refused)))
                self._memory.keep(model, refused)
            return answer

    def _ask(self, body: dict[str, Any]) -> str:
        try:
            return self._client.chat.completions.with_raw_response.create(**body).http_response.text
        except openai.APIConnectionError as problem:
            raise _no_answer(problem) from problem


def _also_refused(
    problem: openai.APIStatusError, request: ChatRequest, refused: frozenset[str]
) -> frozenset[str]:
    if problem.status_code not in WRONG_FORM or _code(problem).startswith(CONTENT):
        return refused
    return also_refused(problem.param, request.body, refused)


def _no_answer(problem: openai.APIConnectionError) -> Unanswered:
    may_cost = not isinstance(problem.__cause__, NEVER_ARRIVED)
    if isinstance(problem, openai.APITimeoutError):
        reason = "The server of the model did not answer in time."
    elif may_cost:
        reason = "The server of the model broke off its answer."
    else:
        reason = "The server of the model cannot be reached."
    return Unanswered(TryAgain(reason), may_cost=may_cost)


def _refused(problem: openai.APIStatusError) -> Unanswered:
    status, code = problem.status_code, _code(problem)
    if code == "insufficient_quota":
        reason = "The account at the server of the model is used up. Top it up, then ask again."
        return _final("rejected_request", reason)
    if status in BUSY or status >= 500:
        wait_s = retry_after_s(problem.response.headers.get("retry-after", ""))
        reason = f"The server of the model is busy or broken (status {status})."
        return Unanswered(TryAgain(reason, wait_s=wait_s))
    if code.startswith(CONTENT):
        return _final("refused", "The server of the model refuses the pictures of this clip.")
    if status in (401, 403, 404):
        reason = "The server of the model refuses the key or does not know the model."
        return _final("rejected_request", f"{reason} Check both, then ask again.")
    reason = f"The server of the model refuses the request (status {status})."
    return _final("rejected_request", reason, form_refused=status in WRONG_FORM)


def _code(problem: openai.APIStatusError) -> str:
    """Some servers repeat the status here, as a number."""
    return str(problem.code or "")


def _final(code: FailureCode, reason: str, *, form_refused: bool = False) -> Unanswered:
    return Unanswered(Failed(code, reason), form_refused=form_refused)


def retry_after_s(header: str) -> float | None:
    """Seconds, or until a date; None for anything else."""
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


@dataclass(frozen=True)
class Completion:
    """What a server's answer holds. Text is None where it is no completion at all."""

    text: str | None
    refusal: str
    finish_reason: str
    usage: Usage

    @classmethod
    def read(cls, raw: str) -> Completion:
        try:
            value = json.loads(raw)
            choice = value["choices"][0]
            content, refusal = choice["message"].get("content"), choice["message"].get("refusal")
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
            return cls(None, "", "", Usage())
        return cls(
            text=content if isinstance(content, str) else "",
            refusal=refusal if isinstance(refusal, str) else "",
            finish_reason=str(choice.get("finish_reason", "")),
            usage=_usage(value.get("usage")),
        )


def _usage(value: object) -> Usage:
    counts = cast("dict[str, object]", value) if isinstance(value, dict) else {}
    return Usage(_count(counts.get("prompt_tokens")), _count(counts.get("completion_tokens")))


def _count(value: object) -> int:
    # JSON true is an int to Python; what is larger than any column is no count of tokens.
    return value if type(value) is int and 0 <= value < 2**31 else 0
