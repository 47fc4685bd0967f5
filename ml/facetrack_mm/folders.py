"""Drafts of clips that lie in a folder, whose records are made where they are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from ml.drafting.batch import Write
from ml.drafting.protocols import ClipInputs, Failed, Outcome
from ml.facetrack_mm.serving import FaceTrackDrafter
from ml.records import RecordRefused
from ml.tracking.decoding import decoded
from ml.tracking.listing import ListedClip
from ml.tracking.recorded import Recorded, Untracked


def writer(drafter: FaceTrackDrafter, records: Path) -> Write:
    recorded = Recorded(records)

    def write(clips: Iterable[ListedClip]) -> Iterator[tuple[ListedClip, Outcome]]:
        """Clips that cannot be tracked come last."""
        listed: dict[str, ListedClip] = {}
        refused: dict[str, Failed] = {}

        def inputs() -> Iterator[ClipInputs]:
            for clip in clips:
                listed[clip.name] = clip
                try:
                    yield _inputs(recorded, clip)
                except (Untracked, RecordRefused) as problem:
                    refused[clip.name] = Failed("unusable_video", str(problem))

        for drafted, outcome in drafter.draft_all(inputs()):
            yield listed[drafted.name], outcome
        for name, failed in refused.items():
            yield listed[name], failed

    return write


def _inputs(recorded: Recorded, clip: ListedClip) -> ClipInputs:
    """Without times: the record says which frames are sampled."""
    return ClipInputs(clip.name, [], recorded.record(clip), partial(decoded, clip.path))
