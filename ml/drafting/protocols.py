"""
What a model that writes drafts is given, and what it answers.

Every drafter, whether it asks a server, runs on a GPU here or reads the measured signals, is one
`Drafter`. The platform gives it clips through `annotation.pipeline.drafting`, the command
`python -m ml draft` without a database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from ml.records import FaceRecord
from ml.video.streaming import SampledFrame, StreamHeader

OpenFrames: TypeAlias = Callable[
    [], AbstractContextManager[tuple[StreamHeader, Iterator[SampledFrame]]]
]


@dataclass(frozen=True)
class ClipInputs:
    """
    One clip. `times_s` holds the time of each of its own frames, counted from the first;
    documents count frames the same way. `faces` is None where the clip was not tracked.
    """

    name: str
    times_s: Sequence[float]
    faces: FaceRecord | None
    # Sixteen frames a second of what is shown, decoded by a bounded child while one reads.
    open_frames: OpenFrames


@dataclass(frozen=True)
class Usage:
    """What a draft took; tokens are 0 where a drafter has none."""

    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.seconds + other.seconds,
        )


@dataclass(frozen=True)
class Drafted:
    """
    A caption: the JSON of a caption document, or free text, which its receiver parses.

    Either comes from a model, so whoever takes it checks it.
    """

    content: dict[str, Any] | str
    usage: Usage = field(default_factory=Usage)


FailureCode = Literal[
    "no_tracks",
    "no_face",
    "nothing_measured",
    "unusable_video",
    "refused",
    "cut_off",
    "empty",
    "not_json",
    "wrong_form",
    "not_english",
    "echo",
    "markup",
    "too_large",
    "rejected_request",
    "not_available",
]


@dataclass(frozen=True)
class Failed:
    """
    No draft, and trying the same again would not help.

    The reason is a sentence for people, without the model's words: those are untrusted.
    """

    code: FailureCode
    reason: str
    usage: Usage = field(default_factory=Usage)


Outcome: TypeAlias = Drafted | Failed


class TryAgain(Exception):
    """
    Nothing is wrong with the clip: the model cannot answer now. Whoever runs the drafter owns
    trying again; `wait_s` is how long the other side asked to be left alone.
    """

    def __init__(self, reason: str, *, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait_s = wait_s


class Drafter(Protocol):
    def draft(self, clip: ClipInputs) -> Outcome:
        """Raises TryAgain for what passes by itself; anything else of the clip is a Failed."""
        ...


class BatchDrafter(Protocol):
    """Takes several clips at a time, and no more of them than it is about to look at."""

    def draft_all(self, clips: Iterable[ClipInputs]) -> Iterator[tuple[ClipInputs, Outcome]]: ...
