"""Drafts by rule of clips that lie in a folder, whose records are made where they are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ml.drafting.batch import Write
from ml.drafting.protocols import Failed, Outcome
from ml.drafting.signals import draft_from_record
from ml.records import RecordRefused
from ml.tracking.listing import ListedClip
from ml.tracking.recorded import Recorded, Untracked


def writer(records: Path) -> Write:
    recorded = Recorded(records)

    def write(clips: Iterable[ListedClip]) -> Iterator[tuple[ListedClip, Outcome]]:
        for clip in clips:
            yield clip, _outcome(recorded, clip)

    return write


def _outcome(recorded: Recorded, clip: ListedClip) -> Outcome:
    try:
        return draft_from_record(recorded.record(clip))
    except (Untracked, RecordRefused) as problem:
        return Failed("unusable_video", str(problem))
