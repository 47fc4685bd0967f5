"""A question with a form for its answer: cached, asked again when malformed, and counted."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar, cast

from pydantic import BaseModel, ValidationError

from ml.drafting.answers import FENCE
from ml.drafting.chat import Chat, ChatRequest, Completion, Unanswered
from ml.drafting.prompts import Message, repair_message
from ml.drafting.protocols import TryAgain, Usage
from ml.metrics.answer_cache import AnswerCache
from ml.metrics.judge import JudgeBusy, JudgeUnusable, Unjudged

Answer = TypeVar("Answer", bound=BaseModel)
# What is wrong with an answer that has the form, in our words: nothing when it is usable.
Check: TypeAlias = Callable[[Answer], list[str]]

MALFORMED_TRIES = 3
BUSY_TRIES = 6
LONGEST_WAIT_S = 60.0
# A matrix of ten by ten takes seven hundred, ten events two hundred.
MOST_OUTPUT_TOKENS = 2000


@dataclass
class Spent:
    """Answers that came from the cache cost nothing."""

    calls: int = 0
    cached: int = 0
    malformed: int = 0
    usage: Usage = field(default_factory=Usage)


class Asking:
    """
    May be used by many threads. `wait` gets seconds. Without a cache the chat keeps answers itself.
    `answering` is what the judge called itself before.
    """

    def __init__(
        self,
        chat: Chat,
        endpoint: str,
        model: str,
        cache: AnswerCache | None,
        wait: Callable[[float], None] = time.sleep,
        answering: str = "",
    ) -> None:
        self._chat, self._endpoint, self.model = chat, endpoint, model
        self._cache, self._wait = cache, wait
        self.spent = Spent()
        self._lock = threading.Lock()
        self._answering = answering
        self._knows_schemas = True

    def ask(self, messages: list[Message], form: type[Answer], check: Check[Answer]) -> Answer:
        """A usable answer is kept under the first question, also when it came after a repair."""
        digest = self._request(messages, form, structured=True).digest(self._endpoint)
        if self._cache and (stored := self._cache.get(digest)) is not None:
            read = self._read(stored, form, check)
            if not isinstance(read, list):
                self._book(cached=1)
                return read
        raw, answer = self._asked(messages, form, check)
        if self._cache:
            self._cache.put(digest, raw)
        return answer

    def _asked(
        self, messages: list[Message], form: type[Answer], check: Check[Answer]
    ) -> tuple[str, Answer]:
        question = messages
        for _ in range(MALFORMED_TRIES):
            raw = self._send(question, form)
            completion = Completion.read(raw)
            self._book(calls=1, usage=completion.usage)
            read = self._read(raw, form, check)
            if not isinstance(read, list):
                return raw, read
            self._book(malformed=1)
            answer = {"role": "assistant", "content": completion.text or "{}"}
            question = [*messages, answer, repair_message(read)]
        raise Unjudged("The judge did not answer in the form asked for, also when asked again.")

    def _send(self, messages: list[Message], form: type[BaseModel]) -> str:
        for number in range(BUSY_TRIES):
            structured = self._knows_schemas
            try:
                return self._chat.ask(self._request(messages, form, structured=structured))
            except Unanswered as nothing:
                if structured and nothing.form_refused:
                    self._knows_schemas = False
                else:
                    self._wait(_pause_s(nothing, number))
        raise JudgeBusy("The judge stays busy or broken. Run this again later.")

    def _request(
        self, messages: list[Message], form: type[BaseModel], *, structured: bool
    ) -> ChatRequest:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": MOST_OUTPUT_TOKENS,
        }
        if structured:
            schema = {"name": "answer", "strict": True, "schema": form.model_json_schema()}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        return ChatRequest(body)

    def _read(self, raw: str, form: type[Answer], check: Check[Answer]) -> Answer | list[str]:
        """The answer, or what is wrong with it."""
        completion = Completion.read(raw)
        if completion.text is None:
            return ["There is no answer."]
        self._notice_version(raw)
        if completion.refusal or completion.finish_reason == "content_filter":
            raise Unjudged("The judge refuses to look at this text.")
        fenced = FENCE.match(completion.text)
        try:
            answer = form.model_validate_json(fenced.group(1) if fenced else completion.text)
        except ValidationError as error:
            return sorted({f"{problem['type'].replace('_', ' ')}." for problem in error.errors()})
        return check(answer) or answer

    def _notice_version(self, raw: str) -> None:
        """Answers of two versions of a judge cannot stand in one table."""
        answering = str(cast("dict[str, Any]", json.loads(raw)).get("model") or "")
        with self._lock:
            self._answering = self._answering or answering
            if answering in ("", self._answering):
                return
        raise JudgeUnusable(
            f"The judge was {self._answering} and is {answering} now. Name one exact version of "
            "the model, apart from the answers of the former one, then run this again."
        )

    def _book(
        self, *, calls: int = 0, cached: int = 0, malformed: int = 0, usage: Usage | None = None
    ) -> None:
        with self._lock:
            self.spent.calls += calls
            self.spent.cached += cached
            self.spent.malformed += malformed
            self.spent.usage += usage or Usage()


def _pause_s(nothing: Unanswered, number: int) -> float:
    """How long to wait before asking again; raises where that would not help."""
    outcome = nothing.outcome
    if isinstance(outcome, TryAgain):
        return min(2.0**number if outcome.wait_s is None else outcome.wait_s, LONGEST_WAIT_S)
    if outcome.code == "refused":
        raise Unjudged("The judge refuses to look at this text.") from nothing
    raise JudgeUnusable(outcome.reason) from nothing
