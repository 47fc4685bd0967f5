"""Training runs at the API. Recipes are asked of the real command, in its process."""

from __future__ import annotations

import json

import pytest

from annotation.models import TrainingRun
from annotation.run_folder import MOST_POINTS, RunFolder
from config.env import TrainSlurm
from tests.training import CPU, a_run, a_small_world, a_version, announce

from .calling import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.RUNS_ROOT = tmp_path / "runs"
    announce("here", CPU)
    return a_small_world()


@pytest.fixture
def mila(world):
    return Caller(world.mila)


def body(version, **changes):
    recipe = {"preset": "tiny", "train": {"batch": 2, "micro_batch": 1}}
    return {"name": "tried", "version": version.uid, "recipe": recipe, **changes}


def test_a_run_is_asked_for_once_with_its_whole_recipe(world, mila):
    path = f"projects/{world.project.pk}/training-runs"
    asked = body(a_version(world))
    first, second = (mila.post(path, asked, key="k") for _ in range(2))

    assert (first.status_code, second.json()) == (202, first.json())
    run = TrainingRun.objects.get()
    assert first["Location"] == f"/api/v1/training-runs/{run.uid}"
    assert (run.recipe["train"]["batch"], run.recipe["base"]) == (2, "tiny")
    assert run.recipe["lora"]["rank"] > 0
    shown = mila.get(f"training-runs/{run.uid}").json()
    assert (shown["state"], shown["preset"], shown["can_stop"]) == ("queued", "tiny", True)
    assert mila.get(path).json()["results"][0]["uid"] == run.uid


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"recipe": {"preset": "tiny", "train": {"batch": 0}}}, "recipe.train.batch"),
        ({"recipe": {"preset": "tiny", "speed": 9}}, "recipe.speed"),
        ({"recipe": {"preset": "tiny", "base": "/etc"}}, "recipe.base"),
        ({"recipe": {"preset": "paper"}}, "recipe.train.micro_batch"),  # 16 GiB are not enough
        ({"version": "nowhere"}, "version"),
        ({"device_kind": "cuda"}, "device_kind"),
        ({"device_count": 2}, "device_count"),
        ({"launcher": "slurm"}, "launcher"),
    ],
)
def test_what_cannot_run_is_refused_by_its_field(world, mila, changes, field):
    asked = body(a_version(world)) | changes
    answer = mila.post(f"projects/{world.project.pk}/training-runs", asked)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not TrainingRun.objects.exists()


def test_a_cluster_is_offered_where_the_settings_name_one(world, mila, settings):
    offered = mila.get("training-runs/recipes").json()["launchers"]
    assert offered == ["local", "torchrun"]
    settings.TRAIN_SLURM = TrainSlurm()
    assert "slurm" in mila.get("training-runs/recipes").json()["launchers"]
    # Of these no machine here has one, let alone one with that much memory.
    asked = {"launcher": "slurm", "device_kind": "cuda", "device_count": 2}
    asked |= {"recipe": {"preset": "paper"}}
    path = f"projects/{world.project.pk}/training-runs"
    answer = mila.post(path, body(a_version(world)) | asked)
    assert answer.status_code == 202, answer.json()


def test_a_version_without_train_clips_is_refused(world, mila):
    asked = body(a_version(world, train=0))
    answer = mila.post(f"projects/{world.project.pk}/training-runs", asked)
    assert answer.json()["errors"][0]["message"].startswith("The version has no train clips")


def test_a_recipe_is_checked_before_anything_starts(world, mila):
    version = a_version(world, train=5)
    recipe = {"preset": "mini", "train": {"batch": 2, "micro_batch": 2, "epochs": 1}}
    answer = mila.post(
        f"projects/{world.project.pk}/training-runs/check",
        {"recipe": recipe, "version": version.uid},
    ).json()
    assert answer["changed"]["train.epochs"][1] == 1
    assert answer["steps"] == 3
    assert answer["memory"]["total_gib"] > 1
    assert answer["problems"] == []


def test_the_folder_of_a_run_is_read_as_it_grows(world, mila):
    run = a_run(world, a_version(world))
    folder = RunFolder.of(run.uid)
    of_run = f"training-runs/{run.uid}"
    assert mila.get(f"{of_run}/metrics").json() == {"points": []}
    assert mila.get(f"{of_run}/log").json() == {"text": "", "offset": 0, "next_offset": 0}

    folder.out.mkdir(parents=True)
    folder.log.write_text("one\ntwo\n")
    assert mila.get(f"{of_run}/log").json()["text"] == "one\ntwo\n"
    rest = mila.get(f"{of_run}/log?offset=4").json()
    assert rest == {"text": "two\n", "offset": 4, "next_offset": 8}

    points = [{"step": step, "loss": 1.0} for step in range(2 * MOST_POINTS + 2)]
    points.insert(0, {"step": 0, "loss": float("nan")})
    points.insert(7, {"step": 7, "validation_loss": 2.0})
    lines = [json.dumps(point) for point in points]
    (folder.out / "metrics.jsonl").write_text("\n".join(lines) + '\n{"step": 9, "lo')
    read = mila.get(f"{of_run}/metrics").json()["points"]
    assert len(read) < MOST_POINTS + 2
    assert {"step": 7, "validation_loss": 2.0} in read
    assert read[0] == {"step": 0, "loss": None}
