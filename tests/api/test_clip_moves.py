"""What a lead does with a clip, and what the queue says about it."""

from __future__ import annotations

import pytest

from annotation.models import ClipStage, Role
from annotation.workflow.releasing import freeze
from tests.factories import World
from tests.steps import annotate, claim, consolidated_clip

from .calling import Caller

pytestmark = pytest.mark.django_db

WHY = {"reason": "static", "note": "Nothing moves."}


def test_rejecting_and_restoring_answer_with_the_clip():
    world = World()
    clip = world.open_clip()
    lena = Caller(world.lena)
    assert lena.post(f"clips/{clip.pk}/reject", WHY).json()["stage"] == ClipStage.REJECTED
    again = lena.post(f"clips/{clip.pk}/reject", WHY)
    assert (again.status_code, again.json()["code"]) == (409, "transition_refused")
    restored = lena.post(f"clips/{clip.pk}/restore", {"note": "It does."})
    assert restored.json()["stage"] == ClipStage.ANNOTATING


@pytest.mark.parametrize("reason", ["boring", "", None, 7])
def test_a_reason_is_one_of_the_list(reason):
    world = World()
    clip = world.open_clip()
    answer = Caller(world.lena).post(f"clips/{clip.pk}/reject", {"reason": reason})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "reason")


def test_a_withdrawal_names_what_used_the_clip():
    world = World(annotators_per_clip=3, cross_validation_check_share=0.0)
    clip = consolidated_clip(world)
    version = freeze(project_id=world.project.pk, actor=world.mila)
    lena = Caller(world.lena)
    expected = {
        "dataset_versions": [{"uid": version.uid, "number": 1}],
        "exports": [],
        "training_runs": [],
    }
    assert lena.get(f"clips/{clip.pk}/uses").json() == expected
    used = lena.post(f"clips/{clip.pk}/withdraw", {"reason": "The consent has ended."})
    assert used.json() == expected


def test_priority_and_slots_change_the_order_and_the_places():
    world = World()
    world.open_clip(name="first")
    urgent = world.open_clip(name="urgent")
    lena = Caller(world.lena)
    assert lena.patch(f"clips/{urgent.pk}", {"priority": 5}).json()["priority"] == 5
    assert lena.post(f"clips/{urgent.pk}/slots", {"count": 2}).json()["slots"]["total"] == 5
    assert Caller(world.ada).claim(world)["clip_name"] == "urgent"


def test_a_lead_sees_who_holds_a_place_and_frees_it():
    world = World()
    clip = world.open_clip()
    held = claim(world, world.ada)
    lena = Caller(world.lena)
    places = lena.get(f"clips/{clip.pk}/slots").json()["results"]
    assert [(place["slot"], place["status"], place["annotator_name"]) for place in places] == [
        (1, "held", "Ada"),
        (2, "open", None),
        (3, "open", None),
    ]
    for _ in range(2):
        freed = lena.post(f"clips/{clip.pk}/slots/{held.slot}/free")
        assert (freed.status_code, freed.json()["id"]) == (200, clip.pk)
    event = lena.get(f"clips/{clip.pk}/events").json()["results"][0]
    assert (event["kind"], event["actor_name"]) == ("assignment.released", "Lena")
    assert event["detail"] == {"slot": 1, "by_lead": True}
    assert Caller(world.ada).get(f"assignments/{held.pk}").json()["status"] == "lost"


def test_freeing_what_cannot_be_freed_says_why():
    world = World()
    clip = world.open_clip()
    submitted = annotate(world, world.ada)
    lena = Caller(world.lena)
    refused = lena.post(f"clips/{clip.pk}/slots/{submitted.slot}/free")
    assert (refused.status_code, refused.json()["code"]) == (409, "transition_refused")
    absent = lena.post(f"clips/{clip.pk}/slots/8/free")
    assert (absent.status_code, absent.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("action", "kind"), [("reject", "clip.voted_against"), ("skip", "annotation.skipped")]
)
def test_the_lead_reads_the_note_of_who_would_not_caption_a_clip(action, kind):
    world = World()
    clip = world.open_clip()
    held = claim(world, world.ada)
    assert Caller(world.ada).post(f"assignments/{held.pk}/{action}", WHY).status_code == 200
    events = Caller(world.lena).get(f"clips/{clip.pk}/events").json()["results"]
    told = next(event for event in events if event["kind"] == kind)
    assert (told["actor_name"], told["detail"]["note"]) == ("Ada", "Nothing moves.")
    assert told["detail"]["reason"] == "static"


def test_the_queue_of_each_role_adds_up():
    world = World(annotators_per_clip=1)
    for _ in range(4):
        world.open_clip()
    world.clip(stage=ClipStage.REJECTED, rejected_from=ClipStage.DRAFTING)
    world.clip()
    annotate(world, world.ada)
    claim(world, world.bela)
    both = world.member("Olga", Role.ANNOTATOR, Role.REVIEWER)
    queue = Caller(both).get(f"projects/{world.project.pk}/queue").json()
    assert set(queue) == {"annotator", "reviewer", "cross_validator", "today"}
    for name in ("annotator", "reviewer", "cross_validator"):
        reasons = queue[name]["reasons"]
        total = reasons.pop("clips_total")
        assert (total, sum(reasons.values())) == (6, 6)
        assert queue[name]["available"] == reasons["claimable"]
    assert queue["annotator"]["reasons"]["held_by_others"] == 1
    ada = Caller(world.ada).get(f"projects/{world.project.pk}/queue").json()
    assert set(ada) == {"annotator", "today"}
    assert ada["today"] == {"submitted": 1}


def test_progress_counts_stages_slots_and_days():
    world = World(cross_validation_check_share=0.0)
    consolidated_clip(world)
    world.open_clip()
    seen = Caller(world.vera).get(f"projects/{world.project.pk}/progress").json()
    assert (seen["stages"]["approved"], seen["stages"]["annotating"]) == (1, 1)
    assert seen["slots"] == {"open": 3, "held": 0, "submitted": 3, "returned": 0}
    assert [day["count"] for day in seen["approved_by_day"]] == [1]
    assert seen["stuck"] == []
