"""One file of records for each split, as a JSON array or as lines, a record at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from annotation.models import DatasetEntry, Export

from .archive import Archive
from .choosing import Chosen

Record = dict[str, Any]
Records = Callable[[DatasetEntry, Export], Iterable[Record]]


def write_arrays(archive: Archive, chosen: Chosen, records: Records, *related: str) -> None:
    for split in chosen.splits:
        rows = _rows(chosen, split, records, related)
        archive.add(f"{split}.json", array(rows))


def write_lines(archive: Archive, chosen: Chosen, records: Records, *related: str) -> None:
    for split in chosen.splits:
        rows = _rows(chosen, split, records, related)
        archive.add(f"{split}.jsonl", (line(row) + b"\n" for row in rows))


def _rows(
    chosen: Chosen, split: str, records: Records, related: tuple[str, ...]
) -> Iterator[Record]:
    for entry in chosen.of_split(split, *related):
        yield from records(entry, chosen.export)


def array(rows: Iterable[Record]) -> Iterator[bytes]:
    separator = b"[\n"
    for row in rows:
        yield separator + line(row)
        separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def line(value: Record) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def document(value: Record) -> bytes:
    """A small file that people read too."""
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    return text.encode() + b"\n"
