"""A lead's crop changes what is shown and nothing of what was imported."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PIL import Image

from annotation import media
from annotation.errors import InvalidInput, NotAllowed, TransitionRefused
from annotation.importing.preparing import prepare, store_file, stored_path
from annotation.jobs import run_job
from annotation.models import FaceBackends, Job, JobState
from annotation.workflow.cropping import run_crop, start_crop
from annotation.workflow.importing import Labels, import_clip
from tests.clips import Recipe, make_clip, steady
from tests.factories import World
from tests.steps import annotate

pytestmark = pytest.mark.django_db

CROP = [10, 8, 120, 80]


@pytest.fixture(scope="module")
def video(tmp_path_factory):
    recipe = Recipe("plain.mp4", *steady(Fraction(25), 6))
    return make_clip(tmp_path_factory.mktemp("videos") / recipe.name, recipe)


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return World(annotators_per_clip=1)


@pytest.fixture
def clip(world, video):
    with video.open("rb") as file:
        prepared = prepare(store_file(file, "plain.mp4"))
    found, _ = import_clip(
        project_id=world.project.pk,
        actor=world.lena,
        source_id=world.source.pk,
        prepared=prepared,
        labels=Labels(name="plain.mp4"),
    )
    return found


def ask(world, clip, crop, actor=None):
    return start_crop(clip_id=clip.pk, actor=actor or world.lena, crop=crop)


def crop_now(world, clip, crop):
    job = ask(world, clip, crop)
    run_job(job.pk, run_crop)
    job.refresh_from_db()
    clip.refresh_from_db()
    return job


def size_of(path):
    with Image.open(path) as picture:
        return picture.size


def test_a_crop_makes_other_pictures_of_the_same_frames(world, clip):
    before = clip.sha256, clip.original, clip.frame_count
    job = crop_now(world, clip, CROP)
    assert job.state == JobState.DONE, job.error
    assert (clip.crop, clip.width, clip.height) == (CROP, 120, 80)
    assert (clip.sha256, clip.original, clip.frame_count) == before
    original = stored_path(clip.original)
    facts = media.probe(stored_path(clip.proxy))
    assert (facts.width, facts.height) == (120, 80)
    assert facts.times() == media.probe(original).times()
    assert size_of(stored_path(clip.poster)) == (120, 80)
    assert size_of(media.extract_frame(original, 3, clip.crop)) == (120, 80)
    event = clip.events.get(kind="clip.cropped")
    assert (event.actor, event.detail) == (world.lena, {"crop": CROP, "instead_of": None})


def test_a_crop_can_be_taken_back_and_made_again(world, clip):
    whole = clip.width, clip.height, clip.proxy, clip.poster
    crop_now(world, clip, CROP)
    crop_now(world, clip, None)
    assert (clip.width, clip.height, clip.proxy, clip.poster) == whole
    assert clip.crop is None
    assert crop_now(world, clip, CROP).state == JobState.DONE
    assert clip.crop == CROP


def test_tracks_are_asked_for_anew(world, clip):
    FaceBackends.objects.create(key="script", versions={})
    crop_now(world, clip, CROP)
    assert Job.objects.get(kind__endswith="track_faces").payload == {"clip": clip.pk}


def test_asking_twice_is_one_job(world, clip):
    assert ask(world, clip, CROP) == ask(world, clip, CROP)


def test_a_crop_outside_of_the_picture_ends_with_a_sentence(world, clip):
    job = crop_now(world, clip, [100, 0, 120, 80])
    assert (job.state, clip.crop) == (JobState.DEAD, None)
    assert "not inside the picture" in job.error


def test_who_may_crop_what(world, clip):
    for person in (world.mila, world.ada, world.dana):
        with pytest.raises(NotAllowed):
            ask(world, clip, CROP, person)
    with pytest.raises(InvalidInput):
        ask(world, clip, [0, 0, 63, 80])
    with pytest.raises(TransitionRefused, match="already"):
        ask(world, clip, None)
    job = ask(world, clip, CROP)
    annotate(world, world.ada)
    with pytest.raises(TransitionRefused, match="described"):
        ask(world, clip, CROP)
    run_job(job.pk, run_crop)
    clip.refresh_from_db()
    assert clip.crop is None
