"""When in a clip a sentence holds, by the clip's own frame times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotation import captions
from annotation.captions import CaptionDocument, Part, Sentence
from annotation.models import Clip


@dataclass(frozen=True)
class Cue:
    """Milliseconds from the first frame; at least one long."""

    start: int
    stop: int
    text: str


def timed_sentences(
    document: CaptionDocument, parts: Sequence[Part], clip: Clip
) -> Iterator[tuple[Sentence, int, int]]:
    """A sentence without frames holds for the whole clip."""
    for part in parts:
        for sentence in document.sentences(part):
            if sentence.has_text:
                first, after = sentence.frames or (0, clip.frame_count)
                start = _time_of(first, clip)
                yield sentence, start, max(_time_of(after, clip), start + 1)


def rendered(sentence: Sentence, mode: captions.Mode) -> str:
    """On one line; empty where nothing is left of it."""
    one = CaptionDocument(external_attributes=(sentence,))
    return " ".join(captions.render(one, mode, ["external_attributes"]).split())


def _time_of(frame: int, clip: Clip) -> int:
    table = clip.frame_table
    if frame >= len(table.pts):
        return round(clip.duration_s * 1000)
    ticks = table.pts[frame] - table.pts[0]
    return round(ticks * table.time_base_num * 1000 / table.time_base_den)
