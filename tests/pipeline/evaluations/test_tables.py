"""Evaluations from the request to the table, by the offline judge and by a scripted one."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from annotation.models import (
    AnnotationVerdict,
    Clip,
    Consolidation,
    CrossValidation,
    CrossValidationMode,
    Evaluation,
    Membership,
    ModelCall,
    PredictionSet,
)
from annotation.queries.evaluation_consistency import PROMISES
from annotation.queries.promises import broken_of
from annotation.workflow.consolidation import submitted_annotations
from annotation.workflow.promoting import shipped_signals
from annotation.workflow.rejecting import withdraw
from tests.api.calling import Caller
from tests.factories import a_document
from tests.ml.metrics.scripted_judge import Judging
from tests.pipeline.evaluations.asking import (
    CHANCE,
    PRICE,
    REFERENCES,
    REVERSED,
    as_file,
    ids,
    row,
    run_all,
    table,
    upload,
)
from tests.released import a_version, add_entry
from tests.steps import annotated_clip

pytestmark = pytest.mark.django_db


def test_a_scripted_judge_gives_the_exact_table(world, version, mila, hosted, server):
    server.then(Judging())
    answer = upload(mila, version, dict(zip(ids(version), REVERSED, strict=True)), judge=hosted.uid)
    assert answer.status_code == 202, answer.json()
    assert answer.json()["status"] == "scoring"
    run_all()

    board = table(mila, version, judge=hosted.uid, against=answer.json()["uid"])
    assert [each["name"] for each in board["rows"]] == ["another model", *CHANCE]
    ours = board["rows"][0]
    lcs = (1 / 3 + 1 / 2 + 1 / 4 + 1 / 2) / 4
    assert ours["scores"]["autodq"]["value"] == 1
    assert ours["scores"]["tem"]["parts"] == pytest.approx({"lcs": lcs, "f1": 1})
    assert ours["scores"]["tem"]["value"] == pytest.approx((lcs + 1) / 2)
    assert (ours["clips"], ours["scores"]["tem"]["clips"]) == (4, 4)
    assert board["judge_name"] == "made-up (judge-prompts-1)"
    # Chance is counted by words alone unless somebody pays for more.
    assert [set(each["scores"]) for each in board["rows"][1:]] == [{"cider", "rouge_l"}] * 3
    over = row(board, CHANCE[0])["differences"]["rouge_l"]
    assert (over["wins"], over["losses"], over["p"]) == (0, 4, 0.125)
    assert over["value"] == pytest.approx(
        row(board, CHANCE[0])["scores"]["rouge_l"]["value"] - ours["scores"]["rouge_l"]["value"]
    )
    assert board["published"][-1]["model"] == "FaceTrack-MM"
    # Four questions a pair, one a reference, at prices of the ledger.
    assert ModelCall.objects.count() == len(server.requests) == 4 * (1 + 4)
    assert Evaluation.objects.get(uid=ours["evaluation"]).price == 20 * PRICE


def test_clips_are_sorted_by_their_difference_and_drawn(version, mila, hosted, server):
    server.then(Judging())
    texts = dict(zip(ids(version), REVERSED, strict=True))
    ours = upload(mila, version, texts, judge=hosted.uid).json()["uid"]
    perfect = dict(zip(ids(version), REFERENCES, strict=True))
    theirs = upload(mila, version, perfect, judge=hosted.uid, name="perfect").json()["uid"]
    run_all()

    found = mila.get(f"evaluations/{ours}/clips?metric=tem&against={theirs}").json()["results"]
    assert [each["difference"] for each in found] == pytest.approx([-0.375, -1 / 3, -0.25, -0.25])
    clip = mila.get(f"evaluations/{ours}/clips/{found[0]['clip_id']}?against={theirs}").json()
    assert clip["reference"] == REFERENCES[2]
    assert [side["name"] for side in clip["sides"]] == ["another model", "perfect"]
    drawn = clip["sides"][0]["alignment"]
    assert (
        sorted(event["state"] for event in drawn["reference"]) == ["matched"] + ["out_of_order"] * 3
    )
    assert {pair["state"] for pair in clip["sides"][1]["alignment"]["pairs"]} == {"matched"}


def test_rules_are_evaluated_by_the_offline_judge(version, mila):
    model = shipped_signals()
    path = f"dataset-versions/{version.uid}/evaluations"
    first = mila.post(path, {"model": model.uid})
    assert first.status_code == 202, first.json()
    assert first.json()["status"] == "predicting"
    again = mila.post(path, {"model": model.uid}).json()
    assert again["uid"] == first.json()["uid"]
    run_all()

    done = mila.get(f"evaluations/{again['uid']}").json()
    # The clips were never tracked, so the rules have nothing to write from.
    assert (done["status"], done["failed"], done["clips"]) == ("done", 4, 4)
    assert done["scores"]["rouge_l"]["value"] == 0
    assert "4 clips have no text" in done["warnings"][0]
    assert {each["by"] for each in done["slices"]} == {
        "source",
        "source_kind",
        "emotion",
        "length",
        "phase",
        "faces",
    }
    board = table(mila, version)
    assert board["judge_name"].startswith("offline")
    assert row(board, CHANCE[2])["scores"]["autodq"]["value"] > 0
    tables = mila.get(f"projects/{version.project_id}/leaderboards").json()["results"]
    assert tables == [
        {
            "version": version.uid,
            "number": 1,
            "split": "test",
            "judge": None,
            "judge_name": "offline",
            "done": 4,
            "under_way": 0,
        }
    ]


def test_an_upload_is_looked_at_before_it_is_scored(version, mila):
    first, second, *_ = ids(version)
    texts = {first: "He blinks.", second: "", "z": "nobody's"}
    path = f"/api/v1/dataset-versions/{version.uid}/evaluations/check"
    found = mila.client.post(path, {"file": as_file(texts)}, format="multipart").json()
    assert found == {"clips": 2, "empty": 1, "missing": ["clip-2", "clip-3"], "extra": ["z"]}

    refused = upload(mila, version, texts)
    assert refused.status_code == 400
    assert [error["code"] for error in refused.json()["errors"]] == ["missing", "missing", "extra"]
    assert not PredictionSet.objects.exists()

    uid = upload(mila, version, texts, common_only=True).json()["uid"]
    again = upload(mila, version, texts, common_only=True, name="the same").json()
    assert again["uid"] == uid
    run_all()
    board = table(mila, version)
    ours = row(board, "another model")
    assert (ours["clips"], ours["is_same_set"]) == (2, False)
    assert any("on other clips" in warning for warning in board["warnings"])
    assert any("1 texts are empty" in warning for warning in board["warnings"])


def test_a_table_is_taken_along_and_no_name_runs_in_a_spreadsheet(version, mila):
    texts = dict(zip(ids(version), REVERSED, strict=True))
    upload(mila, version, texts, name="=1+1 & more")
    run_all()
    base = f"dataset-versions/{version.uid}/leaderboard"
    lines = mila.get(f"{base}/csv").content.decode().splitlines()
    assert lines[1].startswith("'=1+1 & more,uploaded,cider,")
    latex = mila.get(f"{base}/latex").content.decode()
    assert r"=1+1 \& more & " in latex
    assert "% judge: offline" in latex
    content = json.loads(mila.get(f"{base}/json").content)
    assert [each["name"] for each in content["rows"]] == ["=1+1 & more", *CHANCE]
    assert content["rows"][0]["scores"] == table(mila, version)["rows"][0]["scores"]
    assert mila.get(f"{base}/pdf").status_code == 404


def test_people_stand_beside_models_and_only_leads_are_told_their_names(world):
    """Ada and Bela annotated, and Eli consolidated blind beside Dana."""
    clip = annotated_clip(world)
    Clip.objects.filter(pk=clip.pk).update(stage="approved")
    version = a_version(world)
    entry = add_entry(world, version, clip, "Her brows rise.")
    CrossValidation.objects.create(
        clip=clip,
        consolidation=Consolidation.objects.get(approved_caption=entry.caption),
        mode=CrossValidationMode.BLIND,
        reviewer=world.eli,
        document=a_document(),
        blind_document=a_document("Her brows rise. She smiles."),
        status="finished",
        outcome="agreed",
        finished_at=timezone.now(),
    )
    mila, lena = Caller(world.mila), Caller(world.lena)
    upload(mila, version, {clip.uid: "She nods."})
    run_all()

    names = [each["name"] for each in table(mila, version)["rows"]]
    assert names == [
        "another model",
        "annotator 1",
        "annotator 2",
        "annotator 3",
        "second reviewers, blind",
    ]
    board = table(lena, version)
    assert [each["name"] for each in board["rows"]][1:4] == ["Ada", "Bela", "Chen"]
    ceiling = row(board, "second reviewers, blind")
    assert ceiling["scores"]["autodq"]["parts"] == {"recall": 1.0, "precision": 0.5}
    view = mila.get(f"evaluations/{ceiling['evaluation']}/clips/{clip.pk}").json()
    assert view["sides"][0]["against"] == "Her brows rise."


def test_a_withdrawn_clip_is_shown_and_scored_no_more(world, version, mila):
    texts = dict(zip(ids(version), REVERSED, strict=True))
    uid = upload(mila, version, texts).json()["uid"]
    run_all()
    gone = version.entries.order_by("pk").first().clip
    withdraw(clip_id=gone.pk, actor=world.lena, reason="Consent ended.")
    assert mila.get(f"evaluations/{uid}/clips/{gone.pk}").status_code == 404
    shown = mila.get(f"evaluations/{uid}/clips?metric=tem").json()["results"]
    assert gone.pk not in [each["clip_id"] for each in shown]
    later = upload(mila, version, dict(list(texts.items())[1:]), name="later")
    assert later.status_code == 202, later.json()


def test_a_table_is_of_the_members_of_its_project(world, version, mila):
    upload(mila, version, dict(zip(ids(version), REVERSED, strict=True)))
    stranger = Caller(world.finn)
    path = f"dataset-versions/{version.uid}/leaderboard"
    assert stranger.get(path).status_code == 404
    assert Caller(world.ada).get(path).status_code == 403


def test_judges_of_the_same_texts_are_compared_with_each_other_and_with_people(
    world, mila, hosted, server
):
    server.then(Judging())
    clip = annotated_clip(world)
    version = a_version(world)
    entry = add_entry(world, version, clip, REFERENCES[0])
    for position, text in enumerate(REFERENCES[1:]):
        other = world.clip(stage="approved", name=f"clip-{position}")
        add_entry(world, version, other, text)
    for annotation, verdict in zip(
        submitted_annotations(clip), ["accepted", "minor", "major"], strict=True
    ):
        AnnotationVerdict.objects.create(
            consolidation=Consolidation.objects.get(approved_caption=entry.caption),
            annotation=annotation,
            verdict=verdict,
        )
    path = f"dataset-versions/{version.uid}/judge-comparisons"
    assert mila.post(path, {}).status_code == 409
    for texts in (REVERSED, REFERENCES):
        for judge in ("", hosted.uid):
            by_clip = dict(zip(ids(version), texts, strict=True))
            upload(mila, version, by_clip, judge=judge, judges_others=True, name=texts[0])
    run_all()

    answer = mila.post(path, {})
    assert answer.status_code == 202, answer.json()
    assert answer.json()["result"] is None
    run_all()
    result = mila.get(answer["Location"].removeprefix("/api/v1/")).json()["result"]
    assert [name.split(" (")[0] for name in result["judges"]] == ["made-up", "offline"]
    [pair] = result["pairs"]
    tem = next(each for each in pair["metrics"] if each["metric"] == "tem")
    # Two uploads and three chance rows of four clips, and three annotators of one.
    assert tem["texts"]["count"] == 5 * 4 + 3
    assert tem["rows"]["count"] == 5 + 3
    assert tem["texts"]["spearman"] > 0.5
    assert pair["events"]["texts"] == 23
    assert 0.5 < pair["relations"]["equal"] <= 1
    assert [each["verdicts"]["count"] for each in result["people"]] == [3, 3]
    assert not broken_of(PROMISES)


def test_who_still_works_on_a_clip_is_shown_no_text_of_it(world, version, mila):
    uid = upload(mila, version, dict(zip(ids(version), REVERSED, strict=True))).json()["uid"]
    run_all()
    clip = version.entries.order_by("pk").first().clip
    Membership.objects.create(project=world.project, user=world.mila, role="annotator")
    assert mila.get(f"evaluations/{uid}/clips/{clip.pk}").status_code == 200
    Clip.objects.filter(pk=clip.pk).update(stage="consolidating")
    assert mila.get(f"evaluations/{uid}/clips/{clip.pk}").status_code == 403
