"""One loaded model drafts with many adapters, each as its files are now."""

import shutil
from unittest import mock

import pytest
import torch

from ml.facetrack_mm import loading
from ml.facetrack_mm.checkpoints import save_model
from ml.facetrack_mm.loading import load_base, load_drafter, stamp_of
from ml.facetrack_mm.tensors import CheckpointRefused
from tests.ml.facetrack_mm.models import row, tiny_model
from tests.ml.facetrack_mm.spelling import spelling
from tests.ml.facetrack_mm.test_adapters import trained


@pytest.fixture
def folders(tmp_path):
    (tmp_path / "tokenizer").mkdir()
    spelling().save(str(tmp_path / "tokenizer" / "tokenizer.json"))
    save_model(tiny_model(), tmp_path / "model", tmp_path / "tokenizer")
    for number in range(3):
        trained(tiny_model(), number).save("made", tmp_path / f"adapter-{number}")
    return tmp_path


@torch.no_grad()
def logits_of(drafter):
    return drafter.model.logits([row()])[0]


def test_each_adapter_gives_what_it_gives_loaded_alone(folders):
    base = load_base(folders / "model")
    for name in ("adapter-0", "adapter-1", None, "adapter-0"):
        adapter = folders / name if name else None
        alone = load_drafter(str(folders / "model"), adapter)
        torch.testing.assert_close(logits_of(base.using(adapter)), logits_of(alone))


def test_an_adapter_is_read_once_and_again_when_a_file_of_it_changed(folders, monkeypatch):
    base = load_base(folders / "model")
    adapter = folders / "adapter-0"
    first = logits_of(base.using(adapter))
    load = mock.Mock(wraps=base.adapters.load)
    monkeypatch.setattr(base.adapters, "load", load)
    base.using(adapter)
    assert load.call_count == 0
    shutil.copytree(folders / "adapter-1", adapter, dirs_exist_ok=True)
    changed = logits_of(base.using(adapter))
    assert load.call_count == 1
    assert not torch.allclose(changed, first)
    torch.testing.assert_close(changed, logits_of(base.using(folders / "adapter-1")))


def test_only_so_many_are_kept(folders, monkeypatch):
    monkeypatch.setattr(loading, "MOST_ADAPTERS", 2)
    base = load_base(folders / "model")
    for number in (0, 1, 0, 2):
        base.using(folders / f"adapter-{number}")
    assert base.adapters.names == [str(folders / f"adapter-{number}") for number in (0, 2)]


def test_after_a_refused_adapter_the_others_draft_on(folders):
    base = load_base(folders / "model")
    before = logits_of(base.using(folders / "adapter-0"))
    shutil.copytree(folders / "adapter-1", folders / "broken")
    (folders / "broken" / "adapter_model.safetensors").write_bytes(b"")
    with pytest.raises(CheckpointRefused):
        base.using(folders / "broken")
    torch.testing.assert_close(logits_of(base.using(folders / "adapter-0")), before)


def test_a_stamp_tells_a_file_that_was_replaced(tmp_path):
    (tmp_path / "weights").write_bytes(b"one")
    before = stamp_of(tmp_path)
    (tmp_path / "other").write_bytes(b"two")
    (tmp_path / "other").replace(tmp_path / "weights")
    assert stamp_of(tmp_path) != before
