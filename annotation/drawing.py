"""Draws that anybody can repeat: from a stored seed and names, without hidden state."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def draw(seed: int, *names: object) -> float:
    """A number in [0, 1) that depends on nothing but the seed and the names."""
    text = ":".join(str(part) for part in (seed, *names))
    digest = hashlib.sha256(text.encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def shuffled(items: Iterable[T], seed: int, *names: object, key: Callable[[T], object]) -> list[T]:
    """The items in an order drawn by seed and names; `key` names an item, uniquely."""
    return sorted(items, key=lambda item: (draw(seed, *names, key(item)), str(key(item))))
