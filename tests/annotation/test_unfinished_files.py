"""What a killed process leaves in storage is removed a day later, and nothing else is."""

from __future__ import annotations

import io
import os
import signal
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from annotation import media
from annotation.tasks import sweep


@pytest.fixture
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class KilledMidway:
    """An upload whose server is killed after the first piece."""

    def __init__(self) -> None:
        self.pieces = iter([b"half a video"])

    def read(self, size: int, /) -> bytes:
        piece = next(self.pieces, None)
        if piece is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return piece or b""


@pytest.fixture
def leftover(media_root):
    server = get_context("fork").Process(
        target=media.stream_to_storage, args=(KilledMidway(), media.MIB)
    )
    server.start()
    server.join()
    assert server.exitcode == -signal.SIGKILL
    [part] = files_in(media_root)
    return part


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


@pytest.mark.django_db
def test_the_sweep_removes_what_nobody_finished(leftover, media_root):
    age(leftover, media.UNFINISHED_FOR_S + 60)
    sweep()
    assert files_in(media_root) == []


def test_what_may_still_be_written_stays(leftover):
    age(leftover, media.UNFINISHED_FOR_S - 60)
    media.remove_unfinished()
    assert leftover.exists()


def test_what_is_finished_stays_however_old(media_root):
    path, _, _ = media.stream_to_storage(io.BytesIO(b"a video"), media.MIB)
    age(path, 1000 * media.UNFINISHED_FOR_S)
    media.remove_unfinished()
    assert files_in(media_root) == [path]


def test_without_a_folder_there_is_nothing_to_remove(media_root):
    media.remove_unfinished()
    assert not media_root.exists()
