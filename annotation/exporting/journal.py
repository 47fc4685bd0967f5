"""
What of an unfinished archive is on the disk for good, so that the next attempt goes on behind it.

One JSON object on each line: a file of the archive that is whole, or notes of whoever writes it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from time import monotonic
from typing import IO, Any

# What a killed worker costs at most, beside the file that it was writing. Each time waits for the
# disk twice, so that after every single subtitle would be too often.
SYNC_S = 5.0


@dataclass(frozen=True)
class Member:
    """A whole file of the archive; `offset` and `end` are bytes of the archive."""

    name: str
    sha256: str
    crc: int
    size: int
    compressed: int
    compression: int
    offset: int
    end: int
    is_of_clip: bool


class Journal:
    """
    Kept in a file that is open for reading and appending.

    `notes` is what the writer wants to know again; what is in it by the time of a `sync` is kept.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._unwritten: list[Member] = []
        self._synced_at = monotonic()
        self.end = 0
        self.notes: dict[str, Any] = {}
        self._drop_half_a_line()
        for line in self._lines():
            self.notes |= line.get("notes", {})
        for member in self.members():
            self.end = member.end
        self._kept = dict(self.notes)

    def begin_anew(self) -> None:
        self._file.truncate(0)
        self.end, self.notes, self._kept = 0, {}, {}

    def add(self, member: Member) -> None:
        self._unwritten.append(member)

    def is_due(self) -> bool:
        return monotonic() - self._synced_at >= SYNC_S

    def sync(self, archive: IO[bytes]) -> None:
        """The archive first: never is a file named here that a power cut could take back."""
        _to_disk(archive)
        notes = {key: value for key, value in self.notes.items() if self._kept.get(key) != value}
        self._file.write(_line({"notes": notes}))
        self._file.writelines(_line({"member": asdict(found)}) for found in self._unwritten)
        _to_disk(self._file)
        self._unwritten.clear()
        self._kept |= notes
        self._synced_at = monotonic()

    def members(self) -> Iterator[Member]:
        """In the order of the archive, as far as the last `sync`."""
        return (Member(**line["member"]) for line in self._lines() if "member" in line)

    def _lines(self) -> Iterator[dict[str, Any]]:
        self._file.seek(0)
        return map(json.loads, self._file)

    def _drop_half_a_line(self) -> None:
        """What a kill or a power cut left of the last `sync`, up to which all counts."""
        self._file.seek(0)
        whole = 0
        for line in self._file:
            if not (line.startswith(b"{") and line.endswith(b"}\n")):
                break
            whole += len(line)
        self._file.truncate(whole)


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _to_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
