"""A file of drafts, one line of JSON for each clip, that a later run goes on with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ml.drafting.protocols import Drafted, Outcome


class OtherDrafts(ValueError):
    """The file holds drafts that something else wrote."""


@dataclass(frozen=True)
class DraftLines:
    path: Path
    generator: str

    def resume(self) -> set[str]:
        """
        The clips that have their drafts. Failures are forgotten, to be tried again, and so is a
        last line that a killed run left unfinished.
        """
        kept = [line for line in self._read() if "error" not in line]
        partial = self.path.with_name(f"{self.path.name}.part")
        partial.write_text("".join(map(_line, kept)), encoding="utf-8")
        partial.replace(self.path)
        return {line["video"] for line in kept}

    def add(self, video: str, outcome: Outcome) -> None:
        line = {"video": video, "generator": self.generator} | _told(outcome)
        with self.path.open("a", encoding="utf-8") as lines:
            lines.write(_line(line))

    def _read(self) -> list[dict[str, Any]]:
        if not self.path.exists():
            return []
        text = self.path.read_text(encoding="utf-8")
        lines = [_parse(line) for line in text.split("\n")[:-1]]
        if any(line.get("generator") != self.generator for line in lines):
            raise OtherDrafts(
                f"{self.path} holds something else than drafts by “{self.generator}”. "
                "Name another file."
            )
        return lines


def _parse(text: str) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except ValueError:
        return {}
    return line if isinstance(line, dict) else {}


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _told(outcome: Outcome) -> dict[str, Any]:
    if not isinstance(outcome, Drafted):
        return {"error": outcome.code, "message": outcome.reason}
    return {"document" if isinstance(outcome.content, dict) else "text": outcome.content}
