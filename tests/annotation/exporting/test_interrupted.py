"""Exports that are cancelled or overtaken: nothing half written is left."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from annotation.exporting import choosing
from annotation.jobs import Progress
from annotation.jobs.leases import Cancelled
from annotation.models import JobState
from annotation.workflow.rejecting import withdraw

from .exports import export_of, store_videos

pytestmark = pytest.mark.django_db


def test_a_clip_withdrawn_while_the_export_runs_stops_it(world, version, monkeypatch):
    clip = version.entries.first().clip
    manifest = choosing.Chosen.manifest

    def withdraw_first(chosen, files):
        withdraw(clip_id=clip.pk, actor=world.lena, reason="asked")
        return manifest(chosen, files)

    monkeypatch.setattr(choosing.Chosen, "manifest", withdraw_first)
    export = export_of(version, world.mila)
    assert export.job.state == JobState.DEAD
    assert "withdrawn while" in export.job.error
    assert export.location == ""


def left_behind(settings) -> list[str]:
    return [path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_full_disk_leaves_nothing_and_says_so(world, version, settings, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    export = export_of(version, world.mila)
    assert export.job.state == JobState.DEAD
    assert "disk is full" in export.job.error
    assert export.location == ""
    assert left_behind(settings) == []


@pytest.mark.parametrize("piece", ["caption", "video"])
def test_a_cancelled_export_leaves_nothing(world, version, settings, monkeypatch, piece):
    store_videos(version)
    before = left_behind(settings)

    def cancelled(progress, done, total, message=""):
        if f"Writing {piece} 2" in message:
            raise Cancelled

    monkeypatch.setattr(Progress, "report", cancelled)
    export = export_of(version, world.mila, media="copies")
    assert export.job.state == JobState.CANCELLED
    assert left_behind(settings) == before
