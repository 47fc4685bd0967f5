"""Records before their first clip: every one is checked, then all become items, or none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from annotation import media
from annotation.errors import WorkflowError
from annotation.importing import archives
from annotation.importing.arrays import numbered_records
from annotation.importing.folders import display_name
from annotation.importing.preparing import stored_path
from annotation.importing.records import Error, read_record
from annotation.jobs import Progress
from annotation.models import Import, ImportItem, ImportKind

from .import_archives import video_refusal

MOST_ERRORS = 1000
MOST_LINES = 1_000_000
BATCH = 1000


def check_records(batch: Import, progress: Progress) -> None:
    """
    Stores what is wrong, by line. Videos are decoded only once all lines can be read, because
    that takes a thousand times longer.
    """
    lines = _count_lines(batch)
    errors = list(islice(_record_errors(batch, lines, progress), MOST_ERRORS))
    if not errors:
        errors = list(islice(_video_errors(batch, lines, progress), MOST_ERRORS))
    if len(errors) == MOST_ERRORS:
        message = f"Reading stopped after {MOST_ERRORS:,} errors. Mend these and try again."
        errors.append({"line": errors[-1]["line"], "field": "", "code": "too_many_errors"})
        errors[-1]["message"] = message
    batch.errors = errors
    batch.save(update_fields=["errors"])


def list_records(batch: Import) -> None:
    """One item for each line, all in one transaction and a thousand at a time in memory."""
    items = (
        ImportItem(
            batch=batch,
            position=number,
            name=record["name"] or display_name(record["video"]),
            location=record.pop("video"),
            record=record,
        )
        for number, record, _ in _records(batch)
    )
    with transaction.atomic():
        # Of two workers that lost sight of each other, the second finds the items listed.
        Import.objects.select_for_update().get(pk=batch.pk)
        if batch.items.exists():
            return
        while chunk := list(islice(items, BATCH)):
            ImportItem.objects.bulk_create(chunk)


def _records(batch: Import) -> Iterator[tuple[int, dict[str, Any], list[Error]]]:
    if batch.kind == ImportKind.ARCHIVE:
        yield from archives.numbered_records(stored_path(batch.records))
        return
    with stored_path(batch.records).open("rb") as file:
        for number, line in numbered_records(file):
            yield number, *read_record(line, lenient=batch.lenient)


def _count_lines(batch: Import) -> int:
    if batch.kind == ImportKind.ARCHIVE:
        return sum(1 for _ in islice(_records(batch), MOST_LINES + 1))
    with stored_path(batch.records).open("rb") as file:
        return sum(1 for _ in islice(numbered_records(file), MOST_LINES + 1))


def _record_errors(batch: Import, lines: int, progress: Progress) -> Iterator[Error]:
    if not 0 < lines <= MOST_LINES:
        message = (
            f"The file needs 1 to {MOST_LINES:,} records, one on each line or in one JSON array."
        )
        yield {"line": max(lines, 1), "field": "", "code": "line_count", "message": message}
        return
    for done, (number, _, errors) in enumerate(_records(batch)):
        if done % BATCH == 0:
            progress.report(done, lines, f"Reading record {done + 1:,} of {lines:,}.")
        yield from ({"line": number, **error} for error in errors)


def _video_errors(batch: Import, lines: int, progress: Progress) -> Iterator[Error]:
    # Many lines may name one video, and decoding takes a process of its own.
    decoded = cache(_refusal_of)
    for done, (number, record, _) in enumerate(_records(batch)):
        progress.report(done, lines, f"Checking video {done + 1:,} of {lines:,}.")
        is_archive = batch.kind == ImportKind.ARCHIVE
        refusal = video_refusal(batch, record) if is_archive else decoded(record["video"])
        if refusal is not None:
            yield {
                "line": number,
                "field": "video",
                "code": refusal.code,
                "message": refusal.message,
            }


def _refusal_of(video: str) -> WorkflowError | None:
    try:
        media.probe(Path(video))
    except WorkflowError as refusal:
        return refusal
    return None
