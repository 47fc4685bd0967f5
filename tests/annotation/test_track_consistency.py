"""Tracking and screening keep their promises, and each check sees its own broken."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone

from annotation.models import (
    Clip,
    ClipStage,
    FaceBackends,
    FaceEmbedding,
    FaceTracks,
    Job,
    JobState,
    Screening,
)
from annotation.queries.promises import broken_of
from annotation.queries.track_consistency import PROMISES
from annotation.workflow.screening import begin_screening, keep_clip
from annotation.workflow.tracking import ask_for_tracks, choose_main_faces
from tests.factories import World
from tests.scripted_faces import VERSIONS, a_record, a_track, store_tracks

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    """A clip with two faces and a choice, one that a lead kept, one cropped, and one that waits."""
    settings.MEDIA_ROOT = tmp_path / "media"
    world = World()
    backends = FaceBackends.objects.create(key="script", versions=VERSIONS)
    chosen = world.open_clip(name="chosen")
    store_tracks(chosen, backends, a_record(a_track(1), a_track(2, is_main=False, left=700)))
    choose_main_faces(clip_id=chosen.pk, actor=world.lena, tracks=[2])
    kept = world.clip(name="kept", stage=ClipStage.SCREENING)
    store_tracks(kept, backends, a_record(a_track(), main_area=0.01))
    keep_clip(clip_id=kept.pk, actor=world.lena)
    begin_screening(world.clip(name="long", stage=ClipStage.IMPORTED, duration_s=31.5))
    world.open_clip(name="cropped", crop=[0, 12, 160, 96], width=160, height=96)
    ask_for_tracks(world.clip(name="waiting", stage=ClipStage.SCREENING), backends, None)
    return world


def tracks_of(name):
    return FaceTracks.objects.filter(clip__name=name)


def screening_of(name):
    return Screening.objects.filter(clip__name=name)


def choose_a_face_that_is_not_there():
    tracks_of("chosen").update(main_tracks=[3])


def choose_without_an_event():
    kept = tracks_of("kept").get()
    kept.chosen_by = tracks_of("chosen").get().chosen_by
    kept.save()


def embed_a_face_that_is_not_there():
    FaceEmbedding.objects.create(tracks=tracks_of("kept").get(), track=2, vector=[1.0])


def lose_a_screening():
    screening_of("chosen").delete()


def pass_what_was_flagged():
    screening_of("kept").update(outcome="passed")


def lose_a_value():
    screening_of("long").update(findings=[{"rule": "length", "outcome": "rejected"}])


def decide_otherwise():
    screening_of("kept").update(decision="rejected")


def lose_a_job():
    screening_of("waiting").update(job=None)


def end_a_job_without_tracks():
    job = screening_of("waiting").get().job
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, ended_at=timezone.now())


def show_another_size():
    Clip.objects.filter(name="cropped").update(height=120)


BREAKS = [
    choose_a_face_that_is_not_there,
    choose_without_an_event,
    embed_a_face_that_is_not_there,
    lose_a_screening,
    pass_what_was_flagged,
    lose_a_value,
    decide_otherwise,
    lose_a_job,
    end_a_job_without_tracks,
    show_another_size,
]


def test_every_check_sees_its_promise_broken(world):
    assert broken_of(PROMISES) == []
    for promise, break_it in zip(PROMISES, BREAKS, strict=True):
        with transaction.atomic():
            break_it()
            assert [broken.sentence for broken in broken_of(PROMISES)] == [promise.sentence]
            transaction.set_rollback(True)


def test_a_clip_with_faces_has_a_main_one(world):
    tracks_of("chosen").update(main_tracks=[])
    (broken,) = broken_of(PROMISES)
    assert broken.ids == [tracks_of("chosen").get().pk]
