"""The loop over HTTP, as the pages go through it."""

from __future__ import annotations

import pytest

from annotation.models import ClipStage
from tests.factories import DraftFactory, World, a_document

from .calling import Caller

pytestmark = pytest.mark.django_db


def annotate(world, person, change):
    caller = Caller(person)
    held = caller.claim(world)
    work = f"assignments/{held['id']}"
    saved = caller.patch(f"{work}/working-text", {"document": a_document(change)}, revision=0)
    assert saved["ETag"] == '"1"'
    assert caller.post(f"{work}/submit", revision=1).json()["next"] is None


def consolidate(world, person):
    caller = Caller(person)
    work = f"consolidations/{caller.claim(world, 'reviewer')['id']}"
    seen = caller.get(work).json()
    source = seen["annotations"][0]
    document = a_document(source["document"]["facial_changes"][0]["text"])
    document["facial_changes"][0]["origin"] = {
        "kind": "annotation",
        "uid": source["uid"],
        "sentence": "s2",
    }
    pick = {
        "action": "take",
        "sentence": "s2",
        "sources": [{"kind": "annotation", "uid": source["uid"], "sentence": "s2"}],
    }
    saved = caller.patch(
        f"{work}/working-text", {"document": document, "picks": [pick]}, revision=0
    )
    assert saved.status_code == 200, saved.json()
    verdicts = {found["uid"]: "accepted" for found in seen["annotations"]}
    finished = caller.post(f"{work}/finish", {"verdicts": verdicts}, revision=1)
    assert finished.json()["stage"] == ClipStage.CROSS_VALIDATING
    return caller.get(work).json()


def test_three_annotate_one_consolidates_another_agrees():
    world = World()
    clip = world.open_clip()
    DraftFactory(clip=clip)
    for number, person in enumerate(world.annotators):
        annotate(world, person, f"Version {number}: her brows rise.")

    result = consolidate(world, world.dana)
    assert result["document"]["facial_changes"][0]["origin"]["distance"] == 0
    assert result["picks"][0]["action"] == "take"

    eli = Caller(world.eli)
    work = f"cross-validations/{eli.claim(world, 'cross_validator')['id']}"
    seen = eli.get(work).json()
    assert (seen["mode"], seen["annotations"], seen["drafts"]) == ("check", [], [])
    marks = [{"sentence": name, "mark": "ok"} for name in ("s1", "s2", "s3")]
    assert eli.send("put", f"{work}/marks", {"marks": marks}).status_code == 200
    agreed = eli.post(f"{work}/agree", revision=0)
    assert agreed.json()["stage"] == ClipStage.APPROVED

    caption = Caller(world.vera).get(f"clips/{clip.pk}/approved-caption").json()
    assert caption["document"] == result["document"]
    assert "her brows rise." in caption["renderings"]["full"]

    mila = Caller(world.mila)
    version = mila.post(f"projects/{world.project.pk}/dataset-versions", {"note": "first"}).json()
    entries = mila.get(f"dataset-versions/{version['uid']}/entries").json()["results"]
    assert [entry["clip_id"] for entry in entries] == [clip.pk]
    started = mila.post(f"dataset-versions/{version['uid']}/exports", {"format": "videollama2"})
    assert started["Location"] == f"/api/v1/jobs/{started.json()['job']['uid']}"
    assert started.json()["download_url"] is None


def test_a_dispute_goes_to_a_third_reviewer_whose_word_is_final():
    world = World(annotators_per_clip=1, cross_validation_blind_share=1.0)
    world.open_clip()
    annotate(world, world.ada, "Her brows rise.")
    consolidate(world, world.dana)

    eli = Caller(world.eli)
    work = f"cross-validations/{eli.claim(world, 'cross_validator')['id']}"
    eli.patch(f"{work}/working-text", {"document": a_document("They fall.")}, revision=0)
    revealed = eli.post(f"{work}/reveal", revision=1).json()
    assert revealed["step"] == 2
    disputed = eli.post(f"{work}/dispute", {"reason": "They fall."})
    assert disputed.json()["stage"] == ClipStage.CROSS_VALIDATING

    gita = Caller(world.gita)
    work = f"cross-validations/{gita.claim(world, 'cross_validator')['id']}"
    seen = gita.get(work).json()
    assert seen["second"]["reason"] == "They fall."
    assert seen["second"]["document"]["facial_changes"][0]["text"] == "They fall."
    assert gita.post(f"{work}/settle", revision=0).json()["stage"] == ClipStage.APPROVED


def test_a_returned_annotation_comes_back_with_its_reason():
    world = World(annotators_per_clip=1)
    world.open_clip()
    annotate(world, world.ada, "Her brows rise.")
    dana = Caller(world.dana)
    work = f"consolidations/{dana.claim(world, 'reviewer')['id']}"
    uid = dana.get(work).json()["annotations"][0]["uid"]
    body = {"annotation": uid, "reason": "Which brow?", "sentences": ["s2"]}
    assert dana.post(f"{work}/return", body).json() == {"status": "waiting"}

    ada = Caller(world.ada)
    own = f"assignments/{ada.claim(world)['id']}"
    returned = ada.get(own).json()["return"]
    assert (returned["reason"], returned["sentences"]) == ("Which brow?", ["s2"])
    document = a_document("Her left brow rises.")
    ada.patch(f"{own}/working-text", {"document": document}, revision=1)
    waiting = dana.get(work).json()["annotations"][0]
    assert waiting["document"]["facial_changes"][0]["text"] == "Her brows rise."

    ada.post(f"{own}/submit", {"answer": "The left one."}, revision=2)
    again = dana.get(work).json()["annotations"][0]
    assert again["return"]["answer"] == "The left one."
    assert again["document"]["facial_changes"][0]["text"] == "Her left brow rises."
