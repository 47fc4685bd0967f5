"""A clip's faces are tracked once, by a job that a bad file ends and nothing doubles."""

from __future__ import annotations

import pytest
from django.utils import timezone

from annotation.errors import NotAllowed, TransitionRefused
from annotation.importing.preparing import stored_path
from annotation.jobs import Progress, run_job
from annotation.models import ClipStage, DraftKind, FaceEmbedding, FaceTracks, Job, JobState
from annotation.pipeline import tracking
from annotation.queries.tracks import NoTracks, record_of, tracks_of
from annotation.workflow.cropping import dismiss_crop
from annotation.workflow.rejecting import withdraw
from annotation.workflow.tracking import choose_main_faces, track_missing
from ml.records import FaceRecord
from ml.video.cropping import CropProposal, CropWatch
from ml.video.crops import Crop
from tests.factories import DraftFactory, HostedModelFactory
from tests.scripted_faces import a_record, a_track

pytestmark = pytest.mark.django_db


def run(clip):
    clip.screening.refresh_from_db()
    job = clip.screening.job
    run_job(job.pk, tracking.track_faces)
    job.refresh_from_db()
    clip.refresh_from_db()
    return job


def ask_again(world):
    return track_missing(project_id=world.project.pk, actor=world.lena)


def test_the_tracks_of_an_imported_clip_open_it(world, clip, analyser, backends):
    assert clip.stage == ClipStage.SCREENING
    job = run(clip)

    assert job.state == JobState.DONE, job.error
    assert job.result == {"tracks": 1, "main": [1]}
    assert clip.stage == ClipStage.ANNOTATING
    tracks = clip.face_tracks
    assert (tracks.backends, tracks.main_tracks, tracks.track_count) == (backends, [1], 1)
    assert FaceRecord.parse_gzip(stored_path(tracks.record).read_bytes()) == analyser.record
    assert [row.vector for row in tracks.embeddings.all()] == [[1.0, 0.0]]
    assert clip.events.filter(kind="clip.tracked").count() == 1


def test_the_frames_come_sixteen_a_second_from_a_child(clip, analyser):
    run(clip)
    # Of 25 a second: those nearest to every sixteenth.
    assert analyser.seen[:4] == [0, 2, 3, 5]


def test_a_job_that_ran_is_not_run_again(world, clip, analyser):
    job = run(clip)
    revision = clip.face_tracks.revision
    analyser.seen = []
    run_job(job.pk, tracking.track_faces)
    assert analyser.seen == []
    assert ask_again(world) == (0, 0)
    assert FaceTracks.objects.get(clip=clip).revision == revision


def test_equal_work_gives_the_same_file(clip, analyser):
    run(clip)
    first = clip.face_tracks.record
    assert tracking.store_record(clip, analyser.record) == first
    assert len(list(stored_path(first).parent.glob("tracks-*"))) == 1


def test_a_file_that_stops_the_decoder_ends_its_job_with_the_reason(world, clip, analyser):
    stored_path(clip.original).write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(200))
    job = run(clip)
    assert job.state == JobState.DEAD
    assert job.error.endswith(".")
    assert clip.stage == ClipStage.SCREENING
    with pytest.raises(NoTracks, match=job.error[:20]):
        tracks_of(clip.pk, world.vera)


def test_a_job_can_be_cancelled_between_two_frames(clip, analyser, settings, monkeypatch):
    job = clip.screening.job
    monkeypatch.setattr("annotation.jobs.running.REPORT_SECONDS", 0.0)
    report = Progress.report

    def cancel_first(progress, *rest):
        Job.objects.filter(pk=job.pk).update(cancel_requested_at=timezone.now())
        report(progress, *rest)

    monkeypatch.setattr(Progress, "report", cancel_first)
    assert run(clip).state == JobState.CANCELLED
    assert not FaceTracks.objects.filter(clip=clip).exists()


def test_other_backends_track_anew_and_the_old_record_goes_last(
    world, clip, analyser, django_capture_on_commit_callbacks
):
    run(clip)
    old = clip.face_tracks.record
    analyser.versions = {"detector": "script-2"}
    analyser.record = a_record(a_track(left=120))
    tracking.announce()
    assert stored_path(old).exists()
    assert ask_again(world) == (1, 0)
    with django_capture_on_commit_callbacks(execute=True):
        run(clip)
    tracks = FaceTracks.objects.get(clip=clip)
    assert tracks.backends.versions == {"detector": "script-2"}
    assert not stored_path(old).exists()
    assert ask_again(world) == (0, 0)


def test_a_worker_that_starts_asks_for_what_was_never_tracked(world, analyser):
    clip = world.clip()
    withdrawn = world.clip(stage=ClipStage.WITHDRAWN)
    assert tracking.announce() == 1
    assert tracking.announce() == 0
    assert clip.screening.job.state == JobState.QUEUED
    assert not Job.objects.filter(payload={"clip": withdrawn.pk}).exists()


def test_what_was_found_in_a_withdrawn_clip_is_not_kept(world, clip, analyser):
    withdraw(clip_id=clip.pk, actor=world.lena, reason="The consent has ended.")
    job = run(clip)
    assert job.state == JobState.DEAD
    assert "withdrawn" in job.error
    assert FaceEmbedding.objects.count() == 0


def test_another_main_face_is_recorded_derived_and_makes_drafts_stale(world, clip, analyser):
    analyser.record = a_record(a_track(1), a_track(2, is_main=False, left=700))
    run(clip)
    brought = DraftFactory.create(clip=clip)
    model = HostedModelFactory.create(project=world.project)
    made = DraftFactory.create(clip=clip, kind=DraftKind.OPENAI, version=model)

    chosen = choose_main_faces(clip_id=clip.pk, actor=world.dana, tracks=[2])
    record = record_of(chosen)
    assert [track["is_main"] for track in record["tracks"]] == [False, True]
    assert record["selection"]["rule"] == "chosen"
    made.refresh_from_db()
    brought.refresh_from_db()
    assert (made.stale_since is None, brought.stale_since is None) == (False, True)
    event = clip.events.get(kind="clip.main_faces_chosen")
    assert (event.actor, event.detail) == (world.dana, {"tracks": [2], "instead_of": [1]})

    job = Job.objects.get(kind__endswith="choose_main_faces")
    run_job(job.pk, tracking.derive_main_faces)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    stored = FaceRecord.parse_gzip(
        stored_path(FaceTracks.objects.get(clip=clip).record).read_bytes()
    )
    assert [track.is_main for track in stored.tracks] == [False, True]


def test_a_choice_is_found_again_in_the_tracks_of_other_backends(world, clip, analyser):
    left, right = a_track(1), a_track(2, is_main=False, left=700)
    analyser.record = a_record(left, right)
    run(clip)
    choose_main_faces(clip_id=clip.pk, actor=world.dana, tracks=[2])
    analyser.versions = {"detector": "script-2"}
    # The other way round, and a little beside.
    analyser.record = a_record(a_track(1, left=720), a_track(2, is_main=False, left=90))
    tracking.announce()
    ask_again(world)
    assert run(clip).state == JobState.DONE
    tracks = FaceTracks.objects.get(clip=clip)
    assert (tracks.main_tracks, tracks.chosen_by) == ([1], world.dana)


def test_a_choice_that_is_not_found_again_is_left_to_the_rule(world, clip, analyser):
    analyser.record = a_record(a_track(1), a_track(2, is_main=False, left=700))
    run(clip)
    choose_main_faces(clip_id=clip.pk, actor=world.dana, tracks=[2])
    analyser.versions = {"detector": "script-2"}
    analyser.record = a_record(a_track(1))
    tracking.announce()
    ask_again(world)
    run(clip)
    tracks = FaceTracks.objects.get(clip=clip)
    assert (tracks.main_tracks, tracks.chosen_by) == ([1], None)


def test_a_choice_made_while_the_tracks_are_stored_is_kept(world, clip, analyser, monkeypatch):
    analyser.record = a_record(a_track(1), a_track(2, is_main=False, left=700))
    run(clip)
    analyser.versions = {"detector": "script-2"}
    tracking.announce()
    ask_again(world)
    found_in = tracking.found_in

    def choose_after(*arguments, **named):
        monkeypatch.setattr(tracking, "found_in", found_in)
        found = found_in(*arguments, **named)
        choose_main_faces(clip_id=clip.pk, actor=world.dana, tracks=[2])
        return found

    monkeypatch.setattr(tracking, "found_in", choose_after)
    assert run(clip).state == JobState.DONE
    tracks = FaceTracks.objects.get(clip=clip)
    assert (tracks.main_tracks, tracks.chosen_by) == ([2], world.dana)
    assert tracks.backends.versions == {"detector": "script-2"}


def test_bars_are_proposed_as_a_crop(clip, analyser, monkeypatch):
    proposal = CropProposal(Crop(0, 10, 160, 76), "Black bars above.", 0.9)
    monkeypatch.setattr(CropWatch, "proposal", lambda watch: proposal)
    run(clip)
    assert clip.screening.crop_proposal == {
        "crop": [0, 10, 160, 76],
        "reason": "Black bars above.",
        "confidence": 0.9,
    }


def test_a_dismissed_crop_does_not_come_back_by_the_same_measurement(
    world, clip, analyser, monkeypatch
):
    proposals = [CropProposal(Crop(0, top, 160, 76), "Black bars above.", 0.9) for top in (10, 12)]
    measured = iter([proposals[0], *proposals])
    monkeypatch.setattr(CropWatch, "proposal", lambda watch: next(measured))
    run(clip)
    for _ in range(2):
        dismiss_crop(clip_id=clip.pk, actor=world.lena, crop=[0, 10, 160, 76])
    event = clip.events.get(kind="screening.crop_dismissed")
    assert (event.actor, event.detail) == (world.lena, {"crop": [0, 10, 160, 76]})
    for versions, expected in (("2", None), ("3", [0, 12, 160, 76])):
        analyser.versions = {"detector": f"script-{versions}"}
        tracking.announce()
        ask_again(world)
        run(clip)
        assert (clip.screening.crop_proposal or {}).get("crop") == expected
    with pytest.raises(TransitionRefused, match="not proposed"):
        dismiss_crop(clip_id=clip.pk, actor=world.lena, crop=[0, 14, 160, 76])
    with pytest.raises(NotAllowed):
        dismiss_crop(clip_id=clip.pk, actor=world.mila, crop=[0, 12, 160, 76])


def test_the_same_choice_twice_is_one(world, clip, analyser):
    run(clip)
    first = choose_main_faces(clip_id=clip.pk, actor=world.lena, tracks=[1])
    again = choose_main_faces(clip_id=clip.pk, actor=world.lena, tracks=[1, 1])
    assert first.revision == again.revision
    assert clip.events.filter(kind="clip.main_faces_chosen").count() == 1
