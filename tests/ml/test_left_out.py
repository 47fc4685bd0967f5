"""A test with real networks is left out where they cannot be had, said aloud, and nowhere else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from ml import weights
from ml.packages import Unfetchable
from tests.weights import folder_with, say_what_was_left_out


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MODELS_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def registry(monkeypatch):
    """Cannot be reached until `problem` is gone."""
    state = SimpleNamespace(problem="The registry did not answer.")

    def fetch(_packages, _folder):
        if state.problem:
            raise Unfetchable(state.problem)
        return []

    monkeypatch.setattr(weights, "fetch", fetch)
    return state


def try_to_fetch(folder):
    with pytest.raises(Unfetchable):
        weights.fetch_models(folder)


def test_networks_that_are_there_are_used(folder):
    (folder / "network.onnx").touch()
    assert folder_with("network.onnx") == folder


def test_networks_that_nobody_fetched_fail_with_what_to_do(folder):
    with pytest.raises(pytest.fail.Exception, match="python -m ml fetch-models"):
        folder_with("network.onnx")


def test_networks_that_could_not_be_fetched_are_left_out_with_the_reason(folder, registry):
    try_to_fetch(folder)
    with pytest.raises(pytest.skip.Exception, match="registry did not answer"):
        folder_with("network.onnx")


def test_what_was_in_the_way_is_forgotten_once_it_is_gone(folder, registry):
    try_to_fetch(folder)
    registry.problem = ""
    weights.fetch_models(folder)
    assert weights.why_unfetchable(folder) is None
    with pytest.raises(pytest.fail.Exception):
        folder_with("network.onnx")


def summary(*reasons):
    lines = []
    skipped = [SimpleNamespace(longrepr=("file.py", 1, reason)) for reason in reasons]
    reporter = SimpleNamespace(
        stats={"skipped": skipped},
        section=lambda title, sep: lines.append(title),
        write_line=lines.append,
    )
    say_what_was_left_out(reporter)  # type: ignore[arg-type]  # plays its part
    return lines


def test_the_summary_says_how_many_were_left_out_and_why(folder, registry):
    try_to_fetch(folder)
    with pytest.raises(pytest.skip.Exception) as skipped:
        folder_with("network.onnx")
    _, said = summary(f"Skipped: {skipped.value.msg}", "the clips are beside some checkouts only")
    assert said.startswith("1 tests with real networks did not run. The networks could not be")
    assert summary("the clips are beside some checkouts only") == []
