"""Examples in a prompt come from the train split alone, and never show the clip's own people."""

from __future__ import annotations

import pytest

from annotation.models import Clip, DatasetEntry, DatasetVersion, Split
from annotation.queries.examples import examples_for
from annotation.workflow.releasing import freeze
from ml.drafting.answers import Answer
from tests.factories import PromptVersionFactory, World
from tests.steps import annotate, consolidate

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World(annotators_per_clip=1, cross_validation_check_share=0.0)


@pytest.fixture
def version(world) -> DatasetVersion:
    for number in range(6):
        world.open_clip(source_video=f"film {number}")
        annotate(world, world.ada)
        consolidate(world, world.dana, f"Her brows rise for the {number}th time.")
    return freeze(project_id=world.project.pk, actor=world.mila, test_share=0.3)


def prompt(world, count=8):
    return PromptVersionFactory.create(project=world.project, example_count=count)


def texts(examples):
    return {example["facial_changes"][0]["text"] for example in examples}


def test_nothing_of_other_splits_is_shown(world, version):
    train = DatasetEntry.objects.filter(version=version, split=Split.TRAIN)
    expected = {row.caption.document["facial_changes"][0]["text"] for row in train}
    assert 0 < len(expected) < 6
    assert texts(examples_for(world.clip(), prompt(world))) == expected


def test_clips_of_the_same_film_are_left_out(world, version):
    entry = DatasetEntry.objects.filter(version=version, split=Split.TRAIN).first()
    own = entry.caption.document["facial_changes"][0]["text"]
    sibling = world.clip(source_video=entry.clip.source_video)
    for clip in (sibling, Clip.objects.get(pk=entry.clip_id)):
        assert own not in texts(examples_for(clip, prompt(world)))


def test_as_many_as_the_prompt_says_and_the_same_for_all(world, version):
    asked = prompt(world, count=2)
    first, second = (examples_for(world.clip(), asked) for _ in range(2))
    assert len(first) == 2
    assert first == second
    assert examples_for(world.clip(), prompt(world, count=0)) == []


def test_they_have_the_form_that_models_answer_in(world, version):
    for example in examples_for(world.clip(), prompt(world)):
        Answer.model_validate(example)


def test_a_project_without_a_version_has_none(world):
    assert examples_for(world.clip(), prompt(world)) == []
