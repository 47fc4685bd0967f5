"""Files of records: one on each line, or the items of one JSON array."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from .records import LONGEST_LINE, numbered_lines

CHUNK = 64 * 1024
OPENING = re.compile(rb"(\xef\xbb\xbf)?\s*\[")
# Only these can end an item, or begin what hides the others.
MARKS = re.compile(rb'(\\.|["\[\]{},])', re.DOTALL)
DEEPER = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}


def numbered_records(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """As they stand in the file, counted from 1; never more than one of them in memory."""
    opening = OPENING.match(file.read(CHUNK))
    file.seek(opening.end() if opening else 0)
    yield from _numbered_items(file) if opening else numbered_lines(file)


def _numbered_items(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """
    Items are not parsed, so that one that is no JSON is an error like any other. An array that
    never ends, and what follows one that does, are such an item too.
    """
    parts = _parts(file)
    number, item, depth, is_text = 1, bytearray(), 0, False
    for part in parts:
        is_text ^= part == b'"'
        depth += 0 if is_text else DEEPER.get(part, 0)
        if depth < 0:
            break
        if depth == 0 and part == b"," and not is_text:
            yield number, bytes(item).strip()
            number, item = number + 1, bytearray()
        elif len(item) <= LONGEST_LINE:
            item += part
    last = bytes(item).strip()
    if depth < 0 and (last or number > 1):
        yield number, last
        number += 1
    if depth >= 0 or any(part.strip() for part in parts):
        yield number, b""


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    """The marks and what is between them."""
    while chunk := file.read(CHUNK):
        # A backslash and what it takes the meaning from are one mark.
        while chunk.endswith(b"\\") and (more := file.read(1)):
            chunk += more
        yield from filter(None, MARKS.split(chunk))
