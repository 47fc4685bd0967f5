"""A native export comes in elsewhere as what it was, and nothing else comes in by that way."""

from __future__ import annotations

import shutil
import stat
import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest

from annotation.errors import InvalidInput
from annotation.exporting.videos import original_video, shown_video
from annotation.importing import archives
from annotation.importing.preparing import prepare, store_file, stored_path
from annotation.jobs import run_job
from annotation.models import ApprovedCaption, Clip, Import, JobState, Source
from annotation.queries.consistency import broken_promises
from annotation.workflow.exporting import run_export, start_export
from annotation.workflow.import_batches import count_items, run_import, start_archive_import
from annotation.workflow.releasing import freeze
from tests.clips import Recipe, make_clip, steady
from tests.factories import World
from tests.steps import consolidated_clip

pytestmark = pytest.mark.django_db
PLAN = {"test_share": 0.5, "seed": 3}


@pytest.fixture
def world(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.IMPORT_ROOTS = [str(tmp_path / "beside")]
    return World(cross_validation_check_share=0.0)


@pytest.fixture
def version(world, tmp_path):
    """Of a clip as it came and one that was cropped."""
    for number, crop in enumerate((None, [0, 0, 64, 64])):
        recipe = Recipe("made.mp4", *steady(Fraction(25)), first_number=number)
        with make_clip(tmp_path / f"{number}.mp4", recipe).open("rb") as file:
            stored = store_file(file, "made.mp4")
        shown = prepare(stored, crop)
        consolidated_clip(
            world,
            name=f"../{number}.mp4",
            sha256=stored.sha256,
            original=stored.location,
            proxy=shown.proxy,
            crop=crop,
            width=64 if crop else 160,
            height=64 if crop else 96,
            source_video="film-7" if crop else "",
            person_group="p1",
            emotion="surprise",
        )
    return freeze(project_id=world.project.pk, actor=world.mila, **PLAN)


def export(version, actor, *, media: str) -> Path:
    made = start_export(version_uid=version.uid, actor=actor, format="native-jsonl", media=media)
    run_job(made.job.pk, run_export)
    made.refresh_from_db()
    return stored_path(made.location)


def bring(world: World, archive: Path, *, dry_run: bool = False) -> Import:
    with archive.open("rb") as file:
        stored = store_file(file, "export.zip")
    batch = start_archive_import(
        project_id=world.project.pk, actor=world.mila, archive=stored, dry_run=dry_run
    )
    run_job(batch.job.pk, run_import)
    batch.refresh_from_db()
    batch.job.refresh_from_db()
    return batch


def test_an_empty_project_makes_the_same_version_of_it(world, version):
    archive = export(version, world.mila, media="copies")
    elsewhere = World()
    Source.objects.filter(project=elsewhere.project).delete()

    batch = bring(elsewhere, archive, dry_run=True)
    assert (batch.errors, Clip.objects.filter(project=elsewhere.project).count()) == ([], 0)

    batch = bring(elsewhere, archive)
    assert count_items(batch)["imported"] == 2, list(batch.items.values_list("message"))
    clips = Clip.objects.filter(project=elsewhere.project)
    assert {clip.stage for clip in clips} == {"approved"}
    assert sorted(clip.crop or [] for clip in clips) == [[], [0, 0, 64, 64]]
    caption = ApprovedCaption.objects.filter(clip__in=clips).first()
    assert caption.consolidation is None
    assert caption.imported["verdicts"] == ["accepted"] * 3

    again = freeze(project_id=elsewhere.project.pk, actor=elsewhere.mila, **PLAN)
    assert again.sha256 == version.sha256
    assert broken_promises() == []
    # And on: what came in goes out again with where it came from.
    assert export(again, elsewhere.mila, media="paths").exists()
    # The same archive twice changes nothing.
    assert count_items(bring(elsewhere, archive))["duplicate"] == 2


def test_videos_may_lie_beside_and_another_one_is_named_by_its_line(world, version, tmp_path):
    archive = export(version, world.mila, media="paths")
    elsewhere = World()
    assert {error["line"] for error in bring(elsewhere, archive).errors} == {1, 2}

    for folder in ("videos", "originals"):
        (tmp_path / "beside" / folder).mkdir(parents=True)
    with ZipFile(archive) as opened:
        hashes = opened.read("videos.sha256").decode()
    names = [line.split("  ")[1] for line in hashes.splitlines()]
    for name in names:
        (tmp_path / "beside" / name).write_bytes(b"another")
    errors = bring(elsewhere, archive).errors
    assert {(error["line"], error["field"]) for error in errors} == {(1, "video"), (2, "video")}
    assert not Clip.objects.filter(project=elsewhere.project).exists()

    for clip in Clip.objects.filter(project=world.project):
        file = original_video(clip) if clip.crop else shown_video(clip)
        shutil.copy(file.path, tmp_path / "beside" / file.name)
    assert count_items(bring(elsewhere, archive))["imported"] == 2


def a_link(archive: ZipFile) -> None:
    info = ZipInfo("videos/x.mp4")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


HOSTILE: dict[str, Callable[[ZipFile], None]] = {
    "parent": lambda archive: archive.writestr("../x", "x"),
    "absolute": lambda archive: archive.writestr("/etc/x", "x"),
    "drive": lambda archive: archive.writestr("C:/x", "x"),
    "link": a_link,
    "empty": lambda archive: None,
}


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
def test_hostile_archives_are_refused(tmp_path, made):
    """S20."""
    path = tmp_path / "x.zip"
    with ZipFile(path, "w") as archive:
        made(archive)
    with pytest.raises(InvalidInput):
        list(archives.numbered_records(path))
    assert list(tmp_path.iterdir()) == [path]


def test_an_archive_of_a_million_names_is_refused_unread(tmp_path):
    """S20."""
    path = tmp_path / "x.zip"
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 10**6, 10**6, 0, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    path.write_bytes(large + locator + end)
    with pytest.raises(InvalidInput, match="more than"):
        list(archives.numbered_records(path))


def test_what_is_no_archive_ends_with_a_sentence(world, tmp_path):
    (tmp_path / "x.zip").write_bytes(b"no zip file")
    batch = bring(world, tmp_path / "x.zip")
    assert batch.job.state == JobState.DEAD
    assert "cannot be read as a zip file" in batch.job.error
