"""Takes the inferences out of a sentence and mends what their absence breaks."""

from __future__ import annotations

import re

from annotation.captions.document import InferenceSpan, Sentence
from annotation.captions.editing import spans_within
from annotation.captions.sentences import (
    CLOSERS,
    FULL_WIDTH_STOPS,
    OPENERS,
    STOPS,
    sentence_ranges,
)

DASHES = "—–"
PAUSES = ",;:，、；：" + DASHES
PUNCTUATION = frozenset(STOPS + PAUSES + OPENERS + CLOSERS + "-")
# Straight quotes stand on either side, so these leave them out.
TIGHT_OPENERS = "([{“‘«「『（【"
TIGHT_CLOSERS = ")]}”’»」』）】"
# A straight quote opens and closes alike, so it is matched only where nothing stood between.
PAIRS = frozenset(("()", "[]", "{}", "“”", "‘’", "«»", "「」", "『』", "（）", "【】"))
QUOTES = frozenset(('""', "''"))
SPACES = re.compile(r"\s{2,}")


def stripped_sentence(sentence: Sentence) -> str:
    """The text without its inferences; empty if nothing else was there."""
    if not sentence.inferences:
        return sentence.text.strip()
    kept = []
    for start, end in sentence_ranges(sentence.text):
        text = sentence.text[start:end]
        kept.append(_stripped(text, spans_within(sentence.inferences, start, end, text)))
    return " ".join(filter(None, kept))


def _stripped(text: str, spans: tuple[InferenceSpan, ...]) -> str:
    if not spans:
        return text
    seam = _Seam()
    reached = 0
    for span in spans:
        seam.keep(text[reached : span.start])
        seam.remove(text[span.start : span.end])
        if span.replacement.strip():
            seam.keep(span.replacement)
            seam.remove("")
        reached = span.end
    seam.keep(text[reached:])
    result = SPACES.sub(" ", seam.finish()).strip()
    if all(character in PUNCTUATION or character.isspace() for character in result):
        return ""
    return _capitalised_like(text, _stopped_like(text, result))


def _stopped_like(text: str, result: str) -> str:
    """Gives back the stop that went away with the last words."""
    stop = text.rstrip(CLOSERS)[-1:]
    if not stop or stop not in STOPS or result.rstrip(CLOSERS)[-1:] in STOPS:
        return result
    return result + ("。" if stop in FULL_WIDTH_STOPS else ".")


def _capitalised_like(text: str, result: str) -> str:
    first = _first_letter(text)
    index = _first_letter(result)
    if first is None or index is None or not text[first].isupper():
        return result
    capital = result[index].upper()
    # Some small letters have no single capital ("ß"); they stay.
    if len(capital) != 1:
        return result
    return result[:index] + capital + result[index + 1 :]


def _first_letter(text: str) -> int | None:
    for index, character in enumerate(text):
        if character not in OPENERS and not character.isspace():
            return index
    return None


class _Seam:
    """
    What is kept so far, and the gap that the next kept text closes.

    Characters are popped from the end instead of copied, so that many spans stay linear.
    """

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.is_open = False
        self.had_space = False

    def remove(self, text: str) -> None:
        self.is_open = True
        self.had_space = self.had_space or text[:1].isspace() or text[-1:].isspace()
        self._drop_last_spaces()

    def keep(self, text: str) -> None:
        if not self.is_open:
            self.kept.extend(text)
            return
        self.had_space = self.had_space or text[:1].isspace()
        rest = self._mended(text.lstrip())
        if not rest:
            return
        if self._needs_space(rest):
            self.kept.append(" ")
        self.kept.extend(rest)
        self.is_open = self.had_space = False

    def finish(self) -> str:
        if self.is_open:
            self._drop_last_pauses()
        return "".join(self.kept)

    def _mended(self, rest: str) -> str:
        """The text that follows, once the punctuation on both sides fits together."""
        while rest and self.kept and self._is_empty_pair(self.kept[-1] + rest[0]):
            self.kept.pop()
            self._drop_last_spaces()
            rest = rest[1:].lstrip()
        if not rest:
            return rest
        if not self.kept or self.kept[-1] in TIGHT_OPENERS + STOPS:
            return _without_first_punctuation(rest)
        if _starts_with_stop(rest) or _starts_with_pause(rest) or rest[0] in TIGHT_CLOSERS:
            self._drop_last_pauses()
        return rest

    def _is_empty_pair(self, pair: str) -> bool:
        return pair in PAIRS or (pair in QUOTES and not self.had_space)

    def _needs_space(self, rest: str) -> bool:
        if not self.had_space or not self.kept or self.kept[-1] in TIGHT_OPENERS:
            return False
        is_dash = rest[0] in DASHES
        return is_dash or not (_starts_with_stop(rest) or rest[0] in PAUSES + TIGHT_CLOSERS)

    def _drop_last_spaces(self) -> None:
        while self.kept and self.kept[-1].isspace():
            self.kept.pop()
            self.had_space = True

    def _drop_last_pauses(self) -> None:
        self._drop_last_spaces()
        while self.kept and self._ends_with_pause():
            self.kept.pop()
            self._drop_last_spaces()

    def _ends_with_pause(self) -> bool:
        if self.kept[-1] == "-":
            return len(self.kept) == 1 or self.kept[-2].isspace()
        return self.kept[-1] in PAUSES


def _starts_with_stop(rest: str) -> bool:
    """A point before a digit is a number's."""
    return rest[:1] != "" and rest[0] in STOPS and not (rest[0] == "." and rest[1:2].isdigit())


def _starts_with_pause(rest: str) -> bool:
    """A hyphen is a pause only where it stands alone."""
    if rest[:1] == "-":
        return rest[1:2] in ("", " ")
    return rest[:1] != "" and rest[0] in PAUSES


def _without_first_punctuation(rest: str) -> str:
    index = 0
    while index < len(rest):
        ahead = rest[index : index + 2]
        if not (ahead[0].isspace() or _starts_with_pause(ahead) or _starts_with_stop(ahead)):
            break
        index += 1
    return rest[index:]
