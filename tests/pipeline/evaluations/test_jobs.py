"""Jobs that were stopped, killed, cancelled or put off, and judges that change."""

from __future__ import annotations

import pytest

from annotation.jobs import JobKind, run_job
from annotation.jobs.sweeping import put_back_abandoned
from annotation.models import (
    CallStatus,
    Evaluation,
    Job,
    ModelCall,
    PredictionSet,
    ReferenceEvents,
)
from annotation.pipeline import judges, predicting
from annotation.workflow.jobs import cancel_job, retry_job
from annotation.workflow.spending import Question, begin_call
from ml.metrics.offline_judge import OfflineJudge
from ml.metrics.word_overlap import word_points
from tests.hosted_model import refusing
from tests.ml.metrics.scripted_judge import Judging
from tests.pipeline.evaluations.asking import (
    CHANCE,
    PRICE,
    REFERENCES,
    REVERSED,
    ids,
    run_all,
    table,
    upload,
)
from tests.released import release

pytestmark = pytest.mark.django_db


def test_a_job_that_was_stopped_pays_for_nothing_twice(world, version, mila, hosted, server):
    server.then(*[Judging()] * 9, refusing(401))
    texts = dict(zip(ids(version), REVERSED, strict=True))
    evaluation = upload(mila, version, texts, judge=hosted.uid).json()["uid"]
    run_all()
    job = Evaluation.objects.get(uid=evaluation).job
    job.refresh_from_db()
    assert job.state == "dead"
    assert "key" in job.error

    server.then(Judging())
    retry_job(uid=job.uid, actor=world.mila)
    run_all()
    assert Evaluation.objects.get(uid=evaluation).done_at
    assert len(server.requests) == 10 + (20 - 9)
    # By another prediction the references' events are known.
    assert ReferenceEvents.objects.count() == 4
    asked = len(server.requests)
    upload(mila, version, dict(zip(ids(version), REFERENCES, strict=True)), judge=hosted.uid)
    run_all()
    # Of the same text only verdicts and relations are asked, and one verdict for both sides.
    assert len(server.requests) == asked + 4 * 2


def test_a_judge_that_changed_its_version_is_refused(version, mila, hosted, server):
    server.then(Judging())
    texts = dict(zip(ids(version), REVERSED, strict=True))
    upload(mila, version, texts, judge=hosted.uid)
    run_all()
    server.then(Judging("scripted-2"))
    texts = dict(zip(ids(version), REFERENCES, strict=True))
    second = upload(mila, version, texts, judge=hosted.uid).json()["uid"]
    run_all()
    later = mila.get(f"evaluations/{second}").json()
    assert later["status"] == "dead"
    assert "was scripted-1 and is scripted-2 now" in later["job"]["error"]


def test_texts_go_to_a_judge_outside_only_where_that_is_allowed(
    world, version, mila, hosted, server
):
    world.source.external_processing_allowed = False
    world.source.save()
    texts = dict(zip(ids(version), REVERSED, strict=True))
    answer = upload(mila, version, texts, judge=hosted.uid)
    assert answer.status_code == 409
    assert "4 clips" in answer.json()["detail"]
    assert not server.requests


def test_a_hosted_model_writes_each_text_once(world, seen_clip, mila, hosted, server):
    version = release(world, ["Her brows rise slightly."], [seen_clip])
    path = f"dataset-versions/{version.uid}/evaluations"
    assert mila.post(path, {"model": hosted.uid}).status_code == 202
    job = Job.objects.get(kind=JobKind.PREDICT)
    run_all()
    whole = PredictionSet.objects.get(model=hosted)
    # In the rendering of the version: only the changes, without what was inferred.
    assert whole.predictions.get().text == (
        "Her brows rise slightly.\nThen the corners of her mouth lift."
    )
    assert whole.predictions.get().price == ModelCall.objects.get(job=job).price > 0
    assert len(server.requests) == 1
    board = table(mila, version)
    assert board["rows"][0]["predicted_for"] == "0.020000"
    # A table of one clip has no other clip's text to be compared with.
    assert len(board["rows"]) == 1


def test_a_worker_that_was_killed_leaves_no_call_to_wait_for(version, mila, hosted, server):
    server.then(Judging())
    texts = dict(zip(ids(version), REVERSED, strict=True))
    uid = upload(mila, version, texts, judge=hosted.uid).json()["uid"]
    job = Evaluation.objects.get(uid=uid).job
    question = Question(version.project, hosted, None, "a" * 64, 1000, 100, pictures=0, job=job)
    call = begin_call(question)
    Job.objects.filter(pk=job.pk).update(
        state="running", attempts=1, lease_until=version.created_at
    )
    put_back_abandoned()
    run_all()
    call.refresh_from_db()
    assert (call.status, call.price) == (CallStatus.LOST, PRICE)
    assert mila.get(f"evaluations/{uid}").json()["status"] == "done"


def test_a_cancelled_evaluation_is_asked_for_again(world, version, mila):
    texts = dict(zip(ids(version), REVERSED, strict=True))
    first = upload(mila, version, texts).json()
    cancel_job(uid=first["job"]["uid"], actor=world.mila)
    assert mila.get(f"evaluations/{first['uid']}").json()["status"] == "cancelled"
    again = upload(mila, version, texts).json()
    assert (again["uid"], again["status"]) == (first["uid"], "scoring")
    assert again["job"]["uid"] != first["job"]["uid"]
    run_all()
    assert mila.get(f"evaluations/{first['uid']}").json()["status"] == "done"


def test_a_turn_ends_for_drafts_and_goes_on_with_the_next_clip(
    world, seen_clip, mila, hosted, server, monkeypatch
):
    alike = world.clip(stage="approved", original=seen_clip.original, frame_count=12)
    version = release(world, ["Her brows rise slightly.", "She nods."], [seen_clip, alike])
    monkeypatch.setattr(predicting, "TURN_S", 0.0)
    mila.post(f"dataset-versions/{version.uid}/evaluations", {"model": hosted.uid})
    job = Job.objects.get(kind=JobKind.PREDICT)
    run_job(job.pk, predicting.predict)
    job.refresh_from_db()
    assert (job.state, job.max_attempts) == ("queued", 10)
    assert len(server.requests) == PredictionSet.objects.get(model=hosted).predictions.count() == 1
    run_all()
    # The two show the same, so one answer served both.
    assert len(server.requests) == 1
    assert table(mila, version)["rows"][0]["clips"] == 2


@pytest.mark.django_db(transaction=True)
def test_a_judge_is_asked_many_questions_at_once(version, mila, hosted, server, monkeypatch):
    monkeypatch.setattr(judges, "AT_ONCE", 4)
    server.then(Judging())
    texts = dict(zip(ids(version), REVERSED, strict=True))
    uid = upload(mila, version, texts, judge=hosted.uid).json()["uid"]
    run_all()
    assert Evaluation.objects.get(uid=uid).scores["autodq"]["value"] == 1
    assert ModelCall.objects.filter(status=CallStatus.USED).count() == 20


def test_what_is_done_is_scored_anew_by_other_rules(version, mila, monkeypatch):
    texts = dict(zip(ids(version), REVERSED, strict=True))
    first = upload(mila, version, texts).json()
    run_all()
    other = OfflineJudge(word_points, "other words")
    monkeypatch.setattr(judges, "installed_judge", lambda: other)
    assert upload(mila, version, texts).json()["uid"] == first["uid"]
    late = upload(mila, version, texts, anew=True).json()
    assert (late["status"], late["edition"]) == ("scoring", 2)
    # Asked twice in a row it is the same.
    assert upload(mila, version, texts, anew=True).json()["uid"] == late["uid"]
    run_all()
    board = table(mila, version)
    assert "other words" in board["judge_name"]
    assert board["rows"][0]["evaluation"] == late["uid"]
    assert len(board["rows"]) == 1 + len(CHANCE)
    assert not board["warnings"]
