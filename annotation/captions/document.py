"""The caption document as a value: sentences with inference spans, in three parts."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Literal

SCHEMA = 1

Phase = Literal["beginning", "progress", "middle", "end", "throughout"]
OriginKind = Literal["draft", "annotation", "consolidation"]
Part = Literal["external_attributes", "facial_changes", "summary"]

PHASES: tuple[Phase, ...] = ("beginning", "progress", "middle", "end", "throughout")
ORIGIN_KINDS: tuple[OriginKind, ...] = ("draft", "annotation", "consolidation")
PARTS: tuple[Part, ...] = ("external_attributes", "facial_changes", "summary")
# What tuning and the benchmark use.
DATASET_PARTS: tuple[Part, ...] = ("external_attributes", "facial_changes")

# The longest published caption has 225 words; these bound memory, not people.
MAX_SENTENCES = 500
MAX_SENTENCE_LENGTH = 10_000
MAX_LENGTH = 20_000


@dataclass(frozen=True, slots=True)
class InferenceSpan:
    """A half-open code-point range of a sentence, and what stands there once it is stripped."""

    start: int
    end: int
    replacement: str = ""

    def to_json(self) -> dict[str, object]:
        value: dict[str, object] = {"start": self.start, "end": self.end}
        if self.replacement:
            value["replacement"] = self.replacement
        return value


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sentence was taken from, and how many characters were edited since."""

    kind: OriginKind
    uid: str
    sentence: str
    distance: int = 0

    def to_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "uid": self.uid,
            "sentence": self.sentence,
            "distance": self.distance,
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text of one line; spans are sorted, do not overlap and cover more than white space."""

    id: str
    text: str
    inferences: tuple[InferenceSpan, ...] = ()
    phase: Phase | None = None
    frames: tuple[int, int] | None = None
    origin: Origin | None = None

    @property
    def has_text(self) -> bool:
        return bool(self.text.strip())

    def to_json(self) -> dict[str, object]:
        value: dict[str, object] = {
            "id": self.id,
            "text": self.text,
            "inferences": [span.to_json() for span in self.inferences],
        }
        if self.phase is not None:
            value["phase"] = self.phase
        if self.frames is not None:
            value["frames"] = list(self.frames)
        if self.origin is not None:
            value["origin"] = self.origin.to_json()
        return value


@dataclass(frozen=True, slots=True)
class CaptionDocument:
    """A caption that is known to be well formed. Sentence ids differ within a document."""

    external_attributes: tuple[Sentence, ...] = ()
    facial_changes: tuple[Sentence, ...] = ()
    summary: Sentence | None = None

    def sentences(self, part: Part) -> tuple[Sentence, ...]:
        if part == "summary":
            return (self.summary,) if self.summary else ()
        return self.external_attributes if part == "external_attributes" else self.facial_changes

    def to_json(self) -> dict[str, object]:
        return {
            "schema": SCHEMA,
            "external_attributes": [item.to_json() for item in self.external_attributes],
            "facial_changes": [item.to_json() for item in self.facial_changes],
            "summary": self.summary.to_json() if self.summary else None,
        }

    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON: sorted keys, no white space, UTF-8."""
        canonical = json.dumps(
            self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        return hashlib.sha256(canonical.encode()).hexdigest()


def empty() -> CaptionDocument:
    return CaptionDocument()


def new_sentence_id() -> str:
    return f"s{secrets.token_hex(6)}"
