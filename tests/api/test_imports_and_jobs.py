from __future__ import annotations

import errno
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection

from annotation.models import Import, ImportItem
from tests.factories import World

from .calling import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.IMPORT_ROOTS = [tmp_path / "clips"]
    (tmp_path / "clips" / "film").mkdir(parents=True)
    (tmp_path / "clips" / "film" / "a.mp4").write_bytes(b"a video")
    return World()


def upload(person, world, **fields):
    path = f"/api/v1/projects/{world.project.pk}/imports"
    body = {"source": world.source.pk, **fields}
    return Caller(person).client.post(path, body, format="multipart")


def test_uploads_become_items_of_a_job(world):
    files = [SimpleUploadedFile(f"{name}.mp4", name.encode()) for name in "ab"]
    answer = upload(world.mila, world, kind="upload", files=files)
    assert answer.status_code == 202, answer.json()
    started = answer.json()
    assert answer["Location"] == f"/api/v1/jobs/{started['job']['uid']}"
    assert started["import"]["counts"]["pending"] == 2
    mila = Caller(world.mila)
    items = mila.get(f"imports/{started['import']['uid']}/items?status=pending").json()
    assert [item["name"] for item in items["results"]] == ["a.mp4", "b.mp4"]
    assert mila.get(f"jobs/{started['job']['uid']}").json()["can_cancel"]


def test_a_long_upload_is_spooled_beside_the_videos(world, settings, monkeypatch):
    settings.FILE_UPLOAD_TEMP_DIR = settings.MEDIA_ROOT / "incoming"
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 4
    spooled = []
    new_file = TemporaryFileUploadHandler.new_file

    def watched(handler, *args, **kwargs):
        new_file(handler, *args, **kwargs)
        spooled.append(Path(handler.file.temporary_file_path()))

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", watched)
    files = [SimpleUploadedFile("a.mp4", b"a long video")]
    answer = upload(world.mila, world, kind="upload", files=files)
    assert answer.status_code == 202, answer.json()
    assert [path.parent for path in spooled] == [settings.MEDIA_ROOT / "incoming"]
    assert not list(spooled[0].parent.iterdir())


def test_an_upload_that_fills_the_disk_is_told_so_and_leaves_nothing(world, settings, monkeypatch):
    def no_space(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    settings.FILE_UPLOAD_TEMP_DIR = settings.MEDIA_ROOT / "incoming"
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 4
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", no_space)
    files = [SimpleUploadedFile("a.mp4", b"a long video")]
    answer = upload(world.mila, world, kind="upload", files=files)
    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert not list((settings.MEDIA_ROOT / "incoming").iterdir())
    assert not Import.objects.exists()


def test_an_upload_of_a_stranger_keeps_no_file(world, settings):
    file = SimpleUploadedFile("a.mp4", b"a video")
    assert upload(world.finn, world, kind="upload", files=[file]).status_code == 404
    assert upload(world.ada, world, kind="upload", files=[file]).status_code == 403
    assert not list(settings.MEDIA_ROOT.rglob("*"))


def test_a_folder_below_the_roots_is_imported(world):
    lena, project = Caller(world.lena), f"projects/{world.project.pk}"
    [folder] = lena.get(f"{project}/import-folders").json()["results"]
    assert folder["entries"] == ["film"]
    body = {"kind": "folder", "source": world.source.pk, "path": "film"}
    assert lena.post(f"{project}/imports", body).json()["import"]["counts"]["pending"] == 1
    films = lena.post(f"{project}/imports", {**body, "kind": "film"}).json()["import"]
    assert (films["kind"], films["counts"]["pending"]) == ("film", 1)
    for path in ("../..", "/etc", "film/../../.."):
        answer = lena.post(f"{project}/imports", {**body, "path": path})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "path")


def test_records_come_as_a_file(world):
    file = SimpleUploadedFile("records.jsonl", b'{"video": "film/a.mp4"}\n')
    answer = upload(world.mila, world, kind="jsonl", file=file, dry_run="true")
    assert answer.status_code == 202, answer.json()
    assert answer.json()["import"]["dry_run"]
    assert Import.objects.get().records


def test_errors_of_an_import_are_listed_by_line(world):
    error = {"line": 2, "field": "video", "code": "unknown_path", "message": "There is none."}
    batch = Import.objects.create(
        project=world.project,
        source=world.source,
        kind="jsonl",
        created_by=world.mila,
        errors=[error],
    )
    ImportItem.objects.create(
        batch=batch, position=1, name="a", status="failed", code="empty", message="It is empty."
    )
    seen = Caller(world.mila).get(f"imports/{batch.uid}").json()
    assert (seen["errors"], seen["counts"]["failed"], seen["job"]) == ([error], 1, None)
    retried = Caller(world.mila).post(f"imports/{batch.uid}/retry")
    assert (retried.status_code, retried.json()["import"]["counts"]["pending"]) == (202, 1)


def test_a_waiting_job_is_cancelled_and_tried_again(world):
    lena = Caller(world.lena)
    body = {"kind": "folder", "source": world.source.pk, "path": "film"}
    started = lena.post(f"projects/{world.project.pk}/imports", body).json()
    job = f"jobs/{started['job']['uid']}"
    assert lena.post(f"{job}/cancel").json()["state"] == "cancelled"
    listed = lena.get(f"projects/{world.project.pk}/jobs?state=cancelled").json()["results"]
    assert [found["uid"] for found in listed] == [started["job"]["uid"]]
    assert lena.post(f"{job}/retry").json()["state"] == "queued"
    assert lena.get(f"projects/{world.project.pk}/jobs?state=none").status_code == 400


@pytest.mark.parametrize("kind", ["bucket", "", None])
def test_an_unknown_kind_is_refused(world, kind):
    path = f"projects/{world.project.pk}/imports"
    answer = Caller(world.lena).post(path, {"kind": kind, "source": world.source.pk})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "kind")


def test_files_are_stored_before_the_transaction_of_a_key(world, monkeypatch):
    """A long copy must not hold a transaction open."""
    depths = []

    def store(files):
        depths.append(len(connection.savepoint_ids))
        return []

    monkeypatch.setattr("api.imports.store_files", store)
    outside = len(connection.savepoint_ids)
    file = SimpleUploadedFile("a.mp4", b"a video")
    caller = Caller(world.mila).client
    answer = caller.post(
        f"/api/v1/projects/{world.project.pk}/imports",
        {"source": world.source.pk, "kind": "upload", "files": [file]},
        format="multipart",
        headers={"Idempotency-Key": "k"},
    )
    assert answer.status_code == 202
    assert depths == [outside]
