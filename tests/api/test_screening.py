"""The screening page: values, decisions, rules, quotas, groups and crops over HTTP."""

from __future__ import annotations

import pytest

from annotation.models import ClipStage, FaceBackends, JobState, Screening
from annotation.workflow.tracking import ask_for_tracks
from tests.factories import World
from tests.scripted_faces import a_record, a_track, store_tracks

from .calling import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return World()


@pytest.fixture
def backends():
    return FaceBackends.objects.create(key="script", versions={})


@pytest.fixture
def page(world):
    return f"projects/{world.project.pk}/screening"


def measured(world, backends, **screening):
    clip = world.clip(stage=ClipStage.SCREENING)
    tracks = [a_track()] if screening.get("has_face", True) else []
    store_tracks(clip, backends, a_record(*tracks, **screening))
    return clip


def ids(answer):
    return [row["id"] for row in answer.json()["results"]]


def test_the_page_shows_values_bounds_and_reasons(world, backends, page):
    small = measured(world, backends, main_area=0.03)
    waiting = world.clip(stage=ClipStage.SCREENING)
    job = ask_for_tracks(waiting, backends, None)
    job.state, job.error, job.ended_at = JobState.DEAD, "The video is damaged.", waiting.created_at
    job.save()
    rows = {row["id"]: row for row in Caller(world.lena).get(page).json()["results"]}
    assert rows[small.pk]["outcome"] == "flagged"
    (finding,) = [f for f in rows[small.pk]["findings"] if f["outcome"] == "flagged"]
    assert finding == {
        "rule": "main_area",
        "value": 0.03,
        "threshold": 0.05,
        "outcome": "flagged",
    }
    row = rows[waiting.pk]
    assert (row["outcome"], row["findings"]) == ("waiting", [])
    assert (row["job_state"], row["job_error"]) == ("dead", "The video is damaged.")


def test_what_can_be_shown(world, backends, page):
    flagged = measured(world, backends, main_area=0.01)
    faceless = measured(world, backends, has_face=False)
    passed = measured(world, backends)
    lena = Caller(world.lena)
    assert ids(lena.get(page)) == [flagged.pk, faceless.pk]
    assert ids(lena.get(f"{page}?show=waiting")) == [flagged.pk]
    assert ids(lena.get(f"{page}?show=flagged")) == [flagged.pk]
    assert ids(lena.get(f"{page}?show=rejected_by_rule")) == [faceless.pk]
    assert ids(lena.get(f"{page}?show=rejected")) == [faceless.pk]
    assert ids(lena.get(f"{page}?show=all")) == [flagged.pk, faceless.pk, passed.pk]
    assert lena.get(f"{page}?show=secret").status_code == 400


def test_a_rejection_that_is_taken_back_waits_for_another_word(world, backends, page):
    clip = measured(world, backends, main_area=0.01)
    lena = Caller(world.lena)
    lena.post(f"clips/{clip.pk}/screening/reject", {"reason": "static"})
    assert ids(lena.get(page)) == []
    assert ids(lena.get(f"{page}?show=rejected_by_rule")) == []
    lena.post(f"clips/{clip.pk}/restore", {})
    assert ids(lena.get(page)) == [clip.pk]
    assert ids(lena.get(f"{page}?show=flagged")) == [clip.pk]
    lena.post(f"clips/{clip.pk}/screening/keep", {})
    assert ids(lena.get(page)) == []


def test_a_decision_is_one_post_and_safe_to_repeat(world, backends, page):
    clip = measured(world, backends, has_face=False)
    lena = Caller(world.lena)
    for _ in range(2):
        answer = lena.post(f"clips/{clip.pk}/screening/keep", {"reason": "A painted face."})
        assert answer.status_code == 200
        row = answer.json()
        assert (row["stage"], row["decision"], row["decided_by"]) == ("annotating", "kept", "Lena")
    assert ids(lena.get(page)) == []
    other = measured(world, backends, main_area=0.01)
    for _ in range(2):
        answer = lena.post(f"clips/{other.pk}/screening/reject", {"reason": "static"})
        assert (answer.status_code, answer.json()["stage"]) == (200, "rejected")
    assert Screening.objects.get(clip=other).decided_by == world.lena


def test_a_page_of_a_hundred_takes_few_queries(world, page, django_assert_max_num_queries):
    for clip in [world.clip(stage=ClipStage.SCREENING) for _ in range(30)]:
        Screening.objects.create(clip=clip)
    lena = Caller(world.lena)
    lena.get(page)
    with django_assert_max_num_queries(6):
        assert len(ids(lena.get(f"{page}?page_size=100"))) == 30


def test_rules_are_read_and_changed_by_revision(world, page):
    lena = Caller(world.lena)
    answer = lena.get(f"{page}/rules")
    assert (answer["ETag"], answer.json()["max_seconds"]) == ('"0"', 20.0)
    assert answer.json()["keeps_embeddings"] is False
    usual = answer.json()["usual"]
    assert answer.json() == {**usual, "usual": usual}
    assert lena.patch(f"{page}/rules", {"max_seconds": 30}).status_code == 428
    changed = lena.patch(f"{page}/rules", {"max_seconds": 30}, revision=0)
    assert (changed["ETag"], changed.json()["max_seconds"]) == ('"1"', 30.0)
    assert changed.json()["usual"] == usual
    assert lena.patch(f"{page}/rules", {"max_seconds": 10}, revision=0).status_code == 409
    assert lena.patch(f"{page}/rules", {"colour": 1}, revision=1).status_code == 400
    assert lena.patch(f"{page}/rules", {"min_main_area": 2}, revision=1).status_code == 400


def test_a_plan_is_set_and_drawn(world):
    lena, path = Caller(world.lena), f"projects/{world.project.pk}/sampling-plan"
    clips = [world.clip(stage=ClipStage.SCREENING, emotion="happy") for _ in range(3)]
    for clip in clips:
        Screening.objects.create(clip=clip, outcome="passed")
    quota = {"source": world.source.pk, "emotion": "happy", "wanted": 2}
    answer = lena.send("put", path, {"quotas": [quota]})
    assert answer.json() == {"quotas": [{**quota, "taken": 0, "waiting": 3}]}
    drawn = lena.post(f"{path}/draw").json()
    assert (drawn["drawn"], drawn["quotas"][0]["taken"]) == (2, 2)
    assert lena.get(path).json()["quotas"] == drawn["quotas"]
    bad = lena.send("put", path, {"quotas": [{**quota, "source": world.source.pk + 1}]})
    assert (bad.status_code, bad.json()["errors"][0]["code"]) == (400, "no_such_source")


def test_comparing_clips_is_a_job(world, backends):
    measured(world, backends)
    mila, path = Caller(world.mila), f"projects/{world.project.pk}/groups"
    assert mila.get(path).json() == {"duplicate_groups": 0, "person_groups": 0, "embeddings": 1}
    answer = mila.post(path)
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    assert answer["Location"] == f"/api/v1/jobs/{answer.json()['uid']}"
    assert mila.post(path).json()["uid"] == answer.json()["uid"]


@pytest.mark.parametrize("crop", [[0, 0, 64], [0, 0, 63, 64], [-1, 0, 64, 64], "all", None])
def test_a_crop_that_cannot_be_is_refused(world, crop):
    clip = world.clip(stage=ClipStage.SCREENING)
    answer = Caller(world.lena).post(f"clips/{clip.pk}/crop", {"crop": crop})
    assert answer.status_code in (400, 409)


def test_a_crop_is_a_job(world):
    clip = world.clip(stage=ClipStage.SCREENING)
    answer = Caller(world.lena).post(f"clips/{clip.pk}/crop", {"crop": [0, 40, 640, 280]})
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")


def test_a_proposed_crop_is_dismissed(world):
    clip = world.clip(stage=ClipStage.SCREENING)
    proposal = {"crop": [0, 40, 640, 280], "reason": "Black bars above.", "confidence": 0.9}
    Screening.objects.create(clip=clip, crop_proposal=proposal)
    lena, path = Caller(world.lena), f"clips/{clip.pk}/screening/dismiss-crop"
    for _ in range(2):
        answer = lena.post(path, {"crop": proposal["crop"]})
        assert (answer.status_code, answer.json()["crop_proposal"]) == (200, None)
    assert lena.post(path, {"crop": [0, 0, 640, 280]}).status_code == 409
    assert lena.post(path, {"crop": None}).status_code == 400
