"""Workers with other networks: what was tracked before is shown, and made anew by itself."""

from __future__ import annotations

import pytest
from django.utils import timezone

from annotation.jobs import JobKind, run_job
from annotation.models import ClipStage, FaceBackends, Job, JobState, Screening
from annotation.pipeline import tracking
from annotation.queries.screening import count_tracks
from annotation.queries.tracks import is_outdated, tracks_of
from annotation.workflow import renewing
from annotation.workflow.renewing import renew_tracks
from annotation.workflow.tracking import track_missing
from tests.scripted_faces import a_record, a_track, store_tracks

pytestmark = pytest.mark.django_db

OTHERS = {"detector": "script-2"}


@pytest.fixture
def tracked(world, clip, analyser):
    run_job(clip.screening.job_id, tracking.track_faces)
    return clip


def announce(analyser, versions):
    analyser.versions = versions
    tracking.announce()


def waiting():
    return Job.objects.filter(kind=JobKind.TRACK_AGAIN, state=JobState.QUEUED)


def counted(world):
    return count_tracks(world.project.pk, world.lena)


def test_equal_backends_renew_nothing(world, tracked, analyser):
    announce(analyser, analyser.versions)
    assert renew_tracks() == 0
    assert counted(world) == {"missing": 0, "outdated": 0}


def test_old_tracks_are_shown_as_such_until_new_ones_are_there(world, tracked, analyser):
    announce(analyser, OTHERS)
    assert is_outdated(tracks_of(tracked.pk, world.vera))
    assert counted(world) == {"missing": 0, "outdated": 1}
    assert renew_tracks() == 1

    run_job(waiting().get().pk, tracking.track_faces)
    tracks = tracks_of(tracked.pk, world.vera)
    assert (tracks.backends.versions, is_outdated(tracks)) == (OTHERS, False)
    assert counted(world) == {"missing": 0, "outdated": 0}
    assert renew_tracks() == 0


def test_a_clip_is_asked_for_once_whatever_becomes_of_it(world, tracked, analyser):
    announce(analyser, OTHERS)
    assert (renew_tracks(), renew_tracks()) == (1, 0)
    waiting().update(state=JobState.DEAD, error="Broken.", ended_at=timezone.now())
    assert renew_tracks() == 0
    assert counted(world) == {"missing": 0, "outdated": 1}
    # A person may still ask, and so may the next networks.
    assert track_missing(project_id=world.project.pk, actor=world.lena) == (1, 0)
    Job.objects.filter(state=JobState.QUEUED).update(
        state=JobState.CANCELLED, ended_at=timezone.now()
    )
    announce(analyser, {"detector": "script-3"})
    assert renew_tracks() == 1


def test_the_first_networks_again_are_other_networks(world, tracked, analyser):
    first = analyser.versions
    announce(analyser, OTHERS)
    renew_tracks()
    run_job(waiting().get().pk, tracking.track_faces)
    announce(analyser, first)
    assert renew_tracks() == 1


def test_a_clip_that_is_being_tracked_is_left_alone(world, tracked, analyser):
    track_anew = FaceBackends.objects.create(key="asked", versions={})
    announce(analyser, OTHERS)
    Screening.objects.filter(clip=tracked).update(backends=track_anew)
    Job.objects.update(state=JobState.QUEUED, ended_at=None)
    assert renew_tracks() == 0


def test_only_so_many_wait_at_once(world, backends, monkeypatch):
    monkeypatch.setattr(renewing, "MOST_WAITING", 2)
    clips = [world.open_clip() for _ in range(3)]
    for clip in clips:
        store_tracks(clip, backends, a_record(a_track()))
    FaceBackends.objects.create(key="others", versions=OTHERS)
    assert (renew_tracks(), renew_tracks()) == (2, 0)
    waiting().filter(payload={"clip": clips[0].pk}).update(
        state=JobState.DONE, ended_at=timezone.now()
    )
    assert renew_tracks() == 1


def test_clips_out_of_use_are_not_renewed(world, backends):
    for stage in (ClipStage.REJECTED, ClipStage.WITHDRAWN):
        clip = world.open_clip()
        store_tracks(clip, backends, a_record(a_track()))
        rejected_from = ClipStage.ANNOTATING if stage == ClipStage.REJECTED else ""
        type(clip).objects.filter(pk=clip.pk).update(stage=stage, rejected_from=rejected_from)
    FaceBackends.objects.create(key="others", versions=OTHERS)
    assert renew_tracks() == 0


def test_without_a_worker_that_sees_faces_nothing_is_renewed(world):
    assert renew_tracks() == 0
