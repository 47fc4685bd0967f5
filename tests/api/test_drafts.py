"""Models, prompts, roles and money over HTTP."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from annotation.models import ModelCall
from annotation.workflow.promoting import shipped_signals
from tests.factories import DraftFactory, HostedModelFactory, PromptVersionFactory, World

pytestmark = pytest.mark.django_db
KEY = "sk-which-nobody-may-see"


class Endpoint:
    url, api_key = "https://models.example.org/v1", KEY


@pytest.fixture
def world(settings):
    settings.DRAFT_ENDPOINTS = {"cloud": Endpoint}
    return World()


@pytest.fixture
def mila(world):
    return as_person(world.mila)


def as_person(person):
    client = APIClient()
    client.force_login(person)
    return client


def at(world, path):
    return f"/api/v1/projects/{world.project.pk}/{path}"


def hosted(world, **fields):
    prompt = PromptVersionFactory.create(project=world.project)
    named = {"name": "large", "endpoint": "cloud", "model": "large-1", "prompt": prompt.uid}
    return {**named, "input_price": "2.5", "output_price": "10", **fields}


def test_a_model_is_registered_promoted_and_listed_with_its_role(world, mila):
    answer = mila.post(at(world, "models/hosted"), hosted(world))
    assert answer.status_code == 201, answer.json()
    version = answer.json()
    assert (version["input_price"], version["role"]) == ("2.500000", None)

    role = {"version": version["uid"], "role": "canary", "share": 0.1, "reason": "A trial."}
    assert mila.post(at(world, "draft-roles"), role).json()["given_by"] == "Mila"
    listed = {row["name"]: row for row in mila.get(at(world, "models")).json()["results"]}
    assert listed["large"]["role"] == {"role": "canary", "share": 0.1}
    assert listed[shipped_signals().name]["is_shipped"]


def test_endpoints_are_names_and_the_key_is_in_no_answer(world, mila):
    """S35, S83."""
    assert mila.get(at(world, "draft-endpoints")).json() == {"names": ["cloud"]}
    mila.post(at(world, "models/hosted"), hosted(world))
    for path in ("draft-endpoints", "models", "draft-roles", "prompts", "spending"):
        text = mila.get(at(world, path)).content.decode()
        assert KEY not in text
        assert "example.org/v1" not in text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"endpoint": "https://evil.example.org/v1"}, "endpoint"),
        ({"prompt": "0" * 16}, "prompt"),
        ({"temperature": 9}, "temperature"),
        ({"input_price": "-1"}, "input_price"),
        ({"project": 1}, "project"),
    ],
)
def test_what_cannot_be_registered_names_the_field(world, mila, fields, field):
    """S52: nothing beside the named fields is taken."""
    answer = mila.post(at(world, "models/hosted"), hosted(world, **fields))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


def test_a_prompt_is_written_and_its_versions_are_listed(world, mila):
    text = {"name": "Mine", "instructions": "Describe faces.", "request": "$duration_s seconds."}
    assert mila.post(at(world, "prompts"), text).json()["number"] == 1
    assert mila.post(at(world, "prompts"), text).json()["number"] == 2
    numbers = [row["number"] for row in mila.get(at(world, "prompts")).json()["results"]]
    assert numbers[:2] == [2, 1]
    wrong = mila.post(at(world, "prompts"), {**text, "request": "$name"})
    assert wrong.json()["errors"][0]["code"] == "unknown_placeholder"


def test_the_budget_is_a_leads_and_has_a_revision(world, mila):
    lena = as_person(world.lena)
    read = lena.get(at(world, "spending"))
    assert (read.json()["limit"], read["ETag"]) == ("0.000000", '"1"')
    patch = {"limit": "12.5"}
    changed = lena.patch(at(world, "spending"), patch, headers={"If-Match": '"1"'})
    assert (changed.json()["limit"], changed["ETag"]) == ("12.500000", '"2"')
    again = lena.patch(at(world, "spending"), patch, headers={"If-Match": '"1"'})
    assert again.status_code == 409
    assert mila.get(at(world, "spending")).json()["by_model"] == []
    assert mila.patch(at(world, "spending"), patch, headers={"If-Match": '"2"'}).status_code == 403


def test_an_estimate_comes_before_the_job(world, mila):
    chosen = {"version": shipped_signals().uid, "stage": "drafting", "source": world.source.pk}
    world.clip()
    estimate = mila.post(at(world, "redraft/estimate"), chosen).json()
    assert (estimate["clips"], estimate["to_draft"], estimate["cost"]) == (1, 0, "0.000000")
    refused = mila.post(at(world, "redraft"), chosen)
    assert (refused.status_code, refused.json()["code"]) == (409, "transition_refused")
    unknown = mila.post(at(world, "redraft/estimate"), {**chosen, "project__name": "x"})
    assert unknown.status_code == 400


def test_statistics_of_a_version_without_drafts(world, mila):
    answer = mila.get(at(world, f"models/{shipped_signals().uid}/statistics"))
    assert answer.json()["total"]["survival"] is None
    assert mila.get(at(world, "models/none/statistics")).status_code == 404


def test_a_clips_drafts_say_what_they_cost_and_money_is_told_by_day(world, mila):
    version = HostedModelFactory.create(project=world.project)
    draft = DraftFactory.create(
        clip=world.open_clip(), kind="openai", generator=version.name, version=version
    )
    for number in range(2):
        ModelCall.objects.create(
            project=world.project,
            version=version,
            draft=draft,
            request_hash=str(number) * 64,
            status="used",
            answer="{}",
            reserved=1,
            price="0.02",
            ended_at=draft.ended_at,
        )
    (row,) = mila.get(f"/api/v1/clips/{draft.clip_id}/drafts").json()["results"]
    assert (row["version"], row["price"], row["job"]) == (version.uid, "0.040000", None)
    (day,) = mila.get(at(world, "spending")).json()["by_day"]
    assert day["price"] == "0.040000"
