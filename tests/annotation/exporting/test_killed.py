"""A killed worker costs what it had not finished, and the file is the same as without the kill."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connection
from django.utils import timezone

from annotation.exporting import archive, journal, webdataset
from annotation.exporting.telling import Telling
from annotation.exporting.unfinished import JOURNAL, folder_of, held
from annotation.jobs import Progress
from annotation.media import UNFINISHED_FOR_S
from annotation.models import Export, Job, JobState
from annotation.tasks import sweep
from annotation.workflow.exporting import export_path, start_export
from annotation.workflow.rejecting import withdraw
from tests.released import a_version, add_entry

from .exports import attempt, files_of, run, store_videos

FORK = get_context("fork")
# Three captions are in train, two in test. Where it is killed, which videos are read after that,
# and how far people see it.
KILLS = [
    ("native-jsonl", "copies", ("video", 3), 3, [7, 7, 7, 8, 9, 10]),
    ("webdataset", "paths", ("caption", 5), 2, [3, 3, 3, 3, 4, 5]),
    ("parquet", "paths", ("caption", 5), 0, [3, 4, 5]),
    ("vtt", "copies", ("caption", 4), 5, [3, 3, 3, 3, 4, 5, 6, 7, 8, 9, 10]),
]


@pytest.fixture
def version(world):
    made = a_version(world, train=3, test=2)
    for split in ("train", "train", "train", "test", "test"):
        add_entry(world, made, world.clip(stage="approved"), "Her brows rise.", split)
    return made


@pytest.fixture
def at_once(monkeypatch):
    """What is finished is on the disk before the next begins."""
    monkeypatch.setattr(journal, "SYNC_S", 0.0)


def kill_at(export: Export, piece: tuple[str, int]) -> None:
    """By a process of its own, whose lease then runs out."""
    # The child makes its own: two processes cannot share one.
    connection.close()
    worker = FORK.Process(target=_run_until, args=(export, piece))
    worker.start()
    worker.join()
    assert worker.exitcode == -signal.SIGKILL
    assert Job.objects.filter(state=JobState.RUNNING).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )


def _run_until(export: Export, piece: tuple[str, int]) -> None:
    killing = dying(piece, lambda: os.kill(os.getpid(), signal.SIGKILL))
    with patch.object(Telling, "__call__", killing):
        attempt(export)


def dying(piece: tuple[str, int], die: Callable[[], object]):
    tell = Telling.__call__

    def tell_or_die(telling: Telling, *told) -> None:
        if told == piece:
            die()
        tell(telling, *told)

    return tell_or_die


@pytest.fixture
def seen(monkeypatch):
    """The videos that are read, and how far people see the export."""
    videos: list[Path] = []
    told: list[int] = []
    chunks_of, report = archive.chunks_of, Progress.report

    def read(path: Path):
        videos.append(path)
        yield from chunks_of(path)

    def listen(progress: Progress, done: int, total: int, message: str) -> None:
        told.append(done)
        report(progress, done, total, message)

    for module in (archive, webdataset):
        monkeypatch.setattr(module, "chunks_of", read)
    monkeypatch.setattr(Progress, "report", listen)
    return videos, told


@pytest.mark.django_db(transaction=True)
def test_the_next_attempt_goes_on_and_ends_with_the_same_bytes(world, version, at_once, seen):
    store_videos(version)
    for format, media, piece, *expected in KILLS:
        asked = {"version_uid": version.uid, "format": format, "media": media}
        whole, killed = (start_export(actor=world.mila, **asked) for _ in range(2))
        run(whole)
        kill_at(killed, piece)
        for noted in seen:
            noted.clear()
        run(killed)
        assert killed.job.state == JobState.DONE
        assert (format, killed.sha256) == (format, whole.sha256)
        assert [len(seen[0]), seen[1]] == expected
        assert not folder_of(export_path(killed)).exists()


def stopped(export: Export) -> Export:
    """As by a worker that is told to end: the job waits, what is finished stays."""
    with (
        patch.object(Telling, "__call__", dying(("caption", 4), sys.exit)),
        pytest.raises(SystemExit),
    ):
        attempt(export)
    Job.objects.update(run_after=timezone.now())
    assert folder_of(export_path(export)).exists()
    return export


@pytest.fixture
def export(world, version):
    return start_export(version_uid=version.uid, actor=world.mila, format="native-jsonl")


def test_nothing_is_kept_of_texts_with_a_clip_that_was_withdrawn_since(
    world, version, export, at_once
):
    stopped(export)
    clip = version.entries.filter(split="train").first().clip
    withdraw(clip_id=clip.pk, actor=world.lena, reason="asked")
    run(export)
    assert export.manifest["counts"] == {"train": 2, "validation": 0, "test": 2}
    assert clip.uid.encode() not in files_of(export)["train.jsonl"]


def test_who_lost_the_export_and_still_writes_is_waited_for(export, at_once):
    stopped(export)
    with held(folder_of(export_path(export))):
        run(export)
        assert export.job.state == JobState.QUEUED
        assert "still writes" in export.job.error
    Job.objects.update(run_after=timezone.now())
    assert run(export).job.state == JobState.DONE


def test_half_a_line_of_the_journal_counts_for_nothing(export, at_once):
    stopped(export)
    with (folder_of(export_path(export)) / JOURNAL).open("ab") as file:
        file.write(b'{"member":{"name":"test.jso')
    assert run(export).job.state == JobState.DONE
    assert len(files_of(export)["test.jsonl"].splitlines()) == 2


def test_an_archive_that_is_shorter_than_its_journal_says_is_begun_anew(export, at_once):
    folder = folder_of(export_path(stopped(export)))
    (folder / f"{export.uid}.zip").write_bytes(b"PK")
    assert run(export).job.state == JobState.DONE
    assert len(files_of(export)["train.jsonl"].splitlines()) == 3


def test_the_sweep_removes_what_nobody_goes_on_with(export, at_once):
    folder = folder_of(export_path(stopped(export)))
    then = time.time() - 2 * UNFINISHED_FOR_S
    os.utime(folder / JOURNAL, (then, then))
    sweep()
    assert folder.exists()
    Job.objects.update(state=JobState.DEAD, ended_at=timezone.now(), error="Stopped.")
    os.utime(folder / JOURNAL)
    sweep()
    assert folder.exists()
    os.utime(folder / JOURNAL, (then, then))
    sweep()
    assert not folder.exists()


def test_the_sweep_removes_what_was_cancelled_while_it_waited(export, at_once):
    folder = folder_of(export_path(stopped(export)))
    Job.objects.update(state=JobState.CANCELLED, ended_at=timezone.now())
    sweep()
    assert not folder.exists()
