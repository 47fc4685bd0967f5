"""What a run tells while it goes on, and at its end."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from typing import Any, Literal, Protocol

from ml.training.folder import RunFolder

Phase = Literal["features", "training", "evaluating", "saving"]
Status = Literal["done", "stopped", "failed"]
# Seconds; whoever looks on takes a run for dead that has been silent for a multiple of it.
BEAT_S = 5.0


@dataclass(frozen=True)
class Standing:
    """`done` of `total` clips of the phase, where it goes through clips."""

    phase: Phase = "features"
    step: int = 0
    steps: int = 0
    done: int = 0
    total: int = 0
    message: str = "It begins."


class Listener(Protocol):
    """Somebody else who is told what is measured."""

    def measured(self, line: dict[str, Any]) -> None: ...

    def ended(self, status: Status) -> None: ...


class Report:
    """Of several processes only the first tells how it stands, but each how it failed."""

    def __init__(self, folder: RunFolder, *, is_first: bool) -> None:
        self.folder = folder
        self.is_first = is_first
        self._began = now_told()
        self._standing = Standing()
        # Heartbeats since a word came from the training itself: of two clocks one may be moved,
        # and a process that is put to sleep does not hang.
        self._still = 0
        # None before the first word, for which a base has to be opened.
        self._longest_still: int | None = None
        self._lock = Lock()
        self.listeners: list[Listener] = []

    def tell(self, **changes: Any) -> None:
        """Every word is a step forward, which a heartbeat is not."""
        with self._lock:
            longest = self._longest_still
            self._longest_still = 0 if longest is None else max(longest, self._still)
            self._still = 0
            self._standing = replace(self._standing, **changes)
        self._write()

    def beat(self) -> None:
        with self._lock:
            self._still += 1
        self._write()

    def measure(self, **values: Any) -> None:
        if self.is_first:
            self.folder.add_metrics(values)
        for listener in self.listeners:
            listener.measured(values)

    def end(self, status: Status, message: str, **facts: Any) -> dict[str, Any]:
        """Also the answer of the command."""
        ended = {"status": status, "message": message, "step": self._standing.step, **facts}
        if self.is_first or status == "failed":
            self.folder.replace(self.folder.exit, ended)
        for listener in self.listeners:
            listener.ended(status)
        return ended

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Even while a single step takes minutes."""
        ended = Event()

        def beat() -> None:
            while not ended.wait(BEAT_S):
                self.beat()

        thread = Thread(target=beat, name="heartbeat", daemon=True)
        self._write()
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _write(self) -> None:
        if not self.is_first:
            return
        times = {"pid": os.getpid(), "started_at": self._began, "at": now_told()}
        with self._lock:
            longest = self._longest_still
            still = {
                "still_s": self._still * BEAT_S,
                "longest_still_s": None if longest is None else longest * BEAT_S,
            }
            self.folder.replace(self.folder.state, {**times, **still, **asdict(self._standing)})


@contextmanager
def logging_to(folder: RunFolder, *, is_first: bool) -> Iterator[None]:
    """
    Ours and the libraries'; the standard streams stay for the answer. All processes say the same
    of their steps, so the others tell only what went wrong.
    """
    handler = logging.FileHandler(folder.log, encoding="utf-8")
    handler.setLevel(logging.INFO if is_first else logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


def now_told() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
