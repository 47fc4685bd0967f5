"""
What a video is, and what is made from it, by bounded child processes.

A decoder meets bytes that a stranger chose, so it never runs in this process: the child has
limits on memory, time and files, no environment, no input and, where allowed, no network.
"""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from pathlib import Path
from typing import Any

from annotation.errors import WorkflowError

logger = logging.getLogger(__name__)

MIB = 1024 * 1024
PROJECT_ROOT = Path(__file__).resolve().parents[1]
# `python -I` keeps a stray PYTHONPATH, the user's site folder and the working directory out of
# the child's imports; the one folder that it needs is therefore named on its command line.
START_ML = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module('ml', run_name='__main__')"
)
# A child that ignores its own alarm is killed this long after it.
KILL_AFTER_S = 2


class UnusableMedia(WorkflowError):
    """
    A file that cannot become a clip.

    Codes: empty, not_a_video, truncated, unreadable, no_frames, audio_only, too_large,
    too_long, too_many_frames, timeout.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class ChildLimits:
    """Sizes are bytes, times seconds; the names are those of the child's `--limits`."""

    address_space: int = 1024 * MIB
    cpu_s: int = 20
    wall_s: int = 60
    file_size: int = 0
    descriptors: int = 64


READING = ChildLimits()


@dataclass(frozen=True)
class MediaFacts:
    """
    What a full decode found.

    `pts` holds the time of every presented frame in units of `time_base` seconds, increasing;
    a frame's index is its place there. Width and height are of the picture as shown, after a
    turn of `rotation` degrees clockwise.
    """

    duration_s: float
    width: int
    height: int
    rotation: int
    frame_count: int
    average_rate: Fraction
    time_base: Fraction
    pts: tuple[int, ...]
    start_pts: int
    video_codec: str
    pixel_format: str
    container: str
    has_audio: bool
    audio_codec: str | None
    is_browser_playable: bool

    @classmethod
    def parse(cls, answer: dict[str, Any]) -> MediaFacts:
        values = {field.name: answer[field.name] for field in fields(cls)}
        values["average_rate"] = Fraction(*answer["average_rate"])
        values["time_base"] = Fraction(*answer["time_base"])
        values["pts"] = tuple(answer["pts"])
        return cls(**values)


def probe(path: Path, limits: ChildLimits = READING) -> MediaFacts:
    """Decodes every frame; raises UnusableMedia with the reason where that cannot be done."""
    return MediaFacts.parse(_run_ml(["probe", str(path.resolve())], limits))


def _run_ml(command: list[str], limits: ChildLimits) -> dict[str, Any]:
    """The child's one line of JSON. A child that dies without it had a file it could not bear."""
    argv = [sys.executable, "-I", "-B", "-c", START_ML, str(PROJECT_ROOT)]
    argv += ["--limits", json.dumps(asdict(limits)), *command]
    try:
        child = subprocess.run(  # noqa: S603 - no shell; paths come from storage, not from names
            argv,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={},
            timeout=limits.wall_s + KILL_AFTER_S,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        raise _too_slow() from expired
    if -child.returncode in (signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL):
        raise _too_slow()
    try:
        answer: dict[str, Any] = json.loads(child.stdout)
    except ValueError as error:
        reason = child.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("ml %s ended with %d: %s", command[0], child.returncode, reason)
        raise UnusableMedia("unreadable", "The video stops the decoder. Re-encode it.") from error
    if "error" in answer:
        raise UnusableMedia(answer["error"], answer["message"])
    return answer


def _too_slow() -> UnusableMedia:
    return UnusableMedia("timeout", "The video takes too long to decode. Make it shorter.")
