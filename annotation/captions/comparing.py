"""How far two texts are apart, and where."""

from __future__ import annotations

import difflib
import re
from typing import Literal

from rapidfuzz.distance import Levenshtein

Change = tuple[Literal["equal", "insert", "delete"], str]
WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def distance(first: str, second: str) -> int:
    """Edit distance in code points: insertions, deletions and replacements."""
    return Levenshtein.distance(first, second)


def diff(first: str, second: str) -> list[Change]:
    """The words that stay, go and come, in reading order; a deletion before its insertion."""
    before, after = WORDS.findall(first), WORDS.findall(second)
    changes: list[Change] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        old, new = "".join(before[start:end]), "".join(after[new_start:new_end])
        if old == new:
            changes.append(("equal", old))
            continue
        if old:
            changes.append(("delete", old))
        if new:
            changes.append(("insert", new))
    return changes
