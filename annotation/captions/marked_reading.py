"""Reads marked text and says where it is broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotation.captions.document import CaptionDocument, InferenceSpan, Sentence
from annotation.captions.editing import spans_within
from annotation.captions.marked import NEUTRAL, PART_LINE, SPECIAL
from annotation.captions.matching import matched
from annotation.captions.parsing import parse
from annotation.captions.plain import divided, numbered, with_phases
from annotation.captions.problems import Problems
from annotation.captions.sentences import plain_lines, sentence_ranges


def parse_marked(text: str, base: CaptionDocument | None = None) -> CaptionDocument:
    """
    A document out of marked text, in parts where a line of `---` divides it.

    Undivided text is divided at its first time marker. Ids, frames and origins, which the text
    does not hold, come from `base`. Refuses with InvalidCaption; offsets count code points.
    """
    problems = Problems()
    scanned = _scan(text, problems)
    parts = _parts(scanned, problems)
    problems.refuse_if_any("The marked text is not well formed. Correct the places named.")
    if len(parts) == 1:
        attributes, changes = divided(parts[0])
    else:
        attributes, changes = parts[0], with_phases(parts[1])
    summary = parts[2][0] if len(parts) == 3 and parts[2] else None
    document = CaptionDocument(attributes, changes, summary)
    return numbered(document) if base is None else _with_base(document, base)


def parse_marked_part(text: str, base: Sequence[Sentence] = ()) -> tuple[Sentence, ...]:
    """The sentences of one part, with phases by their time markers unless `base` has them."""
    problems = Problems()
    scanned = _scan(text, problems)
    problems.refuse_if_any("The marked text is not well formed. Correct the places named.")
    return matched(with_phases(_sentences(scanned, 0, len(scanned.plain))), base)


def _with_base(document: CaptionDocument, base: CaptionDocument) -> CaptionDocument:
    summary = matched(document.sentences("summary"), base.sentences("summary"))
    return parse(
        CaptionDocument(
            matched(document.external_attributes, base.external_attributes),
            matched(document.facial_changes, base.facial_changes),
            summary[0] if summary else None,
        ).to_json()
    )


@dataclass
class _Scanned:
    """Text without brackets and escapes, and a shadow in which escaped characters are neutral."""

    plain: str = ""
    shadow: str = ""
    # Where each character stood in the text that was sent.
    places: list[int] = field(default_factory=list)
    spans: list[InferenceSpan] = field(default_factory=list)


class _Scanner:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.plain: list[str] = []
        self.shadow: list[str] = []
        self.places: list[int] = []
        self.spans: list[InferenceSpan] = []
        # The place of the open bracket, where its words begin, and its replacement so far.
        self.opened: int | None = None
        self.start = 0
        self.replacement: list[str] | None = None

    def read(self, text: str) -> _Scanned:
        index = 0
        while index < len(text):
            character = text[index]
            if character == "\\":
                self._escape(text, index)
                index += 2
                continue
            self._character(character, index)
            index += 1
        if self.opened is not None:
            self.problems.add("", "bracket_open", "This bracket is never closed.", self.opened)
        return _Scanned("".join(self.plain), "".join(self.shadow), self.places, self.spans)

    def _character(self, character: str, index: int) -> None:
        if character == "[":
            self._open(index)
        elif character == "]":
            self._close(index)
        elif character == "|" and self.opened is not None and self.replacement is None:
            self.replacement = []
        else:
            self._keep(character, character, index)

    def _escape(self, text: str, index: int) -> None:
        character = text[index + 1 : index + 2]
        if character in ("", "\n"):
            message = "A backslash must stand before a character. Write two for a backslash."
            self.problems.add("", "escape_dangling", message, index)
            return
        self._keep(character, character if character in SPECIAL else NEUTRAL, index)

    def _keep(self, character: str, shadow: str, index: int) -> None:
        if self.replacement is not None:
            self.replacement.append(character)
            return
        self.plain.append(character)
        self.shadow.append(shadow)
        self.places.append(index)

    def _open(self, index: int) -> None:
        if self.opened is not None:
            message = "A mark cannot stand inside a mark. Close the first, or write \\[."
            self.problems.add("", "bracket_nested", message, index)
            return
        self.opened, self.start, self.replacement = index, len(self.plain), None

    def _close(self, index: int) -> None:
        if self.opened is None:
            message = "This bracket closes nothing. Remove it, or write \\]."
            self.problems.add("", "bracket_unopened", message, index)
            return
        replacement = "".join(self.replacement or ())
        if "".join(self.plain[self.start :]).strip():
            self.spans.append(InferenceSpan(self.start, len(self.plain), replacement))
        else:
            message = "This mark is empty. Put the inferred words between the brackets."
            self.problems.add("", "bracket_empty", message, self.opened)
        self.opened = self.replacement = None


def _scan(text: str, problems: Problems) -> _Scanned:
    return _Scanner(problems).read(plain_lines(text))


def _parts(scanned: _Scanned, problems: Problems) -> list[tuple[Sentence, ...]]:
    """Up to three parts, the last of at most one sentence."""
    parts: list[tuple[Sentence, ...]] = []
    start = 0
    for first, after in _lines(scanned.shadow, 0, len(scanned.shadow)):
        if scanned.shadow[first:after].strip() == PART_LINE:
            parts.append(_sentences(scanned, start, first))
            start = after
            if len(parts) == 3:
                message = "A caption has three parts at most, so two dividing lines at most."
                problems.add("", "too_many_parts", message, scanned.places[first])
    parts.append(_sentences(scanned, start, len(scanned.plain)))
    if len(parts) == 3 and len(parts[2]) > 1:
        message = "The summary is one sentence. Shorten it to one."
        problems.add("summary", "summary_not_one", message, scanned.places[start])
    return parts


def _sentences(scanned: _Scanned, start: int, end: int) -> tuple[Sentence, ...]:
    spans = tuple(scanned.spans)
    sentences = []
    for first, after in _lines(scanned.shadow, start, end):
        for left, right in sentence_ranges(scanned.shadow[first:after]):
            text = scanned.plain[first + left : first + right]
            inferences = spans_within(spans, first + left, first + right, text)
            sentences.append(Sentence("", text, inferences))
    return tuple(sentences)


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    lines = []
    while start < end:
        found = text.find("\n", start, end)
        after = end if found < 0 else found + 1
        lines.append((start, after))
        start = after
    return lines
