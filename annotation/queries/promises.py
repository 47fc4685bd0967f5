"""
A promise is a sentence about several rows, and a query for what breaks it: an empty answer is
good. Plain SQL, so that the checks do not share a mistake with the code they look after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

SHOWN = 20


@dataclass(frozen=True)
class Promise:
    sentence: str
    broken_by: str


@dataclass(frozen=True)
class Broken:
    sentence: str
    count: int
    # Numbers of rows, or names of files.
    ids: Sequence[int | str]


def broken_of(promises: Iterable[Promise]) -> list[Broken]:
    found = []
    with connection.cursor() as cursor:
        for promise in promises:
            cursor.execute(promise.broken_by)
            ids = sorted(row[0] for row in cursor.fetchall())
            if ids:
                found.append(Broken(promise.sentence, len(ids), ids[:SHOWN]))
    return found
