"""Reads plain text, as models write it, into a caption document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotation.captions.document import CaptionDocument, Sentence
from annotation.captions.markers import phase_of, phases_of
from annotation.captions.parsing import parse
from annotation.captions.sentences import split_sentences


def from_plain(text: str) -> CaptionDocument:
    """Sentences before the first time marker are attributes. Refuses what is too long."""
    sentences = [Sentence("", line) for line in split_sentences(text)]
    attributes, changes = divided(sentences)
    return numbered(CaptionDocument(attributes, changes))


def divided(
    sentences: Sequence[Sentence],
) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """Attributes, and changes with their phases."""
    marked = (index for index, item in enumerate(sentences) if phase_of(item.text))
    first = next(marked, len(sentences))
    return tuple(sentences[:first]), with_phases(sentences[first:])


def with_phases(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    phases = phases_of([item.text for item in sentences])
    return tuple(replace(item, phase=phase) for item, phase in zip(sentences, phases, strict=True))


def numbered(document: CaptionDocument) -> CaptionDocument:
    """Ids that depend only on the text, so that importing twice gives the same document."""
    ids = (f"s{number}" for number in range(1, 10**9))
    return parse(
        CaptionDocument(
            tuple(replace(item, id=next(ids)) for item in document.external_attributes),
            tuple(replace(item, id=next(ids)) for item in document.facial_changes),
            replace(document.summary, id=next(ids)) if document.summary else None,
        ).to_json()
    )
