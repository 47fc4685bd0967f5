"""
The folder of a run: everything that is known of it, for whoever looks on, and for going on.

Files are replaced whole, or have lines added at their end.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCK = ".lock"


class FolderTaken(Exception):
    """`code` is for programs; the folder stays as it is."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class RunFolder:
    root: Path

    @property
    def checkpoints(self) -> Path:
        return self.root / "checkpoints"

    @property
    def result(self) -> Path:
        return self.root / "result"

    @property
    def metrics(self) -> Path:
        return self.root / "metrics.jsonl"

    @property
    def log(self) -> Path:
        return self.root / "log.txt"

    @property
    def exit(self) -> Path:
        return self.root / "exit.json"

    @property
    def recipe(self) -> Path:
        return self.root / "recipe.json"

    @property
    def versions(self) -> Path:
        return self.root / "versions.json"

    @property
    def state(self) -> Path:
        return self.root / "state.json"

    def replace(self, path: Path, value: dict[str, Any]) -> None:
        """Each process and thread has a part of its own until it is whole."""
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
        part.replace(path)

    def add_metrics(self, line: dict[str, Any]) -> None:
        with self.metrics.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def forget_metrics_after(self, step: int) -> None:
        """A run that goes on takes these steps again; a line that a kill cut off is dropped."""
        if self.metrics.exists():
            kept = [line for line in _whole_lines(self.metrics) if line["step"] <= step]
            part = self.metrics.with_name(f".{self.metrics.name}.part")
            part.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")
            part.replace(self.metrics)


@contextmanager
def held(root: Path, *, goes_on: bool) -> Iterator[RunFolder]:
    """Raises FolderTaken for a second process, and for a second run."""
    folder = RunFolder(root)
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderTaken(
                "already_running", f"Another process trains in {root}. Wait for it, or stop it."
            ) from None
        if folder.metrics.exists() and not goes_on:
            raise FolderTaken(
                "already_begun", f"{root} holds a run. Go on with --resume, or name another folder."
            )
        yield folder


def _whole_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return
