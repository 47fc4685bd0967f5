"""Reads a caption document out of JSON, strictly, and reports every problem at once."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import cast

from annotation.captions.document import (
    MAX_LENGTH,
    MAX_SENTENCE_LENGTH,
    MAX_SENTENCES,
    ORIGIN_KINDS,
    PARTS,
    PHASES,
    SCHEMA,
    CaptionDocument,
    InferenceSpan,
    Origin,
    OriginKind,
    Phase,
    Sentence,
)
from annotation.captions.problems import Problems

# Line ends would break the one-line rule; NUL and lone surrogates cannot be stored.
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
# 24 hours at 60 frames a second; a clip lasts seconds.
MAX_FRAME = 5_184_000
MAX_DISTANCE = 2 * MAX_SENTENCE_LENGTH

SENTENCE_KEYS = ("id", "text", "inferences", "phase", "frames", "origin")


def parse(value: object) -> CaptionDocument:
    """Refuses with InvalidCaption, whose `detail["errors"]` names each field."""
    problems = Problems()
    document = _Reader(problems).document(value)
    problems.refuse_if_any("The caption document is not well formed. Correct the fields named.")
    return document


class _Reader:
    """Goes through the whole value; what cannot be read becomes a problem and a blank."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.ids: set[str] = set()
        self.length = 0

    def document(self, value: object) -> CaptionDocument:
        found = self._object(value, "", ("schema", *PARTS))
        if found is None:
            return CaptionDocument()
        if type(found.get("schema")) is not int or found["schema"] != SCHEMA:
            self.problems.add("schema", "unknown_schema", f"The schema must be {SCHEMA}.")
        summary = found.get("summary")
        document = CaptionDocument(
            self._part(found, "external_attributes"),
            self._part(found, "facial_changes"),
            None if summary is None else self._sentence(summary, "summary"),
        )
        if self.length > MAX_LENGTH:
            message = f"The caption holds {self.length} characters; at most {MAX_LENGTH} fit."
            self.problems.add("", "too_long", message)
        return document

    def _part(self, found: dict[str, object], field: str) -> tuple[Sentence, ...]:
        items = self._list(found.get(field), field, MAX_SENTENCES)
        return tuple(self._sentence(item, f"{field}.{index}") for index, item in enumerate(items))

    def _sentence(self, value: object, field: str) -> Sentence:
        found = self._object(value, field, SENTENCE_KEYS)
        if found is None:
            return Sentence("", "")
        text = self._text(found.get("text"), f"{field}.text", MAX_SENTENCE_LENGTH)
        self.length += len(text)
        return Sentence(
            id=self._sentence_id(found.get("id"), f"{field}.id"),
            text=text,
            inferences=self._spans(found.get("inferences", []), f"{field}.inferences", text),
            phase=cast("Phase | None", self._choice(found.get("phase"), f"{field}.phase", PHASES)),
            frames=self._frames(found.get("frames"), f"{field}.frames"),
            origin=self._origin(found.get("origin"), f"{field}.origin"),
        )

    def _sentence_id(self, value: object, field: str) -> str:
        identifier = self._identifier(value, field)
        if identifier and identifier in self.ids:
            self.problems.add(field, "duplicate_id", "Two sentences have the same id.")
        self.ids.add(identifier)
        return identifier

    def _spans(self, value: object, field: str, text: str) -> tuple[InferenceSpan, ...]:
        reached = 0
        spans = []
        for index, item in enumerate(self._list(value, field, MAX_SENTENCE_LENGTH)):
            where = f"{field}.{index}"
            span = self._span(item, where)
            if span is None:
                continue
            self._check_span(span, where, text, reached)
            reached = max(reached, span.end)
            spans.append(span)
        return tuple(spans)

    def _span(self, value: object, field: str) -> InferenceSpan | None:
        found = self._object(value, field, ("start", "end", "replacement"))
        if found is None:
            return None
        start = self._count(found.get("start"), f"{field}.start", MAX_SENTENCE_LENGTH)
        end = self._count(found.get("end"), f"{field}.end", MAX_SENTENCE_LENGTH)
        replacement = self._text(
            found.get("replacement", ""), f"{field}.replacement", MAX_SENTENCE_LENGTH
        )
        self.length += len(replacement)
        return None if start is None or end is None else InferenceSpan(start, end, replacement)

    def _check_span(self, span: InferenceSpan, field: str, text: str, reached: int) -> None:
        if span.end > len(text):
            message = "The marked words end after the sentence."
            self.problems.add(field, "span_outside", message, len(text))
        elif not text[span.start : span.end].strip():
            message = "A mark must cover at least one character that is not a space."
            self.problems.add(field, "span_empty", message, span.start)
        elif span.start < reached:
            message = "Marks must be in order and must not overlap."
            self.problems.add(field, "span_overlap", message, span.start)

    def _frames(self, value: object, field: str) -> tuple[int, int] | None:
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2:
            self.problems.add(field, "invalid_type", "Frames must be a pair: first, after last.")
            return None
        start = self._count(value[0], f"{field}.0", MAX_FRAME)
        end = self._count(value[1], f"{field}.1", MAX_FRAME)
        if start is None or end is None:
            return None
        if start >= end:
            self.problems.add(field, "frames_empty", "The frame range must hold a frame.")
        return (start, end)

    def _origin(self, value: object, field: str) -> Origin | None:
        if value is None:
            return None
        found = self._object(value, field, ("kind", "uid", "sentence", "distance"))
        if found is None:
            return None
        kind = self._choice(found.get("kind", ""), f"{field}.kind", ORIGIN_KINDS)
        distance = self._count(found.get("distance", 0), f"{field}.distance", MAX_DISTANCE)
        return Origin(
            cast("OriginKind", kind),
            self._identifier(found.get("uid"), f"{field}.uid"),
            self._identifier(found.get("sentence"), f"{field}.sentence"),
            distance or 0,
        )

    def _object(self, value: object, field: str, keys: Collection[str]) -> dict[str, object] | None:
        if not isinstance(value, dict):
            self.problems.add(field, "invalid_type", "This must be an object.")
            return None
        for key in value:
            if key not in keys:
                path = f"{field}.{key}".lstrip(".")
                self.problems.add(path, "unknown_key", "This field does not exist.")
        return value

    def _list(self, value: object, field: str, limit: int) -> list[object]:
        if not isinstance(value, list):
            self.problems.add(field, "invalid_type", "This must be a list.")
            return []
        if len(value) > limit:
            self.problems.add(field, "too_many", f"At most {limit} entries fit here.")
            return []
        return value

    def _text(self, value: object, field: str, limit: int) -> str:
        if not isinstance(value, str):
            self.problems.add(field, "invalid_type", "This must be text.")
            return ""
        if len(value) > limit:
            message = f"The text holds {len(value)} characters; at most {limit} fit."
            self.problems.add(field, "too_long", message, limit)
        if forbidden := FORBIDDEN.search(value):
            message = "Line ends and control characters cannot be part of a sentence."
            self.problems.add(field, "invalid_character", message, forbidden.start())
        return value

    def _identifier(self, value: object, field: str) -> str:
        if isinstance(value, str) and IDENTIFIER.match(value):
            return value
        message = "An id has 1 to 64 letters, digits, hyphens or underscores."
        self.problems.add(field, "invalid_id", message)
        return ""

    def _choice(self, value: object, field: str, choices: tuple[str, ...]) -> str | None:
        if value is None:
            return None
        if isinstance(value, str) and value in choices:
            return value
        self.problems.add(field, "invalid_choice", f"Choose one of: {', '.join(choices)}.")
        return None

    def _count(self, value: object, field: str, limit: int) -> int | None:
        # JSON true is an int to Python.
        if type(value) is int and 0 <= value <= limit:
            return value
        self.problems.add(field, "invalid_number", f"This must be a whole number up to {limit}.")
        return None
