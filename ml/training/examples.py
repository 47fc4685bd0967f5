"""
What a model learns from: a file with a header and one line a clip, in the order it was written.
"""

from __future__ import annotations

from dataclasses import dataclass as plain_dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from ml.records import RULES
from ml.training.failures import RunFailed

TEST = "test"
Text = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, config=RULES)
class InstructionSet:
    uid: str
    version: int
    seed: int


@dataclass(frozen=True, config=RULES)
class ManifestHeader:
    dataset_version: str
    dataset_sha256: str
    split: Literal["train", "validation", "test"]
    count: Annotated[int, Field(ge=0)]
    instruction_set: InstructionSet | None = None
    kind: Literal["training"] = "training"
    schema: Literal[1] = 1


@dataclass(frozen=True, config=RULES)
class TrainingExample:
    """`faces` is a stored record of tracks; `sha256` the content of the video."""

    id: Text
    video: Text
    faces: str | None
    instruction: Text
    answer: Text
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    split: str | None = None


T = TypeVar("T")

HEADER = TypeAdapter(ManifestHeader)
EXAMPLE = TypeAdapter(TrainingExample)


@plain_dataclass(frozen=True)
class Manifest:
    header: ManifestHeader
    examples: list[TrainingExample]


def read_manifest(path: Path, *, split: Literal["train", "validation"]) -> Manifest:
    """Refuses clips of the locked test split wherever they are named."""
    try:
        first, *lines = path.read_text(encoding="utf-8").splitlines()
    except (ValueError, OSError) as problem:
        raise RunFailed("bad_manifest", f"{path.name} cannot be read: {problem}.") from None
    header = _parse(HEADER, first, path, 1)
    examples = [_parse(EXAMPLE, line, path, number) for number, line in enumerate(lines, 2)]
    _refuse_test_clips(header, examples, path)
    if header.split != split:
        told = f"{path.name} is of the split {header.split}, and {split} is asked for."
        raise RunFailed("bad_manifest", told)
    _check_lines(header, examples, path)
    return Manifest(header, examples)


def _refuse_test_clips(header: ManifestHeader, examples: list[TrainingExample], path: Path) -> None:
    found = [example.id for example in examples if example.split == TEST]
    if header.split == TEST:
        found = [example.id for example in examples]
    if found or header.split == TEST:
        shown = ", ".join(found[:5])
        told = f"{path.name} names {len(found)} clips of the test split ({shown}). Leave them out."
        raise RunFailed("test_clips_in_training", told)


def _check_lines(header: ManifestHeader, examples: list[TrainingExample], path: Path) -> None:
    if header.count != len(examples):
        told = f"{path.name} tells of {header.count} clips and has {len(examples)}. Write it again."
        raise RunFailed("bad_manifest", told)
    if not examples:
        raise RunFailed("bad_manifest", f"{path.name} has no clips.")
    if len({example.id for example in examples}) < len(examples):
        raise RunFailed("bad_manifest", f"{path.name} names a clip twice.")


def _parse(adapter: TypeAdapter[T], line: str, path: Path, number: int) -> T:
    try:
        return adapter.validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the line"
        told = f"{path.name}, line {number}: {place}: {first['msg']}."
        raise RunFailed("bad_manifest", told) from None
