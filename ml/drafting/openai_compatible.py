"""Drafts by a model behind an OpenAI-compatible server: asked once, repaired at most once."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from ml.drafting.answers import SCHEMA, Unusable, read_answer
from ml.drafting.chat import Chat, ChatRequest, Completion, Unanswered
from ml.drafting.pictures import pictures_of
from ml.drafting.prompts import FORM, Message, Prompt, messages_for, repair_message
from ml.drafting.protocols import (
    ClipInputs,
    Drafted,
    Failed,
    FailureCode,
    Outcome,
    TryAgain,
    Usage,
)
from ml.video.containers import VideoRefused

REASONS: dict[FailureCode, str] = {
    "refused": "The model refuses to describe this clip.",
    "cut_off": "The model did not come to an end. Shorten the prompt, or allow more tokens.",
    "empty": "The model answered nothing.",
    "not_json": "The model did not answer in the form asked for, also when asked again.",
    "wrong_form": "The model's caption has not the form asked for, also when asked again.",
    "not_english": "The model did not write English.",
    "echo": "The model repeated its instructions instead of describing the clip.",
    "markup": "The model wrote markup or addresses instead of plain sentences.",
    "too_large": "The model wrote more than a caption may hold.",
}


@dataclass(frozen=True)
class HostedModel:
    """What goes into every request."""

    name: str
    temperature: float
    max_output_tokens: int
    # By a JSON schema that the server enforces; else the prompt alone asks for the form.
    structured: bool = True


class OpenAICompatibleDrafter:
    def __init__(self, chat: Chat, model: HostedModel, prompt: Prompt) -> None:
        self._chat, self._model, self._prompt = chat, model, prompt

    def draft(self, clip: ClipInputs) -> Outcome:
        started = time.monotonic()
        try:
            pictures = pictures_of(clip, with_faces=self._prompt.with_face_crops)
        except VideoRefused as refusal:
            return Failed("unusable_video", refusal.message)
        messages = messages_for(self._prompt, clip, pictures)
        outcome = self._asked(messages, clip, may_repair=True)
        return _timed(outcome, time.monotonic() - started)

    def _asked(self, messages: list[Message], clip: ClipInputs, *, may_repair: bool) -> Outcome:
        try:
            completion = Completion.read(self._chat.ask(self._request(messages)))
        except Unanswered as nothing:
            if isinstance(nothing.outcome, TryAgain):
                raise nothing.outcome from nothing
            return nothing.outcome
        read = self._read(completion, clip)
        if not isinstance(read, Unusable):
            return Drafted(read, completion.usage)
        if not may_repair or not read.problems:
            return Failed(read.code, REASONS[read.code], completion.usage)
        answer = {"role": "assistant", "content": completion.text or "{}"}
        again = [*messages, answer, repair_message(read.problems)]
        return _with(self._asked(again, clip, may_repair=False), completion.usage)

    def _request(self, messages: list[Message]) -> ChatRequest:
        body: dict[str, Any] = {
            "model": self._model.name,
            "messages": messages,
            "temperature": self._model.temperature,
            "max_tokens": self._model.max_output_tokens,
        }
        if self._model.structured:
            schema = {"name": "caption", "strict": True, "schema": SCHEMA}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        return ChatRequest(body)

    def _read(self, completion: Completion, clip: ClipInputs) -> dict[str, Any] | Unusable:
        """What has no problems to name cannot be mended by asking again."""
        if completion.text is None:
            return Unusable("not_json", ())
        if completion.refusal or completion.finish_reason == "content_filter":
            return Unusable("refused", ())
        if completion.finish_reason == "length":
            return Unusable("cut_off", ())
        told = f"{self._prompt.instructions} {FORM} {self._prompt.request}"
        return read_answer(completion.text, clip.times_s, told)


def _timed(outcome: Outcome, seconds: float) -> Outcome:
    return _with(outcome, Usage(seconds=seconds))


def _with(outcome: Outcome, usage: Usage) -> Outcome:
    if isinstance(outcome, Drafted):
        return Drafted(outcome.content, outcome.usage + usage)
    return Failed(outcome.code, outcome.reason, outcome.usage + usage)
