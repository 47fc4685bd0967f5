"""Files become clips, each once, and a bad one says why."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest

from annotation.errors import InvalidInput, NotAllowed, NotFound, TransitionRefused
from annotation.importing import preparing
from annotation.importing.preparing import (
    discard,
    prepare,
    store_file,
    store_files,
    stored_path,
)
from annotation.jobs import run_job
from annotation.media import StorageFull, UnusableMedia
from annotation.models import (
    Clip,
    ClipStage,
    DraftKind,
    Import,
    ImportItemStatus,
    JobState,
    Membership,
    WorkflowEvent,
)
from annotation.workflow import import_records
from annotation.workflow.import_batches import (
    count_items,
    retry_failed,
    run_import,
    start_folder_import,
    start_jsonl_import,
    start_upload_import,
)
from annotation.workflow.importing import Labels, import_clip
from tests.clips import Recipe, make_clip, steady
from tests.factories import World, a_document

pytestmark = pytest.mark.django_db

PLAIN = Recipe("plain.mp4", *steady(Fraction(25), 12))
OTHER = Recipe("other.mp4", *steady(Fraction(25), 8))
UNPLAYABLE = Recipe("old.avi", *steady(Fraction(25), 6), codec="mpeg4")


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("videos")
    return {
        recipe.name: make_clip(folder / recipe.name, recipe)
        for recipe in (PLAIN, OTHER, UNPLAYABLE)
    }


@pytest.fixture
def roots(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    root = tmp_path / "imports"
    root.mkdir()
    settings.IMPORT_ROOTS = (str(root),)
    return root


@pytest.fixture
def world(roots):
    return World()


def put(videos, name, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(videos[name].read_bytes())
    return target


def stored(videos, name="plain.mp4", as_name=None):
    with videos[name].open("rb") as file:
        return store_file(file, as_name or name)


def run(batch: Import) -> Import:
    assert batch.job is not None
    run_job(batch.job.pk, run_import)
    batch.refresh_from_db()
    assert batch.job is not None
    batch.job.refresh_from_db()
    return batch


def upload(world, *files, actor=None):
    return start_upload_import(
        project_id=world.project.pk,
        actor=actor or world.lena,
        source_id=world.source.pk,
        files=files,
    )


def from_folder(world, path=".", **changes):
    fields = {"project_id": world.project.pk, "actor": world.lena, "source_id": world.source.pk}
    return start_folder_import(**{**fields, **changes}, path=path)


def from_lines(world, *lines, dry_run=False, lenient=False):
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return start_jsonl_import(
        project_id=world.project.pk,
        actor=world.mila,
        source_id=world.source.pk,
        records=store_file(BytesIO(text.encode()), "records.jsonl"),
        dry_run=dry_run,
        lenient=lenient,
    )


def kept_files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


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
    def full(_path):
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

    def stop_at_second(file):
        prepared.append(file.name)
        if file.name == "b.mp4" and len(prepared) == 2:
            raise KeyboardInterrupt
        return prepare(file)

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


@pytest.mark.parametrize("path", ["..", "../media", "/etc", "link", "absent", "a\0b", "x" * 5000])
def test_a_path_out_of_the_import_folders_is_refused(world, roots, path):
    """S20: dots, absolute names and links that lead out."""
    (roots / "link").symlink_to("/etc")
    with pytest.raises(InvalidInput, match="no such path"):
        from_folder(world, path)


def test_a_linked_file_out_of_the_import_folders_fails(world, videos, roots, tmp_path):
    put(videos, "plain.mp4", tmp_path / "secret.mp4")
    (roots / "innocent.mp4").symlink_to(tmp_path / "secret.mp4")
    assert run(from_folder(world)).items.get().status == ImportItemStatus.FAILED
    assert not Clip.objects.exists()


def test_a_file_whose_name_no_database_holds_fails_alone(world, videos, roots):
    put(videos, "plain.mp4", roots / "good.mp4")
    put(videos, "other.mp4", roots / "z\udcff.mp4")
    deep = roots.joinpath(*["d" * 200] * 6)
    put(videos, "other.mp4", deep / "deep.mp4")
    batch = run(from_folder(world))
    assert [(item.name, item.code) for item in batch.items.order_by("position")] == [
        ("good.mp4", ""),
        ("z?.mp4", "unusable_path"),
        ("deep.mp4", "unusable_path"),
    ]
    assert Clip.objects.count() == 1


def test_a_pipe_is_not_waited_for(world, roots):
    os.mkfifo(roots / "pipe.mp4")
    assert run(from_folder(world)).items.get().code == "invalid_input"


def test_folders_are_walked_in_order_and_only_videos_taken(world, videos, roots):
    for name in ("b/one.mp4", "a/two.MP4", ".hidden/three.mp4", "notes.txt"):
        put(videos, "plain.mp4", roots / name)
    batch = from_folder(world)
    names = batch.items.order_by("position").values_list("name", flat=True)
    assert list(names) == ["two.MP4", "one.mp4"]


def test_an_empty_folder_is_refused_with_what_to_do(world):
    with pytest.raises(InvalidInput, match="holds no videos"):
        from_folder(world)


def test_file_names_become_labels_not_paths(world, videos):
    names = ["../../etc/passwd.mp4", "C:\\clips\\a.mp4", "bad\x00\nname\u202e.mp4", "\udcff.mp4"]
    assert [stored(videos, as_name=name).name for name in names] == [
        "passwd.mp4",
        "a.mp4",
        "badname.mp4",
        "?.mp4",
    ]


def test_records_bring_labels_and_drafts(world, videos, roots):
    put(videos, "plain.mp4", roots / "set/plain.mp4")
    record = {
        "video": "set/plain.mp4",
        "name": "First",
        "emotion": "surprise",
        "source_video": "film-7",
        "group": "person-3",
        "licence": "CC BY 4.0",
        "consent_until": "2031-05-01",
        "priority": 5,
        "drafts": [
            {"generator": "plain", "caption": "A man. At the beginning he smiles."},
            {"generator": "marked", "marked": "A man. At first he smiles[, as if glad]."},
            {"generator": "whole", "document": a_document()},
        ],
    }
    clip = run(from_lines(world, record)).items.get().clip

    assert (clip.name, clip.emotion, clip.source_video) == ("First", "surprise", "film-7")
    assert (clip.group, clip.licence, clip.priority) == ("person-3", "CC BY 4.0", 5)
    assert str(clip.consent_until) == "2031-05-01"
    drafts = {draft.generator: draft for draft in clip.drafts.all()}
    assert {draft.kind for draft in drafts.values()} == {DraftKind.IMPORTED}
    assert drafts["whole"].document["summary"]["text"] == "A woman is surprised."
    marked = drafts["marked"].document["facial_changes"][0]
    (span,) = marked["inferences"]
    assert marked["text"][span["start"] : span["end"]] == ", as if glad"
    assert drafts["plain"].document["facial_changes"][0]["phase"] == "beginning"


GOOD = {"video": "plain.mp4"}
BAD_RECORDS = [
    ("{", "", "json_invalid"),
    ("[]", "", "model_type"),
    ({}, "video", "missing"),
    ({**GOOD, "colour": 1}, "colour", "extra_forbidden"),
    ({**GOOD, "priority": "high"}, "priority", "int_type"),
    ({**GOOD, "priority": 10**12}, "priority", "less_than_equal"),
    ({**GOOD, "emotion": "x" * 65}, "emotion", "string_too_long"),
    ({**GOOD, "name": "a\x00b"}, "name", "value_error"),
    ({**GOOD, "consent_until": "soon"}, "consent_until", "date_parsing"),
    ({"video": "../outside.mp4"}, "video", "unknown_path"),
    ({"video": "absent.mp4"}, "video", "unknown_path"),
    ({**GOOD, "drafts": [{"generator": "x"}]}, "drafts[0]", "value_error"),
    ({**GOOD, "drafts": [{"generator": "x", "marked": "He [smiles."}]}, "drafts[0].text", None),
    ({**GOOD, "drafts": [{"generator": "x", "document": {"schema": 9}}]}, "drafts[0].schema", None),
    (
        {**GOOD, "drafts": [{"generator": "x", "caption": "A man."}] * 2},
        "drafts[1].generator",
        "repeated_generator",
    ),
]


@pytest.mark.parametrize(("record", "field", "code"), BAD_RECORDS)
def test_a_bad_record_is_named_by_line_and_nothing_is_imported(
    world, videos, roots, record, field, code
):
    put(videos, "plain.mp4", roots / "plain.mp4")
    batch = run(from_lines(world, GOOD, "", record))

    error = batch.errors[0]
    assert error["line"] == 3
    assert error["message"].endswith(".")
    assert error["field"].startswith(field.removesuffix(".text"))
    assert code is None or error["code"] == code
    assert not batch.items.exists()
    assert not Clip.objects.exists()


def test_a_record_of_a_broken_video_keeps_all_others_out(world, videos, roots):
    put(videos, "plain.mp4", roots / "plain.mp4")
    (roots / "bad.mp4").write_bytes(b"no video")
    batch = run(from_lines(world, GOOD, {"video": "bad.mp4"}))
    assert [(error["line"], error["code"]) for error in batch.errors] == [(2, "not_a_video")]
    assert not Clip.objects.exists()


def test_unknown_keys_pass_where_that_was_asked_for(world, videos, roots):
    put(videos, "plain.mp4", roots / "plain.mp4")
    batch = run(from_lines(world, {**GOOD, "colour": 1}, lenient=True))
    assert count_items(batch)["imported"] == 1


def test_a_dry_run_checks_everything_and_changes_nothing(world, videos, roots, settings):
    put(videos, "plain.mp4", roots / "plain.mp4")
    batch = run(from_lines(world, GOOD, dry_run=True))
    assert batch.errors == []
    assert not Clip.objects.exists()
    assert kept_files(settings) == []


def test_errors_past_the_limit_are_cut_off_and_it_says_so(world, monkeypatch):
    monkeypatch.setattr(import_records, "MOST_ERRORS", 3)
    batch = run(from_lines(world, *["{}"] * 9))
    assert [error["code"] for error in batch.errors] == ["missing"] * 3 + ["too_many_errors"]
    assert batch.errors[-1]["line"] == 3


def test_a_line_that_never_ends_is_not_read_into_memory(world):
    batch = run(from_lines(world, "{}", " " * 3_000_000 + "{}", "{}"))
    assert [(error["line"], error["code"]) for error in batch.errors] == [
        (1, "missing"),
        (2, "line_too_long"),
        (3, "missing"),
    ]


def test_a_deeply_nested_record_is_an_error_like_any_other(world):
    batch = run(from_lines(world, '{"video":' + "[" * 100_000))
    assert batch.errors[0]["code"] == "json_invalid"


def test_an_empty_file_of_records_says_what_it_needs(world):
    assert run(from_lines(world, "")).errors[0]["code"] == "line_count"


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
