"""How two texts differ, in words and in characters."""

from __future__ import annotations

import re
from itertools import pairwise
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
    if before == after:
        return [("equal", before)] if before else []
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
    found = Indel.opcodes(old, new).as_matching_blocks()
    blocks = [[block.a, block.b, block.size] for block in found]
    for block, following in pairwise(blocks):
        _slide(block, following, old, new)
    return [
        (start, new_start, size)
        for start, new_start, size in blocks
        if not "".join(old[start : start + size]).isspace()
    ]


def _slide(block: list[int], following: list[int], old: list[str], new: list[str]) -> None:
    """Words put in or left out take the space behind them, not the one before."""
    old_end, new_end = block[0] + block[2], block[1] + block[2]
    if (old_end == following[0]) == (new_end == following[1]):
        return
    side, place = (new, 1) if old_end == following[0] else (old, 0)
    while following[2] and side[block[place] + block[2]] == side[following[place]]:
        block[2] += 1
        following[:] = following[0] + 1, following[1] + 1, following[2] - 1


def distance(before: str, after: str) -> int:
    """Characters inserted, deleted or replaced."""
    return Levenshtein.distance(before, after)
