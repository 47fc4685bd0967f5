"""Clip after clip: a draft, or why there is none, into the file of drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from ml.drafting.lines import DraftLines
from ml.drafting.protocols import Failed, Outcome
from ml.tracking.listing import ListedClip

# A model may take several at a time, so outcomes come later than their clips are taken.
Write: TypeAlias = Callable[[Iterable[ListedClip]], Iterator[tuple[ListedClip, Outcome]]]


def draft_clips(clips: Sequence[ListedClip], write: Write, lines: DraftLines) -> dict[str, int]:
    """A clip that fails does not stop the others."""
    done = lines.resume()
    counts = Counter(drafted=0, failed=0, kept=sum(clip.name in done for clip in clips))
    for clip, outcome in write(clip for clip in clips if clip.name not in done):
        lines.add(clip.name, outcome)
        counts["failed" if isinstance(outcome, Failed) else "drafted"] += 1
    return dict(counts)
