"""An import that stopped in the middle, or failed in part, goes on from there."""

from __future__ import annotations

import pytest

from annotation.errors import TransitionRefused
from annotation.full_disk import StorageFull
from annotation.importing.preparing import (
    prepare,
)
from annotation.models import (
    ImportItemStatus,
)
from annotation.workflow.import_batches import (
    count_items,
    retry_failed,
)

from .starting import from_folder, put, run, stored, upload

pytestmark = pytest.mark.django_db


def test_a_failed_file_is_imported_once_it_is_mended(world, videos, roots):
    (roots / "late.mp4").write_bytes(b"")
    batch = run(from_folder(world))
    put(videos, "plain.mp4", roots / "late.mp4")

    batch = run(retry_failed(import_uid=batch.uid, actor=world.mila))

    assert count_items(batch) == {"pending": 0, "imported": 1, "duplicate": 0, "failed": 0}
    with pytest.raises(TransitionRefused, match="Nothing of this import failed"):
        retry_failed(import_uid=batch.uid, actor=world.mila)


def test_an_import_that_runs_cannot_be_retried(world, videos):
    batch = upload(world, stored(videos))
    with pytest.raises(TransitionRefused, match="still running"):
        retry_failed(import_uid=batch.uid, actor=world.lena)


def test_an_upload_that_found_no_room_is_kept_for_the_retry(world, videos, monkeypatch):
    def full(_path, _crop):
        raise StorageFull("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr("annotation.media.make_poster", full)
        batch = run(upload(world, stored(videos)))
    assert batch.items.get().code == "storage_full"

    batch = run(retry_failed(import_uid=batch.uid, actor=world.lena))
    assert batch.items.get().status == ImportItemStatus.IMPORTED


def test_a_second_run_goes_on_where_the_first_was_stopped(world, videos, roots, monkeypatch):
    put(videos, "plain.mp4", roots / "a.mp4")
    put(videos, "other.mp4", roots / "b.mp4")
    batch = from_folder(world)
    prepared = []

    def stop_at_second(file, crop):
        prepared.append(file.name)
        if file.name == "b.mp4" and len(prepared) == 2:
            raise KeyboardInterrupt
        return prepare(file, crop)

    monkeypatch.setattr("annotation.workflow.import_batches.prepare", stop_at_second)
    with pytest.raises(KeyboardInterrupt):
        run(batch)
    assert count_items(batch)["imported"] == 1

    batch.job.refresh_from_db()
    batch.job.run_after = batch.created_at
    batch.job.save(update_fields=["run_after"])
    run(batch)
    assert count_items(batch)["imported"] == 2
    assert prepared == ["a.mp4", "b.mp4", "b.mp4"]
