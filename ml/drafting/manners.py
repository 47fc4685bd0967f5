"""
What a model refuses of a request's form, learnt from the server's answers.

Newer models refuse `max_tokens` under that name, or any temperature but their own; small servers
know no schemas. Nobody tells beforehand, so the first request finds out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

SCHEMA, TEMPERATURE, MOST_TOKENS = "response_format", "temperature", "max_tokens"
NEWER_NAMES = {MOST_TOKENS: "max_completion_tokens"}
ADAPTABLE = (SCHEMA, TEMPERATURE, MOST_TOKENS)


class Memory(Protocol):
    """By the model's name: the fields that were refused."""

    def recall(self, model: str) -> frozenset[str]: ...

    def keep(self, model: str, refused: frozenset[str]) -> None: ...


class OwnMemory:
    """For as long as this process lives."""

    def __init__(self) -> None:
        self._refused: dict[str, frozenset[str]] = {}

    def recall(self, model: str) -> frozenset[str]:
        return self._refused.get(model, frozenset())

    def keep(self, model: str, refused: frozenset[str]) -> None:
        self._refused[model] = refused


def adapted(body: Mapping[str, Any], refused: frozenset[str]) -> dict[str, Any]:
    """Without the fields that were refused, or under their newer names."""
    names = {name: NEWER_NAMES.get(name) if name in refused else name for name in body}
    return {new: body[name] for name, new in names.items() if new}


def also_refused(
    parameter: str | None, body: Mapping[str, Any], refused: frozenset[str]
) -> frozenset[str]:
    """
    With what a server names in its refusal: the same again where there is nothing to adapt.
    Servers that name nothing mostly do not know the schema.
    """
    name = (parameter or SCHEMA).partition(".")[0]
    return refused | {name} if name in ADAPTABLE and name in body else refused
