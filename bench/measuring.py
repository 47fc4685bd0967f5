"""Times and query counts of repeated calls, and the memory of this process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Measured:
    name: str
    clips: int
    calls: int
    median_ms: float
    p95_ms: float
    queries: int

    def line(self) -> str:
        return (
            f"{self.name:<34} {self.clips:>7} clips {self.median_ms:>8.2f} ms median "
            f"{self.p95_ms:>8.2f} ms p95 {self.queries:>4} queries"
        )


def measure(name: str, clips: int, calls: int, call: Callable[[], object]) -> Measured:
    """The first call is not timed; one more, at the end, counts its queries."""
    call()
    times = []
    for _ in range(calls):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    with CaptureQueriesContext(connection) as queries:
        call()
    times.sort()
    return Measured(
        name, clips, calls, statistics.median(times), times[int(calls * 0.95)], len(queries)
    )


def memory_mb(name: str) -> float:
    """VmRSS is what is held now, VmHWM the most since `reset_peak`."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")
