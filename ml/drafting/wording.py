"""What tells a caption from other text: its language, a copy of instructions, words in a circle."""

from __future__ import annotations

import re
import zlib

WORD = re.compile(r"[^\W\d_]+")
# Every published caption has a third of its words among these, other languages below a fifth.
ENGLISH = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "he", "her"}
    | {"his", "in", "is", "it", "its", "no", "not", "of", "on", "or", "she", "slightly", "that"}
    | {"the", "their", "then", "there", "they", "this", "to", "was", "were", "while", "with"}
)
LEAST_ENGLISH = 0.22
# So many words of the instructions in a row are a copy of them.
ECHOED_WORDS = 9
# How much smaller a text gets when packed. Published captions reach 2.9, a loop goes far beyond.
MOST_REPETITION = 4.5


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def is_english(text: str) -> bool:
    found = words(text)
    return bool(found) and sum(word in ENGLISH for word in found) >= LEAST_ENGLISH * len(found)


def echoes(text: str, told: str) -> bool:
    instructions = f" {' '.join(words(told))} "
    said = words(text)
    return any(
        f" {' '.join(said[start : start + ECHOED_WORDS])} " in instructions
        for start in range(len(said) - ECHOED_WORDS + 1)
    )


def goes_in_circles(text: str) -> bool:
    plain = text.encode()
    return len(plain) > MOST_REPETITION * len(zlib.compress(plain))
