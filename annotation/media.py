"""
What a video is, and what is made from it, by bounded child processes.

A decoder meets bytes that a stranger chose, so it never runs in this process: the child has
limits on memory, time and files, no environment, no input and, where allowed, no network.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

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
# A web server in the same group may send the files; nobody else reads faces.
FILE_MODE = 0o640
# A child that ignores its own alarm is killed this long after it.
KILL_AFTER_S = 2


class UnusableMedia(WorkflowError):
    """
    A file that cannot become a clip.

    Codes: empty, not_a_video, truncated, unreadable, no_frames, audio_only, too_large,
    too_long, too_many_frames, timeout, no_such_frame.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class StorageFull(WorkflowError):
    """The disk has no room; what was begun has been removed again."""

    code = "storage_full"


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class ChildLimits:
    """Sizes are bytes, times seconds; the names are those of the child's `--limits`."""

    address_space: int = 1024 * MIB
    cpu_s: int = 20
    wall_s: int = 60
    file_size: int = 0
    descriptors: int = 64


READING = ChildLimits()
PICTURE = ChildLimits(file_size=32 * MIB)
# Encoding costs about ten times what decoding does; 4K frames fill the encoder's queue.
ENCODING = ChildLimits(address_space=3072 * MIB, cpu_s=1200, wall_s=1800, file_size=4096 * MIB)


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

    def times(self) -> list[Fraction]:
        """Seconds, exact, so that tables in different units compare."""
        return [pts * self.time_base for pts in self.pts]


def probe(path: Path, limits: ChildLimits = READING) -> MediaFacts:
    """Decodes every frame; raises UnusableMedia with the reason where that cannot be done."""
    return MediaFacts.parse(_run_ml(["probe", str(path.resolve())], limits))


def stream_to_storage(file: Readable, limit: int) -> tuple[Path, str, int]:
    """
    Path, SHA-256 and size of the stored bytes; the same bytes are stored once.

    Refuses more than `limit` bytes. Whatever goes wrong, nothing of the file is left behind.
    """
    originals = Path(settings.MEDIA_ROOT) / "originals"
    with _temporary(originals / "incoming") as part:
        sha256, size = _copy(file, part, limit)
        path = originals / sha256[:2] / sha256
        path.parent.mkdir(exist_ok=True)
        part.replace(path)
    return path, sha256, size


def derived_path(original: Path, name: str) -> Path:
    """Where something made from a stored original lives: one folder for each original."""
    return Path(settings.MEDIA_ROOT) / "derived" / original.name[:2] / original.name / name


def make_proxy(original: Path, facts: MediaFacts) -> Path:
    """
    A copy that browsers play, made once. `facts` are the original's.

    Captions point at frames by the original's times, so a copy with others is refused.
    """
    target = derived_path(original, "proxy.mp4")
    if not target.exists():
        with _temporary(target) as part:
            _run_ml(["proxy", str(original.resolve()), str(part)], ENCODING)
            if probe(part, ENCODING).times() != facts.times():
                raise UnusableMedia(
                    "unreadable", "The times of the frames cannot be kept. Re-encode the video."
                )
            part.replace(target)
    return target


def make_poster(original: Path) -> Path:
    """The first frame as a small JPEG, made once."""
    return _make_picture(original, "poster.jpg", ["poster"])


def extract_frame(original: Path, index: int) -> Path:
    """One frame as JPEG, made once; raises UnusableMedia (no_such_frame) past the end."""
    return _make_picture(original, f"frames/{index:06}.jpg", ["frame", "--index", str(index)])


def _make_picture(original: Path, name: str, command: list[str]) -> Path:
    target = derived_path(original, name)
    if not target.exists():
        with _temporary(target) as part:
            _run_ml([*command, str(original.resolve()), str(part)], PICTURE)
            part.replace(target)
    return target


@contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    """
    A file of our own beside the target, to be renamed onto it: readers never see half a file,
    and of two makers the last one wins. Removed if it was not renamed.
    """
    with _naming_a_full_disk():
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(descriptor)
        part = Path(name)
        try:
            part.chmod(FILE_MODE)
            yield part
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _naming_a_full_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _no_room() from error
        raise


def _copy(file: Readable, part: Path, limit: int) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    with part.open("wb") as target:
        while chunk := file.read(MIB):
            size += len(chunk)
            if size > limit:
                raise UnusableMedia(
                    "too_large", f"The file is over {limit / MIB:.0f} MiB. Make it smaller."
                )
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest(), size


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
        if answer["error"] == StorageFull.code:
            raise _no_room()
        raise UnusableMedia(answer["error"], answer["message"])
    return answer


def _too_slow() -> UnusableMedia:
    return UnusableMedia("timeout", "The video takes too long to decode. Make it shorter.")


def _no_room() -> StorageFull:
    return StorageFull("The disk is full. Free some space and try again; nothing was kept.")
