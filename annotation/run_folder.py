"""
The folder of a training run: what the process is given, and what it says of itself in `out`.

The trainer replaces its files whole, so each is read as it stands or is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from django.conf import settings

TAIL = 16 * 1024
CHECKPOINT = re.compile(r"step-(\d+)")
# What a page shows of a curve; more points than pixels tell nothing.
MOST_POINTS = 2000


@dataclass(frozen=True)
class LogPart:
    text: str
    # In bytes, of the part's beginning and of what follows it.
    offset: int
    next_offset: int


@dataclass(frozen=True)
class RunFolder:
    root: Path

    @classmethod
    def of(cls, uid: str) -> RunFolder:
        return cls(Path(settings.RUNS_ROOT) / uid)

    @property
    def recipe(self) -> Path:
        return self.root / "recipe.json"

    @property
    def lock(self) -> Path:
        """Held by the process of the run as long as it lives."""
        return self.root / "lock"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def result(self) -> Path:
        return self.out / "result"

    @property
    def log(self) -> Path:
        return self.out / "log.txt"

    def manifest(self, split: str) -> Path:
        return self.root / f"{split}.jsonl"

    def state(self) -> dict[str, Any]:
        return _read(self.out / "state.json")

    def exit(self) -> dict[str, Any]:
        """How the process ended by its own word; empty where it did not come to say it."""
        return _read(self.out / "exit.json")

    def versions(self) -> dict[str, Any]:
        return _read(self.out / "versions.json")

    def saved_step(self) -> int | None:
        """Of the newest checkpoint, which is there whole or not at all."""
        found = (CHECKPOINT.fullmatch(path.name) for path in self._checkpoints.glob("step-*"))
        return max((int(each[1]) for each in found if each), default=None)

    def learned_by(self, step: int) -> Path:
        """The best checkpoint of those until this one; without validations this one."""
        newest = self._checkpoints / f"step-{step}"
        best = _read(newest / "trainer_state.json").get("best_global_step")
        return self._checkpoints / f"step-{best}" if best else newest

    @property
    def _checkpoints(self) -> Path:
        return self.out / "checkpoints"

    def forget_former_process(self) -> None:
        for name in ("state.json", "exit.json"):
            (self.out / name).unlink(missing_ok=True)

    def last_loss(self) -> float | None:
        lines = _tail(self.out / "metrics.jsonl").decode(errors="replace").splitlines()
        losses = _losses(_parsed(lines))
        return losses[-1] if losses else None

    def losses(self) -> list[float]:
        return _losses(self.metrics())

    def metrics(self) -> list[dict[str, Any]]:
        """In order; of very long runs evenly thinned, with every validation."""
        try:
            with (self.out / "metrics.jsonl").open(encoding="utf-8") as file:
                count = sum(1 for _ in file)
                file.seek(0)
                every = -(-count // MOST_POINTS) or 1
                wanted = (
                    line for at, line in enumerate(file) if at % every == 0 or "validation" in line
                )
                return list(_parsed(wanted))
        except FileNotFoundError:
            return []

    def log_part(self, offset: int | None) -> LogPart:
        """From `offset` on, or the end where none is given; at most a bounded piece."""
        try:
            with self.log.open("rb") as file:
                size = file.seek(0, 2)
                begin = max(0, size - TAIL) if offset is None else min(offset, size)
                file.seek(begin)
                piece = file.read(4 * TAIL)
        except FileNotFoundError:
            return LogPart("", 0, 0)
        return LogPart(piece.decode(errors="replace"), begin, begin + len(piece))


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _tail(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, 2) - TAIL))
            return file.read()
    except FileNotFoundError:
        return b""


def _no_number(_: str) -> None:
    """NaN and its like, which JSON for browsers does not have."""


def _losses(lines: Iterable[dict[str, Any]]) -> list[float]:
    """A loss that is no number stops the run, and JSON would not hold it."""
    found = [line.get("loss") for line in lines]
    return [loss for loss in found if isinstance(loss, int | float) and isfinite(loss)]


def _parsed(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The last line may be half written, the first of a tail cut off."""
    for line in lines:
        try:
            value = json.loads(line, parse_constant=_no_number)
        except ValueError:
            continue
        if isinstance(value, dict):
            yield value
