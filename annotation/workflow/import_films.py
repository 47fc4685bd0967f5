"""An import of films before its first clip: the shots of each become items of their own."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from annotation import media
from annotation.importing.folders import open_regular, resolve_below_roots
from annotation.jobs import Progress
from annotation.models import Import, ImportItem, ImportItemStatus

from .screening_rules import rules_of

BATCH = 1000


def films_of(batch: Import) -> list[ImportItem]:
    """Those whose shots were not listed yet."""
    pending = batch.items.filter(status=ImportItemStatus.PENDING, record={})
    return list(pending.order_by("position"))


def list_shots(batch: Import, film: ImportItem, progress: Progress) -> None:
    """One item for each shot in place of the film's own; all of them, or the reason why not."""
    progress.report(0, 0, f"Looking for the shots of {film.name}.")
    path = resolve_below_roots(film.location)
    open_regular(path).close()
    found = media.find_excerpts(path, most_s=rules_of(batch.project).max_seconds)
    with transaction.atomic():
        # Of two workers that lost sight of each other, the second finds the film listed.
        Import.objects.select_for_update().get(pk=batch.pk)
        if not ImportItem.objects.filter(pk=film.pk, status=ImportItemStatus.PENDING).exists():
            return
        last = batch.items.aggregate(last=Max("position"))["last"]
        ImportItem.objects.bulk_create(
            (
                ImportItem(
                    batch=batch,
                    position=position,
                    name=_clip_name(film.name, excerpt),
                    location=film.location,
                    record={"source_video": film.name, **excerpt},
                )
                for position, excerpt in enumerate(found, last + 1)
            ),
            batch_size=BATCH,
        )
        film.delete()


def _clip_name(film: str, excerpt: dict[str, Any]) -> str:
    """The film's name and when the clip begins in it."""
    minutes, seconds = divmod(excerpt["start_s"], 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{film[:230]} {hours}:{minutes:02}:{seconds:06.3f}"
