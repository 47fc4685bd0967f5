"""Turns a caption document into text: full, marked or stripped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from annotation.captions.document import DATASET_PARTS, CaptionDocument, Part, Phase, Sentence
from annotation.captions.marked import marked_sentence
from annotation.captions.stripping import stripped_sentence

Mode = Literal["full", "marked", "stripped"]

# The published captions tell the beginning and the progress in one paragraph, and go on with
# what holds throughout wherever they are.
PARAGRAPHS: dict[Phase | None, int] = {"beginning": 0, "progress": 0, "middle": 1, "end": 2}


def render(document: CaptionDocument, mode: Mode, parts: Sequence[Part] = DATASET_PARTS) -> str:
    """One line per paragraph; a new part or a new phase starts a paragraph."""
    lines = [
        line
        for part in parts
        for paragraph in paragraphs(document.sentences(part))
        if (line := " ".join(filter(None, (_render(item, mode) for item in paragraph))))
    ]
    return "\n".join(lines)


def paragraphs(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    groups: list[list[Sentence]] = []
    current: int | None = None
    for sentence in sentences:
        number = PARAGRAPHS.get(sentence.phase, current)
        if not groups or (current is not None and number != current):
            groups.append([])
        groups[-1].append(sentence)
        current = number
    return groups


def _render(sentence: Sentence, mode: Mode) -> str:
    if not sentence.has_text:
        return ""
    if mode == "full":
        return sentence.text.strip()
    return marked_sentence(sentence) if mode == "marked" else stripped_sentence(sentence)
