"""Reads the free text of a model: its summary, its parts, and what it may only have inferred."""

from __future__ import annotations

import re

from annotation.captions.document import CaptionDocument, Sentence
from annotation.captions.hedges import with_proposed_inferences
from annotation.captions.plain import divided, numbered
from annotation.captions.sentences import split_sentences

LABEL = re.compile(r"^summary:\s*", re.IGNORECASE)
SUMS_UP = re.compile(
    r"^(?:overall|in summary|in short|to sum up|to summari[sz]e),?\s", re.IGNORECASE
)


def from_generated(text: str) -> CaptionDocument:
    """
    Refuses what is too long. The summary is the last sentence, where it says that it sums up; it
    has no proposals, for what it sums up is a feeling as a rule.
    """
    lines = split_sentences(text)
    summary = _summary(lines.pop()) if lines and _sums_up(lines[-1]) else None
    attributes, changes = divided([Sentence("", line) for line in lines])
    return with_proposed_inferences(numbered(CaptionDocument(attributes, changes, summary)))


def _sums_up(sentence: str) -> bool:
    return bool(LABEL.match(sentence) or SUMS_UP.match(sentence))


def _summary(sentence: str) -> Sentence:
    return Sentence("", LABEL.sub("", sentence))
