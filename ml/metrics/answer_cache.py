"""A judge's answers on disk, by the hash of the question: one file each, whole or not there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

# Folders by so many digits of the hash, as a folder of a hundred thousand files is slow.
FOLDER_DIGITS = 2


@dataclass(frozen=True)
class AnswerCache:
    folder: Path

    def get(self, digest: str) -> str | None:
        try:
            return self._path(digest).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def put(self, digest: str, answer: str) -> None:
        path = self._path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Two threads or runs may ask the same thing: each writes a file of its own, and one stays.
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as part:
            part.write(answer)
        os.replace(part.name, path)

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:FOLDER_DIGITS] / f"{digest}.json"
