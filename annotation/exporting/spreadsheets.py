"""
Comma-separated values that no spreadsheet runs as a formula (S37).

A cell that begins like a formula, or with an apostrophe, gets an apostrophe in front. Whoever reads
the file back takes one away from every cell that begins with one, and has what was written.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator

from .archive import Archive
from .choosing import Chosen
from .columns import row

# Tab, CR and LF begin a formula where a spreadsheet takes them away first.
DANGEROUS = tuple("=+-@\t\r\n'")


def write_csv(archive: Archive, chosen: Chosen) -> None:
    for split in chosen.splits:
        archive.add(f"{split}.csv", _lines(chosen, split))


def _lines(chosen: Chosen, split: str) -> Iterator[bytes]:
    text = io.StringIO()
    lines = csv.writer(text)
    has_head = False
    for entry in chosen.of_split(split):
        values = row(entry, chosen)
        if not has_head:
            lines.writerow(values)
            has_head = True
        lines.writerow(map(safe_cell, values.values()))
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def safe_cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    # Some spreadsheets read full-width signs as the plain ones, and pass over spaces.
    plain = unicodedata.normalize("NFKC", value).lstrip(" ")
    return f"'{value}" if plain.startswith(DANGEROUS) else value
