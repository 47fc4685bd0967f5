"""Files become clips, each once, and a bad one says why."""

from __future__ import annotations

from io import BytesIO

import pytest

from annotation.errors import NotAllowed, NotFound
from annotation.importing import preparing
from annotation.importing.preparing import (
    discard,
    prepare,
    store_files,
    stored_path,
)
from annotation.media import UnusableMedia
from annotation.models import (
    Clip,
    ClipStage,
    Import,
    ImportItemStatus,
    JobState,
    Membership,
    WorkflowEvent,
)
from annotation.workflow.importing import Labels, import_clip
from tests.factories import World

from .starting import PLAIN, from_folder, kept_files, put, run, stored, upload

pytestmark = pytest.mark.django_db


def test_an_uploaded_video_is_open_for_annotation(world, videos):
    batch = run(upload(world, stored(videos)))

    item = batch.items.get()
    clip = item.clip
    assert (item.status, clip.stage, clip.name) == ("imported", ClipStage.ANNOTATING, "plain.mp4")
    assert (clip.frame_count, clip.width, clip.height) == (12, PLAIN.width, PLAIN.height)
    assert len(clip.frame_table.pts) == 12
    assert clip.proxy == ""
    assert stored_path(clip.original).read_bytes() == videos["plain.mp4"].read_bytes()
    assert stored_path(clip.poster).read_bytes().startswith(b"\xff\xd8")
    assert clip.assignments.count() == world.project.annotators_per_clip
    kinds = WorkflowEvent.objects.filter(clip=clip).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [
        "clip.imported",
        "clip.screening",
        "clip.drafting",
        "clip.annotating",
    ]


def test_a_video_that_browsers_cannot_play_gets_a_proxy(world, videos):
    clip = run(upload(world, stored(videos, "old.avi"))).items.get().clip
    assert stored_path(clip.proxy).read_bytes()[4:8] == b"ftyp"


def test_the_same_file_twice_is_one_clip(world, videos):
    first = run(upload(world, stored(videos)))
    batch = run(upload(world, stored(videos, as_name="again.mp4"), stored(videos)))

    assert {item.status for item in batch.items.all()} == {ImportItemStatus.DUPLICATE}
    assert {item.clip for item in batch.items.all()} == {first.items.get().clip}
    assert Clip.objects.get().name == "plain.mp4"


def test_another_project_shares_the_stored_file_and_has_its_own_clip(world, videos):
    there = World()
    clips = [run(upload(place, stored(videos))).items.get().clip for place in (world, there)]
    assert clips[0].original == clips[1].original
    assert clips[0].project != clips[1].project


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"#!/bin/sh\nrm -rf /\n", "not_a_video"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "not_a_video"),
        (b"<html><script>alert(1)</script></html>", "not_a_video"),
    ],
)
def test_what_is_no_video_fails_alone_and_leaves_nothing(
    world, videos, roots, settings, content, code
):
    put(videos, "plain.mp4", roots / "good.mp4")
    (roots / "bad.mp4").write_bytes(content)

    batch = run(from_folder(world))

    assert [(item.name, item.status, item.code) for item in batch.items.order_by("position")] == [
        ("bad.mp4", "failed", code),
        ("good.mp4", "imported", ""),
    ]
    assert batch.items.get(name="bad.mp4").message.endswith(".")
    assert len(kept_files(settings)) == 2  # the good one and its poster
    assert batch.job.state == JobState.DONE
    assert batch.job.result == {
        "errors": 0,
        "pending": 0,
        "imported": 1,
        "duplicate": 0,
        "failed": 1,
    }


def test_a_truncated_video_is_refused(world, videos, roots):
    whole = videos["plain.mp4"].read_bytes()
    (roots / "cut.mp4").write_bytes(whole[: len(whole) // 2])
    assert run(from_folder(world)).items.get().code == "truncated"


def test_of_an_upload_with_a_file_too_large_nothing_is_kept(world, settings, monkeypatch):
    monkeypatch.setattr(preparing, "LARGEST_FILE", 10)
    files = [(BytesIO(b"small"), "a.mp4"), (BytesIO(b"much too large"), "b.mp4")]
    with pytest.raises(UnusableMedia) as refusal:
        store_files(files)
    assert refusal.value.code == "too_large"
    assert kept_files(settings) == []


def test_only_leads_and_ml_staff_import(world, videos):
    file = stored(videos)
    for person in (world.ada, world.dana, world.vera):
        with pytest.raises(NotAllowed):
            upload(world, file, actor=person)
    with pytest.raises(NotFound):
        upload(world, file, actor=world.finn)
    assert not Import.objects.exists()


def test_a_source_of_another_project_is_not_found(world):
    """S41: an id in a body is checked like one in the path."""
    with pytest.raises(NotFound, match="no such source"):
        from_folder(world, source_id=World().source.pk)


def test_who_lost_the_role_imports_nothing_more(world, videos):
    batch = upload(world, stored(videos))
    Membership.objects.filter(user=world.lena).delete()
    assert run(batch).items.get().code == "not_found"
    assert not Clip.objects.exists()


def test_file_names_become_labels_not_paths(world, videos):
    names = ["../../etc/passwd.mp4", "C:\\clips\\a.mp4", "bad\x00\nname\u202e.mp4", "\udcff.mp4"]
    assert [stored(videos, as_name=name).name for name in names] == [
        "passwd.mp4",
        "a.mp4",
        "badname.mp4",
        "?.mp4",
    ]


def test_files_that_a_clip_needs_are_not_discarded(world, videos):
    file = stored(videos)
    prepared = prepare(file)
    clip, created = import_clip(
        project_id=world.project.pk,
        actor=world.lena,
        source_id=world.source.pk,
        prepared=prepared,
        labels=Labels(name=file.name),
    )
    assert created
    discard(file)
    assert stored_path(clip.original).exists()


def test_a_clip_is_not_made_of_files_that_are_gone(world, videos):
    file = stored(videos)
    prepared = prepare(file)
    discard(file)
    with pytest.raises(Exception, match="stored file is gone"):
        import_clip(
            project_id=world.project.pk,
            actor=world.lena,
            source_id=world.source.pk,
            prepared=prepared,
            labels=Labels(name=file.name),
        )
    assert not Clip.objects.exists()
