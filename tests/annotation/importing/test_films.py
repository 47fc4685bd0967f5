"""A film becomes the clips of its shots: once each, wherever the import was stopped."""

from __future__ import annotations

from fractions import Fraction

import av
import pytest
from av.video.frame import VideoFrame
from PIL import Image

from annotation import media
from annotation.errors import InvalidInput
from annotation.importing.preparing import stored_path
from annotation.jobs import Progress
from annotation.models import Clip, ImportItemStatus, ImportKind, JobState
from annotation.workflow import import_batches
from annotation.workflow.import_batches import retry_failed, start_folder_import
from annotation.workflow.import_films import films_of, list_shots

from .starting import kept_files, run

pytestmark = pytest.mark.django_db

RATE = 12
# Seconds of each shot and its colour.
SHOTS = [(3, "red"), (1, "green"), (2, "blue")]


@pytest.fixture
def film(roots):
    path = roots / "films" / "The Film.mp4"
    path.parent.mkdir()
    with av.open(str(path), "w") as output:
        video = output.add_stream("libx264", RATE)
        video.width, video.height, video.pix_fmt = 160, 96, "yuv420p"
        colours = [colour for seconds, colour in SHOTS for _ in range(seconds * RATE)]
        for index, colour in enumerate(colours):
            frame = VideoFrame.from_image(Image.new("RGB", (160, 96), colour))
            frame.pts, frame.time_base = index, Fraction(1, RATE)
            output.mux(video.encode(frame))
        output.mux(video.encode(None))
    return path


def start(world, path="films"):
    return start_folder_import(
        project_id=world.project.pk,
        actor=world.lena,
        source_id=world.source.pk,
        path=path,
        kind=ImportKind.FILM,
    )


def clips_of(world):
    return Clip.objects.filter(project=world.project).order_by("pk")


def test_the_shots_of_a_film_become_clips_that_belong_together(world, film):
    batch = run(start(world))
    assert batch.job.state == JobState.DONE, batch.job.error
    clips = clips_of(world)
    assert [clip.name for clip in clips] == [
        "The Film.mp4 0:00:00.000",
        "The Film.mp4 0:00:04.000",
    ]
    assert [clip.frame_count for clip in clips] == [36, 24]
    assert {clip.source_video for clip in clips} == {"The Film.mp4"}
    assert all(stored_path(clip.original).exists() for clip in clips)
    assert batch.job.result["imported"] == 2
    items = batch.items.order_by("position")
    assert [item.record["start_s"] for item in items] == [0.0, 4.0]
    assert film.exists()


def test_a_single_film_is_named_by_its_path(world, film):
    batch = start(world, "films/The Film.mp4")
    assert [item.location for item in batch.items.all()] == [str(film)]


def test_a_second_import_finds_the_same_clips(world, film, settings):
    run(start(world))
    before = kept_files(settings)
    again = run(start(world))
    assert again.job.result["duplicate"] == 2
    assert clips_of(world).count() == 2
    assert sorted(kept_files(settings)) == sorted(before)


def test_an_import_that_was_killed_goes_on_without_doubling(world, film, monkeypatch):
    batch = start(world)
    settle = import_batches._settle

    def die_after_the_first(item, clip, *, created):
        settle(item, clip, created=created)
        monkeypatch.setattr(import_batches, "_import_item", die)

    def die(*arguments):
        raise SystemExit

    import_item = import_batches._import_item
    monkeypatch.setattr(import_batches, "_settle", die_after_the_first)
    with pytest.raises(SystemExit):
        run(batch)
    assert clips_of(world).count() == 1
    monkeypatch.setattr(import_batches, "_import_item", import_item)
    looked = []
    monkeypatch.setattr(media, "find_excerpts", lambda *rest, **named: looked.append(rest))
    type(batch.job).objects.update(run_after=batch.created_at)
    run(batch)
    assert looked == []
    assert clips_of(world).count() == 2
    assert batch.items.filter(status=ImportItemStatus.IMPORTED).count() == 2


def test_two_workers_list_the_shots_once(world, film, monkeypatch):
    batch = start(world)
    (item,) = films_of(batch)
    found = [{"start": 0, "stop": 36, "start_s": 0.0, "stop_s": 3.0}]

    def find_while_another_lists(path, most_s):
        monkeypatch.setattr(media, "find_excerpts", lambda path, most_s: found)
        list_shots(batch, item, Progress(batch.job))
        return found

    monkeypatch.setattr(media, "find_excerpts", find_while_another_lists)
    list_shots(batch, item, Progress(batch.job))
    assert [item.record for item in batch.items.all()] == [{"source_video": film.name, **found[0]}]


def test_a_film_that_cannot_be_read_has_its_reason_and_stops_no_other(world, film):
    (film.parent / "Broken.mp4").write_bytes(b"no film at all")
    batch = run(start(world))
    assert clips_of(world).count() == 2
    broken = batch.items.get(status=ImportItemStatus.FAILED)
    assert (broken.name, broken.code) == ("Broken.mp4", "not_a_video")
    (film.parent / "Broken.mp4").write_bytes(film.read_bytes())
    retry_failed(import_uid=batch.uid, actor=world.lena)
    batch = run(type(batch).objects.get(pk=batch.pk))
    assert batch.job.result == {
        "errors": 0,
        "pending": 0,
        "imported": 2,
        "duplicate": 2,
        "failed": 0,
    }


def test_a_film_without_a_shot_says_so(world, film, monkeypatch):
    monkeypatch.setattr(media, "_run_ml", lambda *arguments: {"excerpts": []})
    batch = run(start(world))
    failed = batch.items.get()
    assert (failed.status, failed.code) == (ImportItemStatus.FAILED, "no_shots")


def test_a_path_outside_of_the_import_folders_is_refused(world, tmp_path):
    with pytest.raises(InvalidInput):
        start(world, str(tmp_path))
