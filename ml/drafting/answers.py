"""
What a hosted model answered, read as a caption. Every word of it is untrusted: it becomes a
document of plain sentences or a list of what is wrong, and nothing in it is ever obeyed.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ml.drafting.protocols import FailureCode
from ml.drafting.wording import echoes, is_english

# The longest published caption has 225 words and 15 sentences.
MOST_SENTENCES = 40
LONGEST_SENTENCE = 600
MOST_PROBLEMS = 12
FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>|&[a-z]+;|https?:|www\.|\]\(|```")
PARTS_NEEDED = ("facial_changes",)

Phase = Literal["beginning", "progress", "middle", "end", "throughout"]
STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Words(BaseModel):
    model_config = STRICT
    text: str
    inferred: list[str]


class Change(Words):
    phase: Phase | None
    from_s: Annotated[float, Field(strict=False)] | None
    to_s: Annotated[float, Field(strict=False)] | None


class Answer(BaseModel):
    """The form that `prompts.FORM` asks for."""

    model_config = STRICT
    external_attributes: list[Words]
    facial_changes: list[Change]
    summary: Words

    def sentences(self) -> Iterator[tuple[str, Words]]:
        for part in ("external_attributes", "facial_changes"):
            for index, words in enumerate(getattr(self, part)):
                yield f"{part}.{index}", words
        yield "summary", self.summary


SCHEMA = Answer.model_json_schema()


@dataclass(frozen=True)
class Unusable:
    """Problems are in our words, so that they may go back to the model."""

    code: FailureCode
    problems: tuple[str, ...]


def read_answer(text: str, times_s: Sequence[float], told: str) -> dict[str, Any] | Unusable:
    """A caption document as JSON. `told` is what the model was told, which is no caption."""
    answer = _parsed(text)
    if isinstance(answer, Unusable):
        return answer
    for check in (_size, _markup, _inferred, _language, _echo):
        if found := check(answer, told):
            return found
    return _document(answer, times_s)


def _parsed(text: str) -> Answer | Unusable:
    if not text.strip():
        return Unusable("empty", ("The answer is empty.",))
    fenced = FENCE.match(text)
    try:
        value = json.loads(fenced.group(1) if fenced else text)
    except (ValueError, RecursionError):
        return Unusable("not_json", ("The answer is not one JSON object.",))
    try:
        return Answer.model_validate(value)
    except ValidationError as error:
        return Unusable("wrong_form", tuple(map(_problem, error.errors()[:MOST_PROBLEMS])))


def _problem(error: Any) -> str:
    """Where and what, without the value and without names that the model made up."""
    known = {*Answer.model_fields, *Change.model_fields}
    place = [str(part) if part in known or isinstance(part, int) else "?" for part in error["loc"]]
    return f"{'.'.join(place) or 'the answer'}: {error['type'].replace('_', ' ')}"


def _size(answer: Answer, told: str) -> Unusable | None:
    sentences = list(answer.sentences())
    if len(sentences) > MOST_SENTENCES:
        return Unusable("too_large", (f"There are more than {MOST_SENTENCES} sentences.",))
    if long := [place for place, words in sentences if len(words.text) > LONGEST_SENTENCE]:
        return Unusable("too_large", tuple(f"{place}.text: too long" for place in long))
    bare = [place for place, words in sentences if not plain(words.text)]
    if bare or not answer.facial_changes:
        return Unusable("empty", tuple(f"{place}: say something" for place in bare or PARTS_NEEDED))
    return None


def _markup(answer: Answer, told: str) -> Unusable | None:
    found = [place for place, words in answer.sentences() if MARKUP.search(words.text)]
    problems = tuple(f"{place}.text: plain words only, no markup or address" for place in found)
    return Unusable("markup", problems) if found else None


def _inferred(answer: Answer, told: str) -> Unusable | None:
    problems = tuple(
        f"{place}.inferred.{index}: these words do not stand in the sentence"
        for place, words in answer.sentences()
        for index, inferred in enumerate(words.inferred)
        if plain(inferred) not in plain(words.text)
    )
    return Unusable("wrong_form", problems[:MOST_PROBLEMS]) if problems else None


def _language(answer: Answer, told: str) -> Unusable | None:
    text = " ".join(words.text for _, words in answer.sentences())
    return None if is_english(text) else Unusable("not_english", ("Write English.",))


def _echo(answer: Answer, told: str) -> Unusable | None:
    for place, words in answer.sentences():
        if echoes(words.text, told):
            return Unusable("echo", (f"{place}.text: this repeats the instructions",))
    return None


def plain(text: str) -> str:
    """One line, single spaces, nothing that cannot be stored."""
    return " ".join(CONTROLS.sub(" ", text).split())


def _document(answer: Answer, times_s: Sequence[float]) -> dict[str, Any]:
    attributes = len(answer.external_attributes)
    return {
        "schema": 1,
        "external_attributes": [
            _sentence(f"s{number}", words)
            for number, words in enumerate(answer.external_attributes, start=1)
        ],
        "facial_changes": [
            _sentence(f"s{number}", change) | _when(change, times_s)
            for number, change in enumerate(answer.facial_changes, start=attributes + 1)
        ],
        "summary": _sentence(f"s{attributes + len(answer.facial_changes) + 1}", answer.summary),
    }


def _sentence(name: str, words: Words) -> dict[str, Any]:
    text = plain(words.text)
    return {"id": name, "text": text, "inferences": _spans(text, words.inferred)}


def _spans(text: str, inferred: Sequence[str]) -> list[dict[str, int]]:
    """Where the inferred words stand; of two that overlap, the earlier and longer counts."""
    found = sorted((text.index(words), -len(words)) for words in map(plain, inferred) if words)
    spans: list[dict[str, int]] = []
    for start, negative in found:
        if not spans or start >= spans[-1]["end"]:
            spans.append({"start": start, "end": start - negative})
    return spans


def _when(change: Change, times_s: Sequence[float]) -> dict[str, Any]:
    """Phase and half-open frame range; times that name no frame are left out."""
    when: dict[str, Any] = {} if change.phase is None else {"phase": change.phase}
    if change.from_s is not None and change.to_s is not None:
        first = bisect_left(times_s, change.from_s)
        after = bisect_right(times_s, change.to_s)
        if first < after:
            when["frames"] = [first, after]
    return when
