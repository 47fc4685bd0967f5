"""
What a video is, and what is made from it, by bounded child processes.

A decoder meets bytes that a stranger chose, so it never runs in this process: the child has
limits on memory, time and files, no environment, no input and, where allowed, no network.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, Protocol, TypeAlias, cast

from django.conf import settings

from annotation.errors import WorkflowError
from annotation.full_disk import StorageFull, naming_a_full_disk
from annotation.media_facts import MediaFacts

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
# Longer than any upload or encoding goes on without writing a byte.
UNFINISHED_FOR_S = 24 * 3600
SPENT = (signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL)


class UnusableMedia(WorkflowError):
    """
    A file that cannot become a clip.

    Codes: empty, not_a_video, truncated, unreadable, no_frames, audio_only, too_large,
    too_long, too_many_frames, too_fast, timeout, no_such_frame, bad_crop, no_shots.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


# Left, top, width and height of what is shown of the upright original.
Crop: TypeAlias = Sequence[int]


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
# Decoding hours of a large picture; the job that waits for it ends then too.
FILM = ChildLimits(address_space=3072 * MIB, cpu_s=8 * 3600, wall_s=4 * 3600)
# Encoding costs about ten times what decoding does; 4K frames fill the encoder's queue.
ENCODING = ChildLimits(address_space=3072 * MIB, cpu_s=1200, wall_s=1800, file_size=4096 * MIB)


def probe(path: Path, limits: ChildLimits = READING) -> MediaFacts:
    """Decodes every frame; raises UnusableMedia with the reason where that cannot be done."""
    return MediaFacts.parse(_run_ml(["probe", str(path.resolve())], limits))


def find_excerpts(film: Path, most_s: float) -> list[dict[str, Any]]:
    """The parts of a film that could be clips, as `ml.tracking.films.Excerpt` has them."""
    answer = _run_ml(["shots", "--most", str(most_s), str(film.resolve())], FILM)
    if not answer["excerpts"]:
        raise UnusableMedia("no_shots", "The film has no shot of two seconds. Choose another.")
    return list(answer["excerpts"])


@contextmanager
def excerpt_of(film: Path, start: int, stop: int) -> Iterator[Path]:
    """A part of a film as a file that is gone after the block."""
    with _temporary(Path(settings.MEDIA_ROOT) / "originals" / "excerpt.mp4") as part:
        span = ["--start", str(start), "--stop", str(stop)]
        _run_ml(["excerpt", *span, str(film.resolve()), str(part)], ENCODING)
        yield part


def stream_to_storage(file: Readable, limit: int) -> tuple[Path, str, int]:
    """
    Path, SHA-256 and size of the stored bytes; the same bytes are stored once.

    Refuses more than `limit` bytes. Whatever goes wrong, nothing of the file is left behind.
    """
    originals = Path(settings.MEDIA_ROOT) / "originals"
    with _temporary(originals) as part:
        sha256, size = _copy(file, part, limit)
        path = originals / sha256[:2] / sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        part.replace(path)
    return path, sha256, size


def derived_path(original: Path, name: str) -> Path:
    """Where something made from a stored original lives: one folder for each original."""
    return Path(settings.MEDIA_ROOT) / "derived" / original.name[:2] / original.name / name


def make_proxy(original: Path, facts: MediaFacts, crop: Crop | None = None) -> Path:
    """
    A copy that browsers play, made once. `facts` are the original's.

    Captions point at frames by the original's times, so a copy with others is refused.
    """
    target = derived_path(original, _named("proxy.mp4", crop))
    if not target.exists():
        with _temporary(target) as part:
            _run_ml(_picture_command(["proxy"], original, part, crop), ENCODING)
            if probe(part, ENCODING).times() != facts.times():
                raise UnusableMedia(
                    "unreadable", "The times of the frames cannot be kept. Re-encode the video."
                )
            part.replace(target)
    return target


def make_poster(original: Path, crop: Crop | None = None) -> Path:
    """The first frame as a small JPEG, made once."""
    return _make_picture(original, "poster.jpg", ["poster"], crop)


def extract_frame(original: Path, index: int, crop: Crop | None = None) -> Path:
    """One frame as JPEG, made once; raises UnusableMedia (no_such_frame) past the end."""
    command = ["frame", "--index", str(index)]
    return _make_picture(original, f"frames/{index:06}.jpg", command, crop)


def _make_picture(original: Path, name: str, command: list[str], crop: Crop | None) -> Path:
    target = derived_path(original, _named(name, crop))
    if not target.exists():
        with _temporary(target) as part:
            _run_ml(_picture_command(command, original, part, crop), PICTURE)
            part.replace(target)
    return target


def _named(name: str, crop: Crop | None) -> str:
    """What is cropped otherwise is another file, so a changed mind finds the former one again."""
    return f"crop-{'-'.join(map(str, crop))}/{name}" if crop else name


def _picture_command(
    command: list[str], original: Path, target: Path, crop: Crop | None
) -> list[str]:
    cropping = ["--crop", ",".join(map(str, crop))] if crop else []
    return [*command, *cropping, str(original.resolve()), str(target)]


@contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    """
    A file of our own on the target's disk, to be renamed onto it: readers never see half a
    file, and of two makers the last one wins. Removed if it was not renamed.
    """
    with naming_a_full_disk():
        target.parent.mkdir(parents=True, exist_ok=True)
        _unfinished().mkdir(exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=_unfinished(), prefix=f"{target.name}.")
        os.close(descriptor)
        part = Path(name)
        try:
            part.chmod(FILE_MODE)
            yield part
        finally:
            part.unlink(missing_ok=True)


def _unfinished() -> Path:
    return Path(settings.MEDIA_ROOT) / "incoming"


def remove_unfinished() -> None:
    """Files whose makers were killed before they could remove them. Safe to run at any time."""
    oldest = time.time() - UNFINISHED_FOR_S
    for part in _unfinished().glob("*"):
        # Its maker, or another sweep, may remove it at this moment.
        with suppress(FileNotFoundError):
            if part.stat().st_mtime < oldest:
                part.unlink()
                logger.info("removed %s, which nobody finished", part.name)


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


def write_derived(original: Path, name: str, content: bytes) -> Path:
    """Something made from a stored original by us, whole or not at all."""
    target = derived_path(original, name)
    with _temporary(target) as part:
        part.write_bytes(content)
        part.replace(target)
    return target


@contextmanager
def child_output(command: list[str], limits: ChildLimits) -> Iterator[BufferedReader]:
    """What the child writes, while it writes. It ends with the block, whatever it is doing."""
    child = subprocess.Popen(  # noqa: S603 - no shell; paths come from storage, not from names
        ml_command(command, limits), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env={}
    )
    try:
        yield cast("BufferedReader", child.stdout)
    finally:
        child.kill()
        child.communicate()


def ml_command(command: list[str], limits: ChildLimits) -> list[str]:
    argv = [sys.executable, "-I", "-B", "-c", START_ML, str(PROJECT_ROOT)]
    return [*argv, "--limits", json.dumps(asdict(limits)), *command]


def _run_ml(command: list[str], limits: ChildLimits) -> dict[str, Any]:
    """The child's one line of JSON. A child that dies without it had a file it could not bear."""
    try:
        child = subprocess.run(  # noqa: S603 - no shell; paths come from storage, not from names
            ml_command(command, limits),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={},
            timeout=limits.wall_s + KILL_AFTER_S,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        raise _too_slow() from expired
    if -child.returncode in SPENT:
        raise _too_slow()
    try:
        answer: dict[str, Any] = json.loads(child.stdout)
    except ValueError as error:
        reason = child.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("ml %s ended with %d: %s", command[0], child.returncode, reason)
        raise UnusableMedia("unreadable", "The video stops the decoder. Re-encode it.") from error
    if "error" in answer:
        if answer["error"] == StorageFull.code:
            raise StorageFull
        raise UnusableMedia(answer["error"], answer["message"])
    return answer


def _too_slow() -> UnusableMedia:
    return UnusableMedia("timeout", "The video takes too long to decode. Make it shorter.")
