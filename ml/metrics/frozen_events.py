"""The events of the references as one judge took them out once: the same for every model."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from ml.metrics.events import Events
from ml.metrics.judge import JudgeUnusable, key_of


@dataclass
class FrozenEvents:
    """`by_text` goes by the hash of the text as it is judged. Without a path it lasts for a run."""

    path: Path | None
    judge: str
    by_text: dict[str, Events] = field(default_factory=dict)

    @classmethod
    def open(cls, path: Path, judge: str) -> FrozenEvents:
        if not path.exists():
            return cls(path, judge)
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            by_text = {key: tuple(map(str, told)) for key, told in content["events"].items()}
            owner = content["judge"]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise JudgeUnusable(f"{path} holds no frozen events. Move it away.") from None
        if owner != judge:
            raise JudgeUnusable(
                f"{path} holds the events that {owner} took out of the references, and {judge} "
                "judges now. Name another file."
            )
        return cls(path, judge, by_text)

    def get(self, text: str) -> Events | None:
        return self.by_text.get(key_of(text))

    def add(self, text: str, events: Events) -> None:
        self.by_text[key_of(text)] = events

    def save(self) -> None:
        if self.path is None:
            return
        content = {"judge": self.judge, "events": dict(sorted(self.by_text.items()))}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_name(f"{self.path.name}.part")
        part.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        part.replace(self.path)
