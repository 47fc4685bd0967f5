"""
What a model writes of clips before it learned to: `python -m ml draft` would let it go on for
minutes and then refuse what it wrote, so it is cut off early and taken at its word.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ml.drafting.protocols import ClipInputs
from ml.facetrack_mm.config import GenerationConfig
from ml.facetrack_mm.loading import load_drafter
from ml.facetrack_mm.splicing import Row
from ml.tracking.decoding import decoded
from ml.tracking.listing import ListedClip, list_clips
from ml.tracking.recorded import Recorded

# A caption of made clips has half as many words and word parts.
LONGEST = GenerationConfig(max_new_tokens=40)
AT_ONCE = 16


def untrained(model: str, listed: Path, records: Path) -> dict[str, str]:
    """By file."""
    clips, recorded = list_clips(listed), Recorded(records)
    batches = (clips[start : start + AT_ONCE] for start in range(0, len(clips), AT_ONCE))
    drafter = load_drafter(model)
    asked = drafter.writer.ask()

    def write(batch: Sequence[ListedClip]) -> dict[str, str]:
        seen = [drafter.reader.read(_inputs(clip, recorded)) for clip in batch]
        rows = [Row(asked, each.pixels, each.faces) for each in seen]
        texts = [drafter.writer.read(w.ids) for w in drafter.model.generate(rows, LONGEST)]
        return {clip.name: text for clip, text in zip(batch, texts, strict=True)}

    return {name: text for batch in batches for name, text in write(batch).items()}


def _inputs(clip: ListedClip, recorded: Recorded) -> ClipInputs:
    return ClipInputs(clip.name, [], recorded.record(clip), partial(decoded, clip.path))
