"""The files of an import, as rows of which each comes to an end of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotation.importing.folders import can_be_stored
from annotation.models import Import, ImportItem, ImportItemStatus

BATCH = 1000


def list_items(
    batch: Import, files: Iterable[tuple[str, str]], records: Mapping[str, dict[str, Any]]
) -> None:
    ImportItem.objects.bulk_create(
        (
            _item(batch, position, name, location, records.get(name, {}))
            for position, (name, location) in enumerate(files, start=1)
        ),
        batch_size=BATCH,
    )


def _item(
    batch: Import, position: int, name: str, location: str, record: dict[str, Any]
) -> ImportItem:
    item = ImportItem(batch=batch, position=position, name=name, location=location, record=record)
    if not can_be_stored(location):
        item.location, item.status, item.code = "", ImportItemStatus.FAILED, "unusable_path"
        item.message = "The path is too long or holds unreadable characters. Rename the file."
    return item
