"""What was written of a split, for the manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from annotation.models import Clip

Licence = tuple[str, str, str]


@dataclass
class Tally:
    # By the name and the kind of the source, and the licence.
    licences: Counter[Licence] = field(default_factory=Counter)
    without_text: list[str] = field(default_factory=list)

    def count(self, clip: Clip) -> None:
        source = clip.source
        self.licences[source.name, source.kind, clip.licence or source.licence] += 1

    @property
    def clips(self) -> int:
        return self.licences.total()

    def to_json(self) -> dict[str, Any]:
        return {
            "licences": [[*licence, clips] for licence, clips in self.licences.items()],
            "without_text": self.without_text,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Tally:
        licences = {(name, kind, words): clips for name, kind, words, clips in value["licences"]}
        return cls(Counter(licences), value["without_text"])


def licences_of(tallies: Iterable[Tally]) -> Iterator[dict[str, Any]]:
    total: Counter[Licence] = Counter()
    for tally in tallies:
        total += tally.licences
    for (source, kind, licence), clips in sorted(total.items()):
        yield {"source": source, "kind": kind, "licence": licence, "clips": clips}
