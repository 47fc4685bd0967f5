"""S44: what people at work on the same clip learn of each other: nothing."""

from __future__ import annotations

import json

import pytest

from annotation.models import RejectionVote
from annotation.workflow.rejecting import vote_to_reject
from tests.api.calling import Caller
from tests.factories import DraftFactory, World, a_document
from tests.steps import annotate, annotated_clip, claim, consolidated_clip, write

pytestmark = pytest.mark.django_db

SECRETS = ["Bela's words", "Chen's words", "Bela", "Chen", "a telling note"]


def everything(caller, *paths):
    """All that a person can read, as text."""
    return "\n".join(json.dumps(caller.get(path).json()) for path in paths)


def readable(world, clip):
    project = f"projects/{world.project.pk}"
    return [
        "users/me",
        project,
        f"{project}/queue",
        f"{project}/progress",
        f"{project}/clips",
        f"{project}/clips?search=words",
        f"{project}/members",
        f"{project}/jobs",
        f"{project}/imports",
        f"{project}/dataset-versions",
        f"{project}/agreement",
        f"clips/{clip.pk}",
        f"clips/{clip.pk}/events",
        f"clips/{clip.pk}/slots",
        f"clips/{clip.pk}/drafts",
        f"clips/{clip.pk}/uses",
        f"clips/{clip.pk}/approved-caption",
    ]


@pytest.fixture
def world():
    return World()


def test_s44_an_annotator_reads_nothing_of_the_others(world):
    clip = world.open_clip()
    bela, chen = claim(world, world.bela), claim(world, world.chen)
    write(bela, world.bela, "Bela's words.")
    vote_to_reject(assignment_id=chen.pk, actor=world.chen, reason="static", note="a telling note")
    held = claim(world, world.ada)
    ada = Caller(world.ada)
    paths = [
        *readable(world, clip),
        f"assignments/{held.pk}",
        f"assignments/{held.pk}/versions",
        f"assignments/{bela.pk}",
        f"assignments/{bela.pk}/versions",
    ]
    text = everything(ada, *paths)
    for secret in [*SECRETS, "voted_against"]:
        assert secret not in text
    kinds = {event["kind"] for event in ada.get(f"clips/{clip.pk}/events").json()["results"]}
    assert kinds == {"clip.annotating", "assignment.claimed"}


def test_s44_a_refused_save_tells_nothing_of_the_next_holder(world):
    world.project.annotators_per_clip = 1
    world.project.save()
    world.open_clip()
    held = claim(world, world.ada)
    Caller(world.ada).post(f"assignments/{held.pk}/release")
    again = claim(world, world.bela)
    write(again, world.bela, "Bela's words.")
    answer = Caller(world.ada).patch(
        f"assignments/{held.pk}/working-text", {"document": a_document("Mine.")}, revision=0
    )
    assert answer.status_code == 423
    assert "Bela" not in json.dumps(answer.json())


def test_s44_the_vote_of_another_is_not_told_to_the_next_voter(world):
    world.open_clip()
    for person in (world.bela, world.ada):
        held = Caller(person).claim(world)
        answer = Caller(person).post(f"assignments/{held['id']}/reject", {"reason": "static"})
        assert set(answer.json()) == {"rejected", "next", "reasons"}
    assert RejectionVote.objects.count() == 2


def test_s44_reviewers_see_letters_in_an_order_of_their_own(world):
    clip = annotated_clip(world)
    DraftFactory(clip=clip, generator="a telling model")
    orders = set()
    for person in (world.dana, world.eli, world.gita):
        caller = Caller(person)
        work = f"consolidations/{caller.claim(world, 'reviewer')['id']}"
        seen = caller.get(work).json()
        text = json.dumps(seen) + everything(caller, *readable(world, clip))
        for name in ("Ada", "Bela", "Chen", "a telling model"):
            assert name not in text
        assert [found["label"] for found in seen["annotations"]] == ["A", "B", "C"]
        assert [draft["label"] for draft in seen["drafts"]] == ["X"]
        orders.add(tuple(found["uid"] for found in seen["annotations"]))
        assert caller.get(work).json()["annotations"] == seen["annotations"]
        caller.post(f"{work}/release")
    assert len(orders) > 1


def test_s44_the_blind_step_hides_the_first_result_and_the_drafts():
    world = World(cross_validation_blind_share=1.0)
    clip = consolidated_clip(world)
    DraftFactory(clip=clip, document=a_document("Words of a draft."))
    consolidation = clip.consolidations.get()
    consolidation.document = a_document("Words of the first result.")
    consolidation.save()
    eli = Caller(world.eli)
    work = f"cross-validations/{eli.claim(world, 'cross_validator')['id']}"
    text = everything(eli, work, f"consolidations/{consolidation.pk}", *readable(world, clip))
    assert "Words of" not in text
    assert "Dana" not in text
    before = eli.get(work).json()
    assert len(before["annotations"]) == 3
    assert before["agreement"] is None

    eli.patch(f"{work}/working-text", {"document": a_document("My own.")}, revision=0)
    eli.post(f"{work}/reveal", revision=1)
    seen = eli.get(work).json()
    first = seen["first_result"]["document"]["facial_changes"][0]["text"]
    assert first == "Words of the first result."
    assert seen["blind_document"]["facial_changes"][0]["text"] == "My own."


def test_s44_a_lead_who_also_annotates_is_blind_until_the_clip_is_done(world):
    clip = world.open_clip()
    DraftFactory(clip=clip)
    annotate(world, world.bela)
    both = Caller(world.member("Olga", "lead", "annotator"))
    assert both.get(f"clips/{clip.pk}/drafts").status_code == 403
    paths = [f"clips/{clip.pk}/events", f"clips/{clip.pk}/slots"]
    assert "Bela" not in everything(both, *paths)
    assert all("Bela" in everything(Caller(world.lena), path) for path in paths)


def test_s44_a_reopened_caption_is_hidden_from_its_next_reviewers():
    world = World(cross_validation_check_share=0.0)
    clip = consolidated_clip(world)
    eli, path = Caller(world.eli), f"clips/{clip.pk}/approved-caption"
    assert eli.get(path).status_code == 200
    Caller(world.lena).post(f"clips/{clip.pk}/reopen", {"reason": "It is wrong."})
    assert eli.get(path).status_code == 404


def test_s46_who_annotated_a_clip_cannot_review_it_after_a_change_of_roles(world):
    annotated_clip(world)
    roles = {"roles": ["annotator", "reviewer"]}
    path = f"projects/{world.project.pk}/members/{world.ada.pk}"
    assert Caller(world.lena).patch(path, roles).status_code == 200
    ada = Caller(world.ada)
    answer = ada.post(f"projects/{world.project.pk}/claims", {"role": "reviewer"}).json()
    assert answer["claim"] is None
    assert answer["reasons"]["excluded_by_role_rule"] == 1
