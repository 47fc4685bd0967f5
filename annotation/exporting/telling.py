"""What people see of an export that is being written."""

from __future__ import annotations

from typing import Any

from annotation.jobs import Progress
from annotation.models import Export, ExportFormat, ExportMedia

from .formats import FORMATS

REACHED = "reached"


class Telling:
    """Counts captions, then videos. What an earlier attempt had told is not taken back."""

    def __init__(self, progress: Progress, export: Export) -> None:
        self._progress = progress
        self._clips = sum(export.version.counts[split] for split in export.splits)
        holds_videos = FORMATS[ExportFormat(export.format)].holds_videos
        names_them_only = export.media == ExportMedia.PATHS or holds_videos
        self._total = self._clips * (1 if names_them_only else 2)

    def go_on(self, notes: dict[str, Any]) -> None:
        self._notes = notes
        if REACHED in notes:
            self._tell_reached()
            # At once: what is finished is passed over without a word in between.
            self._progress.beat()

    def __call__(self, piece: str, number: int) -> None:
        done = number if piece == "caption" else self._clips + number
        if done < self._notes.get(REACHED, 0):
            self._tell_reached()
        else:
            self._notes[REACHED] = done
            message = f"Writing {piece} {number:,} of {self._clips:,}."
            self._progress.report(done, self._total, message)

    def _tell_reached(self) -> None:
        message = "Going on where the last attempt stopped."
        self._progress.report(self._notes[REACHED], self._total, message)
