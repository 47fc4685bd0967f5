"""How two texts differ, in words and in characters."""

from __future__ import annotations

import re
from typing import Literal

from rapidfuzz.distance import Indel, Levenshtein

Change = tuple[Literal["equal", "insert", "delete"], str]

# Scripts that set no spaces are compared character by character.
UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
WORDS = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+|\s+|[^\w\s]")


def diff(before: str, after: str) -> list[Change]:
    """
    The words that stay, go and come, in reading order; a deletion before its insertion.

    What stays and goes is together `before`, what stays and comes is `after`.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    changes: list[Change] = []
    old_at = new_at = 0
    for start, new_start, size in _kept(old, new):
        changes.append(("delete", "".join(old[old_at:start])))
        changes.append(("insert", "".join(new[new_at:new_start])))
        old_at, new_at = start + size, new_start + size
        changes.append(("equal", "".join(old[start:old_at])))
    return [(change, text) for change, text in changes if text]


def _kept(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """Runs of words in both, and an empty one at the end. A space alone is not worth keeping."""
    blocks = [
        (block.a, block.b, block.size) for block in Indel.opcodes(old, new).as_matching_blocks()
    ]
    return [block for block in blocks if not "".join(old[block[0] : block[0] + block[2]]).isspace()]


def distance(before: str, after: str) -> int:
    """Characters inserted, deleted or replaced."""
    return Levenshtein.distance(before, after)
