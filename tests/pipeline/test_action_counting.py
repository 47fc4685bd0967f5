"""Facial actions that a hosted model counts in the captions of a version."""

from __future__ import annotations

import json
from unittest.mock import Mock

import pytest
from django.db import IntegrityError, transaction

from annotation.cards.facts import card_facts
from annotation.errors import InvalidInput, TransitionRefused
from annotation.jobs import run_job
from annotation.models import (
    ActionCount,
    Clip,
    DataCard,
    Job,
    JobState,
    ModelCall,
    ProjectBudget,
    Source,
    WorkflowEvent,
)
from annotation.pipeline import action_counting
from annotation.pipeline.action_counting import count_actions
from annotation.pipeline.action_questions import read_counts
from annotation.workflow.action_counts import ask_for_action_count
from annotation.workflow.promoting import shipped_signals
from tests.api.calling import Caller
from tests.factories import ClipFactory, SourceFactory
from tests.hosted_model import refusing, saying
from tests.released import release

pytestmark = pytest.mark.django_db

TEXTS = ["Her brows rise. Then she smiles.", "He blinks, and blinks again.", "A man in a hat."]
ACTIONS = [["brows rise", "smiles"], ["blinks", "blinks again"], []]


def listing(*actions):
    """The answer to a question about as many captions."""
    return saying(
        {"captions": [{"index": n, "actions": found} for n, found in enumerate(actions, 1)]}
    )


@pytest.fixture
def version(world):
    return release(world, TEXTS)


def counted(world, version, model):
    """By one attempt of the job, however long it was to wait."""
    job = ask_for_action_count(version_uid=version.uid, actor=world.mila, model=model.uid)
    Job.objects.filter(pk=job.pk).update(run_after=job.created_at)
    run_job(job.pk, count_actions)
    job.refresh_from_db()
    return job


def sent_texts(request):
    asked = json.loads(request["messages"][1]["content"])
    return [caption["text"] for caption in asked["captions"]]


def test_the_captions_are_counted_together_and_once(world, hosted, server, version):
    server.then(listing(*ACTIONS))
    job = counted(world, version, hosted)
    assert job.state == JobState.DONE, job.error
    content = ActionCount.objects.get(version=version, model=hosted).content
    scopes = {(scope["by"], scope["name"]): scope["facial_actions"] for scope in content["scopes"]}
    assert set(scopes) == {
        ("all", ""),
        ("source_kind", "collected"),
        ("source", world.source.name),
    }
    assert (scopes["all", ""]["count"], scopes["all", ""]["mean"]) == (3, 1.333)
    assert (content["not_counted"], content["left_out"]) == (0, 0)
    assert [sent_texts(request) for request in server.requests] == [TEXTS]
    assert ModelCall.objects.get().price > 0
    assert WorkflowEvent.objects.filter(kind="actions.counted").count() == 1

    assert counted(world, version, hosted).pk == job.pk
    # A job that was kept for less long than the count finds it all the same.
    Job.objects.update(key="gone")
    again = counted(world, version, hosted)
    assert (again.state, again.pk == job.pk, len(server.requests)) == (JobState.DONE, False, 1)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ActionCount.objects.update(content={})


def test_the_card_tells_who_counted(world, hosted, server, version):
    DataCard.objects.create(version=version, content=card_facts(version, Mock()))
    mila, path = Caller(world.mila), f"dataset-versions/{version.uid}/card"
    asked = mila.post(f"{path}/action-counts", {"model": hosted.uid})
    assert asked.status_code == 202, asked.json()
    told = mila.get(path).json()
    assert (told["counting"]["uid"], told["questions"]) == (asked.json()["uid"], 1)

    server.then(listing(["brows rise"], ["blinks"], []))
    counted(world, version, hosted)
    told = mila.get(path).json()
    [count] = told["action_counts"]
    assert (count["model"], count["model_name"], told["counting"]) == (
        hosted.uid,
        hosted.name,
        None,
    )
    assert count["scopes"][0]["facial_actions"]["mean"] == 0.667
    # The lexicon's own number stays.
    assert told["content"]["scopes"][0]["facial_actions"]["mean"] == 1.333
    assert f"| Of | The lexicon | {hosted.name} |" in mila.get(f"{path}.md").content.decode()


def test_what_got_no_list_is_asked_for_alone_and_then_told(world, hosted, server, version):
    words_of_another = ["smiles"]
    server.then(
        listing(ACTIONS[0], words_of_another),
        listing(ACTIONS[1]),
        saying("I would rather not."),
    )
    counted(world, version, hosted)
    content = ActionCount.objects.get().content
    assert (content["scopes"][0]["facial_actions"]["count"], content["not_counted"]) == (2, 1)
    assert [sent_texts(request) for request in server.requests] == [TEXTS, TEXTS[1:2], TEXTS[2:]]


def test_answers_without_any_list_are_no_count_and_do_not_stay(world, hosted, server, version):
    server.then(saying("I would rather not."))
    job = counted(world, version, hosted)
    assert (job.state, ActionCount.objects.exists()) == (JobState.DEAD, False)
    assert "Ask another" in job.error
    server.then(listing(*ACTIONS))
    assert counted(world, version, hosted).state == JobState.DONE


def test_a_job_that_was_killed_pays_for_nothing_twice(world, hosted, server, version, monkeypatch):
    monkeypatch.setattr(action_counting, "CAPTIONS_A_QUESTION", 1)
    server.then(*map(listing, ACTIONS))
    with monkeypatch.context() as patch:
        patch.setattr(action_counting, "keep_action_count", Mock(side_effect=SystemExit))
        with pytest.raises(SystemExit):
            counted(world, version, hosted)
    paid = ProjectBudget.objects.get().spent
    assert counted(world, version, hosted).state == JobState.DONE
    assert (len(server.requests), ProjectBudget.objects.get().spent) == (3, paid)


def test_a_server_that_is_down_brings_the_job_back(world, hosted, server, version):
    server.then(refusing(503), listing(*ACTIONS))
    assert counted(world, version, hosted).state == JobState.QUEUED
    assert counted(world, version, hosted).state == JobState.DONE


def test_no_caption_leaves_whose_source_keeps_it_in(world, hosted, server):
    inside = SourceFactory.create(project=world.project, name="Ward films")
    clips = [world.clip(name="one"), ClipFactory.create(source=inside, name="two")]
    version = release(world, TEXTS[:2], clips)
    with pytest.raises(TransitionRefused, match="Captions of Ward films may not be sent"):
        ask_for_action_count(version_uid=version.uid, actor=world.mila, model=hosted.uid)

    # Allowed when it was asked for, and no longer when the worker came to it.
    Source.objects.filter(pk=inside.pk).update(external_processing_allowed=True)
    job = ask_for_action_count(version_uid=version.uid, actor=world.mila, model=hosted.uid)
    Source.objects.filter(pk=inside.pk).update(external_processing_allowed=False)
    run_job(job.pk, count_actions)
    job.refresh_from_db()
    assert (job.state, server.requests) == (JobState.DEAD, [])
    assert "Ward films" in job.error

    Clip.objects.filter(source=inside).update(stage="withdrawn")
    server.then(listing(ACTIONS[0]))
    assert counted(world, version, hosted).state == JobState.DONE
    assert ActionCount.objects.get().content["left_out"] == 1
    assert [sent_texts(request) for request in server.requests] == [TEXTS[:1]]


def test_only_hosted_models_count(world, version):
    with pytest.raises(InvalidInput, match="hosted"):
        ask_for_action_count(version_uid=version.uid, actor=world.mila, model=shipped_signals().uid)


@pytest.mark.parametrize(
    "captions",
    [
        None,
        [{"index": 2, "actions": []}],
        [{"index": 1, "actions": ["brows fall"]}],
        [{"index": 1, "actions": ["..."]}],
        [{"index": 1, "actions": "brows rise"}],
        [{"index": 1, "actions": []}, {"index": 1, "actions": ["brows rise"]}],
    ],
)
def test_what_is_no_list_of_the_captions_own_words_counts_nothing(captions):
    assert read_counts(json.dumps({"captions": captions}), TEXTS[:1]) == [None]


def test_copied_words_may_leave_some_out_and_differ_in_case():
    answer = '{"captions": [{"index": 1, "actions": ["Brows rise", "her smiles"]}]}'
    assert read_counts(f"```json\n{answer}\n```", TEXTS[:1]) == [2]
