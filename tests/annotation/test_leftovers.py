"""Stored files without a row go a day later; whatever a row speaks of stays."""

from __future__ import annotations

import os
import time
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command

from annotation import media
from annotation.importing import leftovers
from annotation.importing.leftovers import part_of, remove_leftovers
from annotation.importing.preparing import lock_files, store_file, stored_path
from annotation.models import FaceBackends, FaceTracks, ImportItem, ImportItemStatus
from annotation.tasks import sweep
from annotation.workflow.import_batches import start_jsonl_import, start_upload_import
from tests.factories import World
from tests.scripted_faces import VERSIONS, a_record, a_track, store_tracks

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return World()


def stored(content=b"a video", *, days=2):
    file = store_file(BytesIO(content), "a.mp4")
    age(stored_path(file.location), days)
    return file


def age(path, days=2):
    then = time.time() - days * 24 * 3600
    os.utime(path, (then, then))


def remove_all():
    for number in range(leftovers.PARTS):
        remove_leftovers(part_of(number))


def is_kept(file):
    remove_all()
    return stored_path(file.location).exists()


def ids(world):
    return {"project_id": world.project.pk, "actor": world.lena, "source_id": world.source.pk}


def test_an_upload_that_was_killed_before_it_was_listed_is_removed(world):
    file = stored()
    derived = media.write_derived(stored_path(file.location), "poster.jpg", b"x")
    assert not is_kept(file)
    assert not derived.exists()


def test_what_may_still_be_listed_stays(world):
    assert is_kept(stored(days=0.9))


def test_the_file_of_a_clip_stays(world):
    file = stored()
    world.clip(sha256=file.sha256, original=file.location)
    assert is_kept(file)


@pytest.mark.parametrize(
    ("status", "stays"), [("pending", True), ("failed", True), ("imported", False)]
)
def test_an_upload_stays_as_long_as_it_can_be_tried(world, status, stays):
    file = stored()
    start_upload_import(**ids(world), files=[file])
    fields = {"failed": {"message": "Full."}, "imported": {"clip": world.clip()}}.get(status, {})
    ImportItem.objects.update(status=ImportItemStatus(status), **fields)
    assert is_kept(file) == stays


def test_the_records_of_an_import_stay(world):
    file = stored()
    start_jsonl_import(**ids(world), records=file)
    assert is_kept(file)


def test_an_upload_of_the_same_bytes_meanwhile_is_seen_under_the_lock(world, monkeypatch):
    file = stored()
    lock = lock_files

    def store_again(sha256):
        lock(sha256)
        stored(days=0)

    monkeypatch.setattr(leftovers, "lock_files", store_again)
    assert is_kept(file)


def test_a_record_that_no_clip_points_at_is_removed(world):
    backends = FaceBackends.objects.create(key="script", versions=VERSIONS)
    sha256 = "ab" * 32
    clip = world.open_clip(sha256=sha256, original=f"originals/ab/{sha256}")
    store_tracks(clip, backends, a_record(a_track()))
    kept = stored_path(FaceTracks.objects.get().record)
    lost = media.write_derived(stored_path(clip.original), "tracks-lost.json.gz", b"x")
    age(kept)
    age(lost)
    remove_leftovers("ab")
    assert (kept.exists(), lost.exists()) == (True, False)


def test_the_sweep_looks_at_one_part_after_the_other(world, monkeypatch):
    file = stored()
    part = int(file.sha256[:2], 16)
    for now, stays in ((part + 1, True), (part + leftovers.PARTS, False)):
        monkeypatch.setattr(leftovers, "part_of_now", lambda now=now: part_of(now))
        sweep()
        assert stored_path(file.location).exists() == stays


def test_the_check_names_rows_without_files_and_files_without_rows(world, capsys):
    backends = FaceBackends.objects.create(key="script", versions=VERSIONS)
    sha256 = "ab" * 32
    clip = world.open_clip(sha256=sha256, original=f"originals/ab/{sha256}")
    store_tracks(clip, backends, a_record(a_track()))
    stored_path(FaceTracks.objects.get().record).unlink()
    file = stored()
    with pytest.raises(CommandError):
        call_command("check_consistency")
    said = capsys.readouterr().err
    assert f"The files of every clip are stored. 1: {clip.pk}" in said
    assert f"The record of every clip's tracks is stored. 1: {clip.pk}" in said
    assert f"has its row. 1: {file.sha256}" in said
