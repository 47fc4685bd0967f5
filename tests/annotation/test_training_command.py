"""Training runs from a terminal. Recipes are asked of the real command, in its process."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotation.models import RunState, TrainingRun
from tests.training import CPU, a_run, a_small_world, a_version, announce

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.RUNS_ROOT = tmp_path / "runs"
    announce("here", CPU)
    return a_small_world()


@pytest.fixture
def version(world):
    return a_version(world)


@pytest.fixture
def told(world, capsys):
    """What the command says to ML staff."""

    def run(*arguments, email=world.mila.email):
        call_command("training", "--project", world.project.pk, "--as", email, *arguments)
        return capsys.readouterr().out.splitlines()

    return run


def test_a_run_starts_with_its_file_and_then_its_fields(version, told, tmp_path):
    recipe = tmp_path / "recipe.json"
    recipe.write_text(json.dumps({"train": {"batch": 2, "micro_batch": 2}, "seed": 4}))
    asked = ["--recipe", str(recipe), "--set", "train.micro_batch=1", "--preset", "tiny"]
    assert told("start", "1", "--name", "first", *asked) == ["Run 1 waits for its turn."]
    run = TrainingRun.objects.get()
    assert (run.version, run.name) == (version, "first")
    assert (run.recipe["train"]["batch"], run.recipe["train"]["micro_batch"]) == (2, 1)
    assert run.recipe["seed"] == 4


def test_what_is_wrong_with_a_recipe_is_told_by_field(version, told):
    with pytest.raises(CommandError, match=r"recipe\.train\.batch: "):
        told("start", "1", "--name", "first", "--preset", "tiny", "--set", "train.batch=0")
    with pytest.raises(CommandError, match="preset has no fields"):
        told("start", "1", "--name", "first", "--set", "preset.size=0")
    assert not TrainingRun.objects.exists()


def test_a_run_is_listed_stopped_and_resumed_by_its_number(world, version, told):
    a_run(world, version, "second try")
    assert told("list") == ["1  second try  queued"]
    assert told("stop", "1") == ["stopped"]
    assert told("resume", "1") == ["queued"]
    with pytest.raises(CommandError, match="no run 7"):
        told("stop", "7")


def test_who_follows_is_told_how_a_run_ended(world, version, told):
    run = a_run(world, version)
    run.state, run.ended_at, run.result_sha256 = RunState.DONE, timezone.now(), "0" * 64
    run.step, run.steps, run.losses = 4, 4, [2.0, 0.5]
    run.save()
    assert told("follow", "1") == ["done, step 4 of 4, loss 0.5000"]
    run.state, run.code, run.reason = RunState.FAILED, "disk_full", "The disk is full."
    run.save()
    with pytest.raises(CommandError, match="The disk is full"):
        told("follow", "1")


def test_annotators_are_refused(world, version, told):
    with pytest.raises(CommandError, match="needs the role"):
        told("list", email=world.ada.email)
    with pytest.raises(CommandError, match="no such account"):
        told("list", email="nobody@example.org")
