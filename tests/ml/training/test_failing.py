"""Runs of the tiny model that cannot be, or come to a bad end."""

import errno
import json

import pytest
import torch

from ml.training import learner
from ml.training.folder import FolderTaken, held
from ml.training.running import run
from ml.training.stopping import StopRequest
from tests.ml.training.runs import ended, same, weights_of, write_manifest


def failure(asked):
    told = ended(asked)
    assert told["status"] == "failed"
    assert json.loads((asked.out / "exit.json").read_text()) == told
    return told["code"], told["message"]


def test_a_loss_that_is_no_number_ends_the_run_at_its_last_good_step(short, asked, monkeypatch):
    forward = learner.Learner.forward
    calls = []

    def breaks(self, *given, **named):
        calls.append(1)
        told = forward(self, *given, **named)
        return {"loss": told["loss"] * float("nan")} if len(calls) == 4 else told

    monkeypatch.setattr(learner.Learner, "forward", breaks)
    code, message = failure(asked())
    assert code == "nan_loss"
    assert "step 4" in message
    assert "last good checkpoint is step-3" in message
    last = weights_of(short.root / "out" / "checkpoints" / "step-3")
    assert all(torch.isfinite(tensor).all() for tensor in last.values())


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        (torch.OutOfMemoryError("CUDA out of memory."), "out_of_memory"),
        (RuntimeError("something else"), "unexpected"),
    ],
)
def test_what_a_library_raises_is_told_by_what_can_be_done(short, asked, monkeypatch, raised, code):
    def fail(*_):
        raise raised

    monkeypatch.setattr("ml.training.checkpoints.save_optimizer", fail)
    assert failure(asked())[0] == code
    assert not list((short.root / "out" / "checkpoints").glob("step-*"))


@pytest.mark.parametrize(
    "raised",
    [
        torch.distributed.DistBackendError("NCCL error: remote process exited"),
        RuntimeError("[third_party/gloo/gloo/transport/tcp/pair.cc:537] Connection reset by peer"),
    ],
)
def test_a_process_whose_fellow_died_has_no_word_of_the_end(short, asked, monkeypatch, raised):
    def fail(*_):
        raise raised

    monkeypatch.setattr("ml.training.running.learn", fail)
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(RuntimeError):
        run(asked(), StopRequest())
    assert not (short.root / "out" / "exit.json").exists()


def test_missing_media_are_named_before_anything_is_computed(short, asked):
    for name, lost in (("video", "/nowhere.mp4"), ("faces", None)):
        gone = short.examples[1] | {"id": f"without-{name}", name: lost}
        write_manifest(short.root / "train.jsonl", [short.examples[0], gone])
        code, message = failure(asked(name))
        assert code == "missing_media"
        assert f"without-{name}" in message


def test_a_base_that_is_not_there_is_told(short, asked):
    short.recipe(base="of-nobody")
    assert failure(asked())[0] == "base_missing"


def test_an_adapter_goes_on_learning_on_its_own_base_only(short, asked):
    short.recipe(max_steps=1)
    ended(asked("first"))
    result = short.root / "first" / "result"
    short.recipe(train={"epochs": 0})
    assert ended(asked("second", base_adapter=result))["status"] == "done"
    assert same(weights_of(short.root / "second" / "result"), weights_of(result))
    short.recipe(lora={"rank": 4})
    assert failure(asked("narrow", base_adapter=result))[0] == "adapter_for_another_base"
    short.recipe()
    told = json.loads((result / "run.json").read_text())
    (result / "run.json").write_text(json.dumps(told | {"base": {"sha256": "another"}}))
    assert failure(asked("other", base_adapter=result))[0] == "adapter_for_another_base"


def test_an_answer_that_is_too_long_is_refused(short, asked):
    short.recipe(train={"max_length": 16})
    assert failure(asked())[0] == "bad_recipe"


def test_a_folder_is_for_one_run_and_one_process(short, asked):
    short.recipe(max_steps=1)
    with held(short.root / "out", goes_on=False), pytest.raises(FolderTaken) as taken:
        ended(asked())
    assert taken.value.code == "already_running"
    ended(asked())
    with pytest.raises(FolderTaken) as begun:
        ended(asked())
    assert begun.value.code == "already_begun"
    assert ended(asked(goes_on=True))["status"] == "done"
    short.recipe(max_steps=1, seed=3)
    assert failure(asked(goes_on=True))[0] == "bad_recipe"
    short.recipe(max_steps=1)
    short.manifest(0)
    assert failure(asked(goes_on=True))[0] == "bad_recipe"
