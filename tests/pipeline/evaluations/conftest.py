from __future__ import annotations

import pytest

from annotation.pipeline import judges
from ml.metrics.offline_judge import OfflineJudge
from tests.api.calling import Caller
from tests.pipeline.evaluations.asking import REFERENCES
from tests.released import release


@pytest.fixture(autouse=True)
def judge_by_words(monkeypatch):
    monkeypatch.setattr(judges, "installed_judge", OfflineJudge.without_network)
    # Threads have connections of their own, which do not see what a test has not committed.
    monkeypatch.setattr(judges, "AT_ONCE", 1)


@pytest.fixture
def version(world):
    return release(world, REFERENCES)


@pytest.fixture
def mila(world):
    return Caller(world.mila)
