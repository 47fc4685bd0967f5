"""A clip's frames from a bounded child, so that no file can take this process down."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from io import BufferedReader
from pathlib import Path
from typing import Any, cast

from ml.confinement import Limits
from ml.video.containers import VideoRefused
from ml.video.sampling import RATE
from ml.video.streaming import SampledFrame, StreamHeader, read_stream

ROOT = Path(__file__).resolve().parents[2]
# The child waits while the networks work, so it may take an hour by the clock.
LIMITS = Limits(address_space=4 * 2**30, cpu_s=600, wall_s=3600, file_size=0, descriptors=64)

Decoded = tuple[StreamHeader, Iterator[SampledFrame]]


@contextmanager
def decoded(path: Path, *, rate: int | None = RATE) -> Iterator[Decoded]:
    """Raises VideoRefused, here or between two frames, for what cannot be decoded."""
    command = ["frames", str(path.resolve()), "--rate", str(rate or 0)]
    with subprocess.Popen(  # noqa: S603 - no shell, and the path is absolute
        _argv(command, LIMITS), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as child:
        try:
            yield read_stream(cast(BufferedReader, child.stdout))
        finally:
            child.kill()


def run_confined(command: list[str], limits: Limits) -> dict[str, Any]:
    """What another command of `python -m ml` answers in a bounded child; raises VideoRefused."""
    child = subprocess.run(  # noqa: S603 - no shell; the caller names absolute paths
        _argv(command, limits), cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    try:
        answer: dict[str, Any] = json.loads(child.stdout)
    except ValueError as error:
        raise VideoRefused("unreadable", "The video stops the decoder. Re-encode it.") from error
    if "error" in answer:
        raise VideoRefused(answer["error"], answer["message"])
    return answer


def _argv(command: list[str], limits: Limits) -> list[str]:
    return [sys.executable, "-m", "ml", "--limits", json.dumps(asdict(limits)), *command]
