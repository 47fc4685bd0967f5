"""Tracks and signals go out to whoever may watch, with the reason where there are none."""

from __future__ import annotations

import pytest

from annotation.importing.preparing import stored_path
from annotation.models import (
    ClipStage,
    DraftKind,
    FaceBackends,
    Job,
    JobState,
    Screening,
)
from annotation.workflow.promoting import shipped_signals
from annotation.workflow.tracking import ask_for_tracks
from tests.factories import DraftFactory, World
from tests.scripted_faces import a_record, a_track, store_tracks
from tests.steps import claim

from .calling import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return World()


@pytest.fixture
def backends():
    return FaceBackends.objects.create(key="script", versions={"detector": "script-1"})


@pytest.fixture
def clip(world, backends):
    found = world.open_clip()
    store_tracks(found, backends, a_record(a_track(1), a_track(2, is_main=False, left=700)))
    found.refresh_from_db()
    return found


def test_the_tracks_without_the_signals(world, clip):
    answer = Caller(world.vera).get(f"clips/{clip.pk}/tracks")
    body = answer.json()
    assert [(track["number"], track["is_main"]) for track in body["tracks"]] == [
        (1, True),
        (2, False),
    ]
    assert (body["width"], body["frames"], body["cuts"]) == (160, [0, 2], [])
    assert not {"signals", "screening"} & set(body)


def test_the_signals_and_on_request_their_blendshapes(world, clip):
    vera = Caller(world.vera)
    (signals,) = vera.get(f"clips/{clip.pk}/signals").json()["signals"]
    assert signals["values"] == {"smile": [10, None]}
    (signals,) = vera.get(f"clips/{clip.pk}/signals?blendshapes=true").json()["signals"]
    assert set(signals["values"]) == {"smile", "mouthSmileLeft"}


def test_an_unchanged_record_is_not_sent_twice(world, clip):
    vera = Caller(world.vera)
    tag = vera.get(f"clips/{clip.pk}/tracks")["ETag"]
    path = f"/api/v1/clips/{clip.pk}/tracks"
    assert vera.client.get(path, headers={"If-None-Match": tag}).status_code == 304
    Caller(world.lena).post(f"clips/{clip.pk}/main-faces", {"tracks": [2]})
    assert vera.client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_tracks_take_few_queries(world, clip, django_assert_max_num_queries):
    vera = Caller(world.vera)
    vera.get(f"clips/{clip.pk}/tracks")
    with django_assert_max_num_queries(6):
        vera.get(f"clips/{clip.pk}/tracks")


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("none", "not followed on this installation"),
        ("asked", "being looked for"),
        ("dead", "The video stops the decoder."),
        ("never", "Nobody has asked"),
    ],
)
def test_a_clip_without_tracks_says_why(world, state, sentence):
    clip = world.open_clip()
    if state != "none":
        backends = FaceBackends.objects.create(key="script", versions={})
    if state in ("asked", "dead"):
        ask_for_tracks(clip, backends, world.lena)
    if state == "dead":
        Job.objects.update(
            state=JobState.DEAD, error="The video stops the decoder.", ended_at=clip.created_at
        )
    answer = Caller(world.vera).get(f"clips/{clip.pk}/tracks")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_tracks")
    assert sentence in answer.json()["detail"]


def test_a_record_that_is_gone_is_not_found(world, clip):
    stored_path(clip.face_tracks.record).unlink()
    answer = Caller(world.vera).get(f"clips/{clip.pk}/signals")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_tracks")


def test_s47_a_withdrawn_clip_shows_no_faces(world, clip):
    Caller(world.lena).post(f"clips/{clip.pk}/withdraw", {"reason": "Consent has ended."})
    for name in ("tracks", "signals"):
        assert Caller(world.lena).get(f"clips/{clip.pk}/{name}").status_code == 404


def test_who_holds_the_clip_chooses_its_main_face(world, clip):
    path, body = f"clips/{clip.pk}/main-faces", {"tracks": [2]}
    assert Caller(world.ada).post(path, body).status_code == 403
    claim(world, world.ada)
    answer = Caller(world.ada).post(path, body, key="once")
    assert (answer.status_code, answer.json()) == (200, {"tracks": [2], "revision": 2})
    assert Caller(world.ada).post(path, body, key="once").json() == answer.json()
    assert Caller(world.bela).post(path, body).status_code == 403
    assert Caller(world.dana).post(path, {"tracks": [1, 2]}).json()["tracks"] == [1, 2]
    assert Caller(world.vera).post(path, body).status_code == 403


def test_drafts_of_the_wrong_face_are_told_apart(world, clip):
    DraftFactory(clip=clip, kind=DraftKind.SIGNALS, version=shipped_signals())
    assignment = claim(world, world.ada)
    ada = Caller(world.ada)
    path = f"assignments/{assignment.pk}"
    assert [draft["is_stale"] for draft in ada.get(path).json()["drafts"]] == [False]
    ada.post(f"clips/{clip.pk}/main-faces", {"tracks": [2]})
    assert [draft["is_stale"] for draft in ada.get(path).json()["drafts"]] == [True]
    (draft,) = Caller(world.mila).get(f"clips/{clip.pk}/drafts").json()["results"]
    assert draft["stale_since"] is not None


@pytest.mark.parametrize("tracks", [[3], [0], [], ["x"], "1", None])
def test_a_track_that_is_not_there_cannot_be_chosen(world, clip, tracks):
    answer = Caller(world.lena).post(f"clips/{clip.pk}/main-faces", {"tracks": tracks})
    assert answer.status_code == 400


def test_missing_tracks_are_asked_for_once(world, clip, backends):
    other = world.open_clip()
    mila, path = Caller(world.mila), f"projects/{world.project.pk}/track"
    answer = mila.post(path)
    assert (answer.status_code, answer.json()) == (202, {"asked": 1, "left": 0})
    assert mila.post(path).json() == {"asked": 0, "left": 0}
    job = Screening.objects.get(clip=other).job
    assert (job.payload, job.started_by) == ({"clip": other.pk}, world.mila)


def test_without_a_worker_that_sees_faces_nothing_is_asked_for(world):
    answer = Caller(world.lena).post(f"projects/{world.project.pk}/track")
    assert (answer.status_code, answer.json()["code"]) == (409, "transition_refused")
    assert world.open_clip().stage == ClipStage.ANNOTATING


def test_tracks_of_former_networks_are_shown_and_said_to_be(world, clip):
    lena, path = Caller(world.lena), f"clips/{clip.pk}/tracks"
    before = lena.get(path)
    FaceBackends.objects.create(key="others", versions={"detector": "script-2"})
    after = lena.get(path)
    assert (before.json()["is_outdated"], after.json()["is_outdated"]) == (False, True)
    assert before["ETag"] != after["ETag"]
    counts = lena.get(f"projects/{world.project.pk}/track").json()
    assert counts == {"missing": 0, "outdated": 1}
