r"""
Writes marked text: inferences stand in square brackets.

`[seems to smile|smiles]` also says what stays once the inference is taken out. A backslash
takes a character's meaning away: `\[` is a bracket, and `\.` ends no sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotation.captions.document import CaptionDocument, Sentence
from annotation.captions.sentences import inner_stops, sentence_ranges

SPECIAL = frozenset("[]|\\")
# Stands for an escaped character while sentences are looked for: no letter, stop or space.
NEUTRAL = "·"
# A line of its own between two parts.
PART_LINE = "---"


def to_marked(document: CaptionDocument) -> str:
    """All parts; `parse_marked` with the same document as its base gives it back."""
    parts = [document.external_attributes, document.facial_changes]
    if document.summary:
        parts.append((document.summary,))
    return f"\n{PART_LINE}\n".join(to_marked_part(part) for part in parts)


def to_marked_part(sentences: Sequence[Sentence]) -> str:
    """Sentences on one line where the rules find their ends, else one line each."""
    text = last = ""
    for sentence in sentences:
        if not sentence.has_text:
            continue
        shadow = _shadow(sentence.text, _escaped(sentence.text))
        if text:
            text += " " if _are_told_apart(last, shadow) else "\n"
        text += marked_sentence(sentence)
        last = shadow
    return text


def marked_sentence(sentence: Sentence) -> str:
    """One line that is read back as this one sentence."""
    text = sentence.text
    escaped = _escaped(text)
    pieces = []
    reached = 0
    for span in sentence.inferences:
        pieces.append(_written(text, reached, span.start, escaped))
        replacement = _written(span.replacement, 0, len(span.replacement), set())
        pieces.append(f"[{_written(text, span.start, span.end, escaped)}")
        pieces.append(f"|{replacement}]" if replacement else "]")
        reached = span.end
    pieces.append(_written(text, reached, len(text), escaped))
    return "".join(pieces)


def _escaped(text: str) -> set[int]:
    """White space at the edges, and what would end a sentence or a part too early."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    escaped = {*range(start), *range(end, len(text))}
    if _shadow(text, escaped) == PART_LINE:
        return escaped | {0}
    # A stop that no longer counts can let the one before it end a sentence.
    while stops := inner_stops(_shadow(text, escaped)):
        escaped |= stops
    return escaped


def _shadow(text: str, escaped: set[int]) -> str:
    return "".join(NEUTRAL if index in escaped else text[index] for index in range(len(text)))


def _are_told_apart(first: str, second: str) -> bool:
    ranges = sentence_ranges(f"{first} {second}")
    return ranges == [(0, len(first)), (len(first) + 1, len(first) + 1 + len(second))]


def _written(text: str, start: int, end: int, escaped: set[int]) -> str:
    return "".join(
        f"\\{text[index]}" if index in escaped or text[index] in SPECIAL else text[index]
        for index in range(start, end)
    )
