"""
Finds sentences by rules.

The boundaries feed the benchmark's scores, so they change only together with the frozen
vectors in tests/vectors/sentences.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CLOSERS = "\"'”’»)]}」』）】"
OPENERS = "\"'“‘«([{「『（【¿¡"
FULL_WIDTH_STOPS = "。！？"
STOPS = ".!?…" + FULL_WIDTH_STOPS

# Quantifiers over one character class each, so that matching stays linear.
STOP_RUN = re.compile(f"[{STOPS}]+[{re.escape(CLOSERS)}]*")
LAST_WORD = re.compile(r"(?:[^\W\d_]|\.)+\Z")
LONGEST_ABBREVIATION = 8

LINE_ENDS = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x09\x0e-\x1f\x7f-\x9f]")
UNSTORABLE = re.compile("[\ud800-\udfff]")

# Words that a sentence does not end with, though a full stop and a capital follow.
ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "vs",
        "fig",
        "no",
        "approx",
        "ca",
        "cf",
        "e.g",
        "i.e",
        "esp",
        "resp",
        "min",
        "sec",
        "max",
        "vol",
        "gen",
        "sgt",
        "capt",
    ]
)


def sentence_ranges(text: str) -> list[tuple[int, int]]:
    """Half-open code-point ranges of the sentences in one line, without white space around."""
    ranges = []
    start = _skip_spaces(text, 0)
    for match, following in _breaks(text):
        ranges.append((start, match.end()))
        start = following
    end = len(text.rstrip())
    if start < end:
        ranges.append((start, end))
    return ranges


def inner_stops(text: str) -> set[int]:
    """Where the stops stand that end a sentence in the middle of the text."""
    return {
        index
        for match, _ in _breaks(text)
        for index in range(match.start(), match.end())
        if text[index] in STOPS
    }


def split_sentences(text: str) -> list[str]:
    """Sentences of a text of any number of lines; a line end always ends a sentence."""
    lines = plain_lines(text).split("\n")
    return [line[start:end] for line in lines for start, end in sentence_ranges(line)]


def plain_lines(text: str) -> str:
    """
    The text with "\\n" as its only control character.

    Each code point keeps its place, so that offsets stay those of the text a person sent.
    """
    text = text.replace("\r\n", " \n")
    return UNSTORABLE.sub("\ufffd", CONTROLS.sub(" ", LINE_ENDS.sub("\n", text)))


def _breaks(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Each run of stops that ends a sentence, and where the next sentence starts."""
    for match in STOP_RUN.finditer(text):
        following = _skip_spaces(text, match.end())
        if following < len(text) and _ends_sentence(text, match, following):
            yield match, following


def _skip_spaces(text: str, index: int) -> int:
    while index < len(text) and text[index].isspace():
        index += 1
    return index


def _ends_sentence(text: str, match: re.Match[str], following: int) -> bool:
    stops = match.group()
    if stops[0] in FULL_WIDTH_STOPS:
        return True
    if following == match.end() or not _can_start_sentence(text, following):
        return False
    if not stops.startswith(".") or stops.startswith(".."):
        return True
    return not _is_abbreviation(text, match.start(), text[following])


def _can_start_sentence(text: str, index: int) -> bool:
    """A small letter goes on with a sentence; scripts without case may start one."""
    while index < len(text) and text[index] in OPENERS:
        index += 1
    if index == len(text) or text[index].isspace():
        return False
    character = text[index]
    return not character.islower() and character not in STOPS + ",;:"


def _is_abbreviation(text: str, stop: int, following: str) -> bool:
    found = LAST_WORD.search(text[max(0, stop - LONGEST_ABBREVIATION) : stop])
    if found is None:
        return False
    word = found.group()
    if word.lower() in ABBREVIATIONS:
        # "He says no. She nods." against "No. 3".
        return following.isdigit() if word.lower() in {"no", "min", "sec", "max"} else True
    # An initial, as in "J. Smith"; "I" ends sentences.
    return len(word) == 1 and word.isupper() and word != "I"
