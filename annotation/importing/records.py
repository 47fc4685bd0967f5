"""One record of an import: a video below an import folder, its labels and its drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import IO, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from annotation import captions
from annotation.captions.marked_reading import parse_marked
from annotation.captions.plain import from_plain
from annotation.errors import WorkflowError

from .elsewhere import in_our_shape
from .folders import resolve_below_roots
from .timed_phases import with_frames

# A record with two drafts of the longest caption, escaped, is a quarter of this.
LONGEST_LINE = 1024 * 1024
MOST_DRAFTS = 20
# Room on both sides for the leads to reorder by hand.
HIGHEST_PRIORITY = 1_000_000
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

Error = dict[str, object]

# What pydantic's kinds of error ask a person to do. Others keep pydantic's own words.
SENTENCES = {
    "extra_forbidden": "There is no such field. Correct its name, or import leniently.",
    "missing": "Add this field.",
    "json_invalid": "This record is not JSON: {error}.",
    "model_type": "A record is one JSON object.",
    "string_type": "Write a text in quotes.",
    "int_type": "Write a whole number.",
    "list_type": "Write a list in brackets.",
    "dict_type": "Write an object in braces.",
    "date_type": 'Write a date in quotes, like "2027-01-31".',
    "date_from_datetime_parsing": 'Write a date in quotes, like "2027-01-31".',
    "date_parsing": 'Write a date in quotes, like "2027-01-31".',
    "string_too_short": "Write at least {min_length} character.",
    "string_too_long": "Write at most {max_length} characters.",
    "too_long": "List at most {max_length}.",
    "less_than_equal": "Write at most {le}.",
    "greater_than_equal": "Write at least {ge}.",
}


def _refuse_control_characters(value: str) -> str:
    if CONTROL.search(value):
        raise ValueError("This must be one line without control characters.")
    return value


ONE_LINE = AfterValidator(_refuse_control_characters)
Name = Annotated[str, Field(min_length=1, max_length=255), ONE_LINE]


class PhaseRecord(BaseModel):
    """When a phase lasts, from its first frame to the one after its last."""

    model_config = ConfigDict(strict=True)

    phase: captions.Phase
    # JSON has no tuples, so that strict ones are refused.
    frames: Annotated[list[int], Field(min_length=2, max_length=2)]


class DraftRecord(BaseModel):
    """A caption brought along, in one of three forms."""

    model_config = ConfigDict(strict=True)

    generator: Annotated[str, Field(min_length=1, max_length=120), ONE_LINE]
    caption: str | None = None
    marked: str | None = None
    document: dict[str, Any] | None = None
    phases: list[PhaseRecord] = []

    @model_validator(mode="after")
    def require_one_form(self) -> DraftRecord:
        given = [form for form in (self.caption, self.marked, self.document) if form is not None]
        if len(given) != 1:
            raise ValueError("Give exactly one of caption, marked and document.")
        if self.document is not None and self.phases:
            raise ValueError("A document times its own sentences. Leave its phases out.")
        return self

    def parsed(self) -> captions.CaptionDocument:
        if self.document is not None:
            return captions.parse(self.document)
        is_plain = self.caption is not None
        untimed = from_plain(self.caption or "") if is_plain else parse_marked(self.marked or "")
        spans = [(found.phase, (found.frames[0], found.frames[1])) for found in self.phases]
        return with_frames(untimed, spans)


class ClipRecord(BaseModel):
    model_config = ConfigDict(strict=True)

    video: Annotated[str, Field(min_length=1, max_length=1000), ONE_LINE]
    name: Name | None = None
    emotion: Annotated[str, Field(max_length=64), ONE_LINE] = ""
    source_video: Annotated[str, Field(max_length=255), ONE_LINE] = ""
    group: Annotated[str, Field(max_length=255), ONE_LINE] = ""
    licence: Annotated[str, Field(max_length=500), ONE_LINE] = ""
    consent_until: date | None = None
    priority: Annotated[int, Field(ge=-HIGHEST_PRIORITY, le=HIGHEST_PRIORITY)] = 0
    drafts: Annotated[list[DraftRecord], Field(max_length=MOST_DRAFTS)] = []


def read_record(line: bytes, *, lenient: bool) -> tuple[dict[str, Any], list[Error]]:
    """The checked record, ready to be stored, or everything that is wrong with the line."""
    if len(line) > LONGEST_LINE:
        message = f"A record holds at most {LONGEST_LINE // 1024} KiB."
        return {}, [{"field": "", "code": "line_too_long", "message": message}]
    try:
        shaped = in_our_shape(line)
        record = ClipRecord.model_validate_json(shaped, extra="ignore" if lenient else "forbid")
    except ValidationError as problem:
        return {}, readable_errors(problem)
    return _resolved(record)


def _resolved(record: ClipRecord) -> tuple[dict[str, Any], list[Error]]:
    errors: list[Error] = []
    value = record.model_dump(mode="json", exclude={"drafts"})
    try:
        value["video"] = str(resolve_below_roots(record.video))
    except WorkflowError as refusal:
        errors.append({"field": "video", "code": "unknown_path", "message": refusal.message})
    value["drafts"] = []
    for number, draft in enumerate(record.drafts):
        try:
            document = draft.parsed().to_json()
        except WorkflowError as refusal:
            errors += _of_draft(number, refusal)
        else:
            value["drafts"].append({"generator": draft.generator, "document": document})
    errors += _repeated_generators(record)
    return value, errors


def _repeated_generators(record: ClipRecord) -> Iterator[Error]:
    seen: set[str] = set()
    for number, draft in enumerate(record.drafts):
        if draft.generator in seen:
            yield {
                "field": f"drafts[{number}].generator",
                "code": "repeated_generator",
                "message": "A clip has one draft of each generator. Give them different names.",
            }
        seen.add(draft.generator)


def _of_draft(number: int, refusal: WorkflowError) -> Iterator[Error]:
    listed = refusal.detail.get("errors")
    for error in listed if isinstance(listed, list) else [{}]:
        yield {
            "field": f"drafts[{number}].{error.get('field', '')}".rstrip("."),
            "code": error.get("code", refusal.code),
            "message": error.get("message", refusal.message),
            "offset": error.get("offset"),
        }


def readable_errors(problem: ValidationError) -> list[Error]:
    return [_readable(error) for error in problem.errors(include_url=False)]


def _readable(error: Any) -> Error:
    field = "".join(
        f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"]
    ).lstrip(".")
    kind, context = error["type"], error.get("ctx", {})
    if kind in SENTENCES:
        message = SENTENCES[kind].format(**context)
    else:
        message = str(error["msg"]).removeprefix("Value error, ").rstrip(".") + "."
    return {"field": field, "code": kind, "message": message}


def numbered_lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """
    The lines that hold something, counted from 1. Never more than one line in memory; of a
    line that is too long only as much as shows that it is.
    """
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        whole = line
        while not line.endswith(b"\n") and (line := file.readline(LONGEST_LINE)):
            continue
        if len(whole) > LONGEST_LINE:
            yield number, whole
        elif stripped := whole.removeprefix(b"\xef\xbb\xbf" if number == 1 else b"").strip():
            yield number, stripped
