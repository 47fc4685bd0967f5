"""Kept features take no more of a disk than they may."""

import os
import time
from errno import ENOSPC
from pathlib import Path

import pytest

from ml.training.examples import TrainingExample
from ml.training.failures import RunFailed
from ml.training.feature_space import GIB, make_room
from ml.training.features import FeatureFiles, Features

DAY = 24 * 3600


@pytest.fixture
def example(tmp_path):
    return TrainingExample("clip", "clip.mp4", None, "What changes?", "She smiles.", "0" * 64)


def test_what_was_not_used_for_longest_makes_room(tmp_path, example):
    files = FeatureFiles(tmp_path, "these parts")

    def keep(name, days):
        path = tmp_path / name[:2] / f"{name}.safetensors"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"0" * 100)
        os.utime(path, (0, time.time() - days * DAY))
        return path

    kept = [keep("aa1", 9), keep("aa2", 2), keep("bb3", 3), keep("bb4", 0.9)]
    files.write(example, Features(None, None))
    mine = files.path(example)
    os.utime(mine, (0, 0))
    assert files.has(example)

    most = sum(path.stat().st_size for path in [kept[1], kept[3], mine]) / GIB
    make_room(tmp_path, most)
    assert [path.exists() for path in [*kept, mine]] == [False, True, False, True, True]
    # Runs of the last day keep theirs, whatever the bound.
    make_room(tmp_path, 0.0)
    assert [path.exists() for path in [*kept, mine]] == [False, False, False, True, True]


def test_a_full_disk_is_named_where_features_are_kept(tmp_path, example, monkeypatch):
    def full(path, content):
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(RunFailed, match="where features are kept, is full") as failed:
        FeatureFiles(tmp_path, "these parts").write(example, Features(None, None))
    assert failed.value.code == "disk_full"
