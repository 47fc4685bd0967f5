"""
What tracking leaves behind, as a file: equal records have equal bytes.

Columns are whole numbers: boxes and landmarks in tenths of a pixel of the shown picture, scores
and signals in thousandths (angles in thousandths of a degree). Single values are decimals.
`at` holds positions in `FaceRecord.frames`; cuts and events count the clip's own frames.
"""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass

SCHEMA: Literal[1] = 1
RULES = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

Box = Annotated[list[int], Field(min_length=4, max_length=4)]
Points = Annotated[list[int], Field(min_length=10, max_length=10)]
Span = Annotated[list[int], Field(min_length=2, max_length=2)]  # half-open
Side = Literal["both", "left", "right"]
EventKind = Literal[
    "blink",
    "eyes_closed",
    "eyes_wide",
    "smile",
    "jaw_open",
    "brow_raise",
    "brow_lower",
    "head_turn",
    "head_nod",
    "head_tilt",
    "gaze_shift",
]
Rule = Literal[
    "no_track",
    "one_track",
    "two_alike",
    "two_apart",
    "all_alike",
    "weak_split",
    "clusters",
    "chosen",
    "paper",
]


class RecordRefused(ValueError):
    """The bytes are no record of this version; the message says where."""


@dataclass(frozen=True, config=RULES)
class TrackRecord:
    """
    One person's face. Landmarks are FIVE_POINTS, x and y in turn; each tracklet is a range of the
    columns between whose observations the face may be taken to move evenly.
    """

    number: int
    is_main: bool
    at: list[int]
    boxes: list[Box]
    scores: list[int]
    landmarks: list[Points]
    tracklets: list[Span]
    mean_area: float  # share of the picture
    similarity: float

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_columns(self.at, self.boxes, self.scores, self.landmarks)
        edges = [0, *(edge for span in self.tracklets for edge in span), len(self.at)]
        if edges[0::2] != edges[1::2]:
            raise ValueError("the tracklets do not cover the columns one after the other")
        return self


@dataclass(frozen=True, config=RULES)
class Selection:
    """Which faces are main, and why; features and labels stand in the order of the tracks."""

    rule: Rule
    features: list[list[float]]
    labels: list[int]
    explanation: str


@dataclass(frozen=True, config=RULES)
class FaceEvent:
    """`stop` is the first frame after it; the side is the subject's own."""

    kind: EventKind
    start: int
    peak: int
    stop: int
    side: Side
    strength: float

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.start <= self.peak < self.stop:
            raise ValueError("the peak lies outside the event")
        return self


@dataclass(frozen=True, config=RULES)
class TrackSignals:
    track: int
    at: list[int]
    values: dict[str, list[int | None]]
    baselines: dict[str, int]
    events: list[FaceEvent]

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_columns(self.at, *self.values.values())
        return self


@dataclass(frozen=True, config=RULES)
class Screening:
    """
    What decides whether a clip is worth captioning. `main_area` is the mean share of the picture
    while a main face is seen; `identities` counts faces of at least 1 % of it; `motion` is how
    much of the range of grey the moving parts change by, a sixteenth of a second apart.
    """

    duration_s: float
    has_face: bool
    main_area: float
    identities: int
    cuts_per_10_s: int
    motion: float
    perceptual_hash: str


@dataclass(frozen=True, config=RULES)
class FaceRecord:
    backends: dict[str, str]
    width: int
    height: int
    frame_count: int
    rate: float | None
    frames: list[int]
    cuts: list[int]
    tracks: list[TrackRecord]
    selection: Selection
    signals: list[TrackSignals]
    screening: Screening
    schema: Literal[1] = SCHEMA

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not _rises([-1, *self.frames, self.frame_count]):
            raise ValueError("the sampled frames are not in order")
        if [track.number for track in self.tracks] != list(range(1, len(self.tracks) + 1)):
            raise ValueError("the tracks are not numbered from 1")
        columns = [track.at for track in self.tracks] + [signals.at for signals in self.signals]
        for at in columns:
            if not _rises([-1, *at, len(self.frames)]):
                raise ValueError("a column has positions outside the sampled frames")
        if not len(self.tracks) == len(self.selection.labels) == len(self.selection.features):
            raise ValueError("the selection is about other tracks")
        return self

    def to_json(self) -> bytes:
        value = RECORD.dump_python(self)
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode() + b"\n"

    def to_gzip(self) -> bytes:
        return gzip.compress(self.to_json(), mtime=0)

    @classmethod
    def parse(cls, text: bytes) -> FaceRecord:
        try:
            return RECORD.validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or "the record"
            raise RecordRefused(f"{place}: {first['msg']}") from error

    @classmethod
    def parse_gzip(cls, data: bytes) -> FaceRecord:
        try:
            text = gzip.decompress(data)
        except (OSError, EOFError) as error:
            raise RecordRefused("The file of the tracks is damaged.") from error
        return cls.parse(text)


RECORD = TypeAdapter(FaceRecord)


def _check_columns(*columns: list[int] | list[list[int]] | list[int | None]) -> None:
    if len({len(column) for column in columns}) > 1:
        raise ValueError("the columns differ in length")


def _rises(numbers: list[int]) -> bool:
    return all(one < following for one, following in pairwise(numbers))
