"""What is counted in a caption. Each counter has a name, since every count of tokens is another."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")
TOKEN = re.compile(r"\w+(?:['\u2019-]\w+)*|[^\w\s]")
LEXICON_VERSION = 1

COUNTERS = {
    "words": "Runs of letters and digits; what an apostrophe or hyphen joins is one.",
    "words_and_punctuation": "The same, and every mark between them.",
    "facial_actions": "Words that stand in the lexicon of facial actions.",
}


@cache
def lexicon(version: int = LEXICON_VERSION) -> dict[str, Any]:
    """A file of words is never edited, because cards name it by version: a better one is new."""
    path = Path(__file__).with_name(f"lexicon-{version}.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {**found, "words": frozenset(found["words"])}


def count(text: str) -> dict[str, int]:
    """By counter."""
    words = WORD.findall(text)
    known = lexicon()["words"]
    return {
        "words": len(words),
        "words_and_punctuation": len(TOKEN.findall(text)),
        "facial_actions": sum(word.lower() in known for word in words),
    }
