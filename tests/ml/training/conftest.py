from __future__ import annotations

import pytest
import torch

from ml.training.running import Asked
from tests.ml.training.runs import Place, add_clip


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    """As the processes of these tests have, whose numbers are compared with ours."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clips")
    return folder, [add_clip(folder, number) for number in range(4)]


@pytest.fixture
def place(shared, tmp_path):
    folder, examples = shared
    return Place(tmp_path, folder, examples)


@pytest.fixture
def asked(place):
    """What the command asks for in a folder of the test."""

    def ask(out="out", **options):
        validation = place.root / "validation.jsonl"
        return Asked(
            recipe=place.root / "recipe.json",
            train=place.root / "train.jsonl",
            validation=validation if validation.exists() else None,
            out=place.root / out,
            models=place.models,
            features=place.features,
            **options,
        )

    return ask


@pytest.fixture
def short(place):
    place.manifest(0, 1)
    place.recipe()
    return place
