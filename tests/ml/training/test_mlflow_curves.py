"""A server of MLflow is told what a run measures, and may be away. Its client is played here."""

from types import SimpleNamespace

import pytest

from ml.training.folder import RunFolder
from ml.training.mlflow_curves import RETRY_AFTER_S, MlflowCurves

ENTITIES = SimpleNamespace(
    Metric=lambda **told: (told["key"], told["value"], told["step"]),
    Param=lambda key, value: (key, value),
    RunTag=lambda key, value: (key, value),
)
FACTS = {
    "recipe": {"name": "Small", "train": {"epochs": 3}},
    "base": {"sha256": "b"},
    "dataset_version": "v1",
    "dataset_sha256": "d",
    "code": "c",
}


class Client:
    def __init__(self):
        self.is_away = False
        self.asked = 0
        self.metrics, self.params, self.names, self.states = [], {}, [], []

    def answer(self):
        self.asked += 1
        if self.is_away:
            raise ConnectionError("Nobody answers.")

    def get_experiment_by_name(self, name):
        self.answer()

    def create_experiment(self, name):
        return "1"

    def create_run(self, experiment, run_name):
        self.names.append(run_name)
        return SimpleNamespace(info=SimpleNamespace(run_id="r1"))

    def log_batch(self, run, metrics=(), params=(), tags=()):
        self.answer()
        self.metrics += metrics
        self.params |= dict(params)

    def update_run(self, run, status):
        self.states.append(status)

    def set_terminated(self, run, status):
        self.answer()
        self.states.append(status)


class Now:
    seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def now():
    return Now()


@pytest.fixture
def begin(tmp_path, monkeypatch, now):
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "there")
    monkeypatch.setenv("MLFLOW_EXPERIMENT_NAME", "ours")
    return lambda client: MlflowCurves(client, ENTITIES, RunFolder(tmp_path), FACTS, now)


def test_what_is_measured_arrives_under_the_name_and_recipe_of_the_run(begin):
    client = Client()
    curves = begin(client)
    curves.measured({"step": 1, "loss": 2.0, "at": "2026"})
    curves.ended("stopped")
    again = begin(client)
    again.measured({"step": 2, "validation_loss": 1.0})
    again.ended("done")
    assert client.metrics == [("loss", 2.0, 1), ("validation_loss", 1.0, 2)]
    assert client.params == {"name": "Small", "train.epochs": "3"}
    # One that goes on is the same run there.
    assert client.names == ["Small"]
    assert client.states == ["KILLED", "RUNNING", "FINISHED"]


def test_a_server_that_is_away_is_asked_seldom_and_told_all_when_it_is_back(begin, now, caplog):
    client = Client()
    client.is_away = True
    curves = begin(client)
    for step in (1, 2, 3):
        curves.measured({"step": step, "loss": 1.0})
    assert (client.asked, client.metrics) == (1, [])
    assert "MLflow at there: Nobody answers." in caplog.text
    client.is_away, now.seconds = False, RETRY_AFTER_S
    curves.measured({"step": 4, "loss": 1.0})
    assert [step for _, _, step in client.metrics] == [1, 2, 3, 4]
    client.is_away = True
    curves.ended("done")
    assert client.states == []
