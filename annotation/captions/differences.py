"""How two texts differ, in words and in characters."""

from __future__ import annotations

import re
from typing import Literal

from rapidfuzz.distance import Indel, Levenshtein

Change = Literal["equal", "insert", "delete"]

# A word, one character of a script without spaces, or a mark, each with the space after it.
WORDS = re.compile(
    "(?:[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
    "(?:['’-][^\\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)*|[^\\w\\s]|\\s)\\s*"
)


def diff(before: str, after: str) -> list[tuple[Change, str]]:
    """The kept and deleted pieces together are `before`, the kept and inserted ones `after`."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    changes: list[tuple[Change, str]] = []
    for step in Indel.opcodes(old, new).as_list():
        removed = "".join(old[step.src_start : step.src_end])
        added = "".join(new[step.dest_start : step.dest_end])
        if step.tag == "equal":
            changes.append(("equal", removed))
            continue
        changes += [("delete", removed)] if removed else []
        changes += [("insert", added)] if added else []
    return changes


def distance(before: str, after: str) -> int:
    """Characters inserted, deleted or replaced."""
    return Levenshtein.distance(before, after)
