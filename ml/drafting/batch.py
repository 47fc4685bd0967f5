"""Clip by clip: a draft, or why there is none, into the file of drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeAlias

from ml.drafting.lines import DraftLines
from ml.drafting.protocols import Failed, Outcome
from ml.tracking.listing import ListedClip

Write: TypeAlias = Callable[[ListedClip], Outcome]


def draft_clips(clips: Sequence[ListedClip], write: Write, lines: DraftLines) -> dict[str, int]:
    """A clip that fails does not stop the others."""
    done = lines.resume()
    counts = Counter(drafted=0, failed=0, kept=0)
    for clip in clips:
        if clip.name in done:
            counts["kept"] += 1
            continue
        outcome = write(clip)
        lines.add(clip.name, outcome)
        counts["failed" if isinstance(outcome, Failed) else "drafted"] += 1
    return dict(counts)
