"""
An archive that another installation exported as native JSONL, read without unpacking it.

Members are read by name and never become paths of this machine, so that no name can lead anywhere.
"""

from __future__ import annotations

import hashlib
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from annotation import captions
from annotation.captions import CaptionDocument
from annotation.errors import InvalidInput, WorkflowError
from annotation.media import MIB

from .folders import open_regular, resolve_below_roots
from .records import ONE_LINE, Error, Name, numbered_lines, readable_errors

FILES = ("train.jsonl", "validation.jsonl", "test.jsonl")
# Of a version of fifty thousand clips with videos, twice over; each takes memory to list.
MOST_MEMBERS = 200_000
END_OF_DIRECTORY = b"PK\x05\x06"
END_BYTES = 22 + 65_535
# Where the number does not fit, it stands elsewhere.
TOO_MANY_FOR_FIELD = 0xFFFF
END_OF_LARGE_DIRECTORY = b"PK\x06\x06"

Text = Annotated[str, Field(max_length=500), ONE_LINE]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Uid = Annotated[str, Field(pattern=r"^[0-9a-zA-Z_-]{1,32}$")]
MemberName = Annotated[str, Field(min_length=1, max_length=300), ONE_LINE]
Side = Annotated[int, Field(ge=0, le=100_000)]


class ClipFacts(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    name: Name
    sha256: Hash
    source: Annotated[str, Field(min_length=1, max_length=120), ONE_LINE]
    source_kind: Annotated[str, Field(pattern=r"^(existing|collected)$")]
    source_licence: Text
    source_video: Annotated[str, Field(max_length=255), ONE_LINE] = ""
    group: Annotated[str, Field(max_length=255), ONE_LINE] = ""
    duplicate_group: Annotated[str, Field(max_length=32), ONE_LINE] = ""
    person_group: Annotated[str, Field(max_length=32), ONE_LINE] = ""
    licence: Text = ""
    consent_until: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    emotion: Annotated[str, Field(max_length=64), ONE_LINE] = ""
    crop: tuple[Side, Side, Side, Side] | None = None


class NativeRecord(BaseModel):
    # JSON has no tuples, so that strict ones are refused.
    model_config = ConfigDict(extra="ignore")

    id: Uid
    video: MemberName
    # Of a cropped clip, which is cropped anew.
    original: MemberName | None = None
    document: dict[str, Any]
    provenance: dict[str, Any]
    clip: ClipFacts


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """S20: refused are what is no archive, has too many members, links, or names that lead out."""
    try:
        if _member_count(path) > MOST_MEMBERS:
            raise _refused(f"It holds more than {MOST_MEMBERS:,} files.")
        with ZipFile(path) as archive:
            for info in archive.infolist():
                if _is_unsafe(info):
                    raise _refused("A name in it leads out of it, or is a link.")
            yield archive
    except (BadZipFile, struct.error, NotImplementedError, EOFError) as problem:
        raise _refused("It cannot be read as a zip file.") from problem


def _member_count(path: Path) -> int:
    """As the archive says itself, before anything of that size is read."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - END_BYTES))
        tail = file.read()
    at = tail.rfind(END_OF_DIRECTORY)
    if at < 0:
        raise _refused("It cannot be read as a zip file.")
    count: int = struct.unpack_from("<H", tail, at + 10)[0]
    large = tail.rfind(END_OF_LARGE_DIRECTORY)
    if count == TOO_MANY_FOR_FIELD and large >= 0:
        count = struct.unpack_from("<Q", tail, large + 32)[0]
    return count


def _is_unsafe(info: ZipInfo) -> bool:
    name = info.filename
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    leads_out = name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name
    return is_link or leads_out


def numbered_records(path: Path) -> Iterator[tuple[int, dict[str, Any], list[Error]]]:
    """The checked records of all splits, counted on from file to file."""
    number = 0
    with opened(path) as archive:
        names = set(archive.namelist())
        if not names & set(FILES):
            raise _refused("It holds no records. Choose an export in the format native JSONL.")
        for name in FILES:
            if name in names:
                with archive.open(name) as file:
                    for _, line in numbered_lines(file):
                        number += 1
                        yield number, *_read(line, names)


def _read(line: bytes, names: set[str]) -> tuple[dict[str, Any], list[Error]]:
    try:
        record = NativeRecord.model_validate_json(line)
    except ValidationError as problem:
        return {}, readable_errors(problem)
    value = record.clip.model_dump(mode="json")
    value |= {"uid": record.id, "provenance": record.provenance}
    try:
        document = captions.parse(record.document)
        value["document"] = document.to_json()
        value["video"] = _located(record, names)
    except WorkflowError as refusal:
        return value, [{"field": "document", "code": refusal.code, "message": refusal.message}]
    return value, list(_differences(record, document))


def _located(record: NativeRecord, names: set[str]) -> str:
    """A member of the archive, or else a file of that name below the import folders."""
    wanted = record.original or record.video
    return wanted if wanted in names else str(resolve_below_roots(wanted))


def _differences(record: NativeRecord, document: CaptionDocument) -> Iterator[Error]:
    stated = record.provenance.get("sha256")
    if stated != document.content_hash():
        message = "The caption is not the one that was approved: its hash differs. Export it again."
        yield {"field": "document", "code": "another_caption", "message": message}


@contextmanager
def opened_video(archive: Path, location: str) -> Iterator[IO[bytes]]:
    """What `numbered_records` found: a member, or a file of this machine."""
    if location.startswith("/"):
        with open_regular(resolve_below_roots(location)) as file:
            yield file
        return
    with opened(archive) as zip_file, zip_file.open(location) as member:
        yield member


def video_differs(archive: Path, record: dict[str, Any]) -> bool:
    digest = hashlib.sha256()
    with opened_video(archive, record["video"]) as file:
        while chunk := file.read(MIB):
            digest.update(chunk)
    wanted: str = record["sha256"]
    return digest.hexdigest() != wanted


def _refused(why: str) -> InvalidInput:
    return InvalidInput(
        f"This archive cannot be imported. {why}",
        errors=[{"field": "file", "code": "unusable_archive", "message": why}],
    )
