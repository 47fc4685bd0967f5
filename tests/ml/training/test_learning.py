"""Runs of the tiny model in this process."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from transformers.trainer_utils import EvalLoopOutput

from ml.__main__ import main
from ml.facetrack_mm.adapters import Adapters
from ml.facetrack_mm.checkpoints import load_model
from ml.facetrack_mm.prompt import PromptWriter, load_tokenizer
from ml.training.bases import find_base
from ml.training.examples import TrainingExample
from ml.training.features import FrozenParts
from ml.training.order import Grouping, Order
from ml.training.rows import write_words
from ml.training.stopping import StopRequest
from tests.ml.facetrack_mm.models import row
from tests.ml.training.runs import ended, lines_of, same, weights_of


def test_two_clips_are_learned_by_heart(place, asked):
    place.manifest(0, 1)
    train = {"epochs": 50, "batch": 2, "micro_batch": 2}
    place.recipe(train=train, lora={"dropout": 0.0}, save={"every_steps": 50})
    assert ended(asked())["status"] == "done"
    curve = lines_of(place.root / "out" / "metrics.jsonl")
    assert curve[0]["loss"] > 4
    assert curve[-1]["loss"] < 0.1
    assert [line["step"] for line in curve] == list(range(1, 51))


def test_the_result_drafts_as_the_model_that_learned(short, asked):
    ended(asked())
    result = short.root / "out" / "result"
    base = find_base("tiny", short.models)
    loaded = load_model(base.folder)
    plain = logits_of(loaded)
    Adapters(loaded).load("made", result)
    assert not torch.allclose(logits_of(loaded.eval()), plain, atol=1e-2)
    merge = ["merge", str(base.folder), str(result), "--out", str(short.root / "merged")]
    assert main(merge) == 0
    merged = load_model(short.root / "merged")
    torch.testing.assert_close(logits_of(merged.eval()), logits_of(loaded), atol=1e-4, rtol=1e-4)
    told = json.loads((result / "run.json").read_text())
    assert told["base"] == {"name": "tiny", "sha256": base.sha256}
    assert told["dataset_version"] == "v1"
    assert same(weights_of(result), weights_of(short.root / "out" / "checkpoints" / "step-6"))
    assert list((short.root / "out" / "tensorboard").glob("events.*"))
    (result / "run.json").write_text(json.dumps(told | {"base": {"sha256": "of another"}}))
    assert main(merge) == 1


@torch.no_grad()
def logits_of(model):
    return model.logits([row()])[0]


def test_a_stop_before_the_first_step_leaves_no_result(short, asked):
    stop = StopRequest()
    stop.is_made = True
    assert ended(asked(), stop) | {"message": ""} == {"status": "stopped", "message": "", "step": 0}
    assert not (short.root / "out" / "result").exists()


def test_the_best_and_the_newest_checkpoints_are_kept(short, asked, monkeypatch):
    short.manifest(3, split="validation")
    short.recipe(save={"keep": 1})
    losses = iter([5.0, 3.0, 4.0, 4.0, 4.0, 4.0])
    monkeypatch.setattr(
        "ml.training.trainer.FaceTrackTrainer.evaluation_loop",
        lambda *_, **__: EvalLoopOutput(np.zeros(1), None, {"eval_loss": next(losses)}, 1),
    )
    assert ended(asked())["best_step"] == 2
    kept = sorted(path.name for path in (short.root / "out" / "checkpoints").iterdir())
    assert kept == ["step-2", "step-6"]
    best, result = short.root / "out" / "checkpoints" / "step-2", short.root / "out" / "result"
    assert same(weights_of(result), weights_of(best))
    # A run that ends before its time has its checkpoints for results.
    assert (result / "run.json").read_text() == (best / "run.json").read_text()
    assert json.loads((best / "run.json").read_text())["step"] == 2


def test_the_loss_of_a_validation_is_the_mean_of_its_clips(short, asked):
    """However they are batched: three clips are no whole number of pairs."""
    short.manifest(0, 1, 2, split="validation")
    losses = []
    for micro in (1, 2):
        train = {"batch": 2, "micro_batch": micro, "face_projector_learning_rate": 0.0}
        short.recipe(train=train | {"learning_rate": 0.0}, max_steps=1, lora={"dropout": 0.0})
        ended(asked(str(micro)))
        curve = lines_of(short.root / str(micro) / "metrics.jsonl")
        losses += [line["validation_loss"] for line in curve if "validation_loss" in line]
    assert losses[0] == pytest.approx(losses[1])


def test_nothing_is_trained_in_no_epochs(short, asked):
    short.recipe(train={"epochs": 0})
    assert ended(asked())["best_step"] == 0
    loaded = load_model(find_base("tiny", short.models).folder)
    plain = logits_of(loaded)
    Adapters(loaded).load("made", short.root / "out" / "result")
    torch.testing.assert_close(logits_of(loaded.eval()), plain)


def test_frozen_projectors_stay_and_what_they_make_is_kept(short, asked):
    short.manifest(0)
    short.recipe(train={"video_projector": "frozen", "face_projector": "frozen"}, max_steps=1)
    ended(asked())
    base = load_file(find_base("tiny", short.models).folder / "model.safetensors")
    projectors = load_file(short.root / "out" / "result" / "projectors.safetensors")
    assert all(torch.equal(tensor, base[name]) for name, tensor in projectors.items())


def test_frozen_parts_are_asked_once_for_each_clip(short, asked, monkeypatch, tmp_path):
    seen = []
    features = FrozenParts.features

    def looking(self, clip):
        seen.append(clip)
        return features(self, clip)

    monkeypatch.setattr(FrozenParts, "features", looking)
    short.manifest(0)
    short.recipe(max_steps=2)
    own = tmp_path / "features"
    ended(replace(asked("one"), features=own))
    assert len(seen) == 1
    cut_off = next(own.rglob("*.safetensors"))
    cut_off.write_bytes(cut_off.read_bytes()[:100])
    ended(replace(asked("two"), features=own))
    assert len(seen) == 2
    short.recipe(max_steps=2, train={"feature_cache": False})
    ended(replace(asked("three"), features=own))
    assert len(seen) == 4
    assert same(*(weights_of(short.root / out / "result") for out in ("two", "three")))


def test_labels_are_the_answer_and_its_end(short):
    folder = find_base("tiny", short.models).folder
    tokenizer = load_tokenizer(folder)
    writer = PromptWriter(tokenizer, load_model(folder).config)
    examples = [TrainingExample(**each) for each in short.examples[:2]]
    for example, words in zip(examples, write_words(writer, examples, 2048), strict=True):
        learned = [label for label in words.labels if label >= 0]
        assert writer.read(learned[:-1]) == example.answer
        assert learned[-1] == 2
        prompt = writer.ask(example.instruction)
        assert words.ids[: len(prompt)] == prompt
        assert len(prompt) + len(learned) == len(words.ids)


def test_the_order_is_that_of_the_seed_and_the_epoch():
    order, again = Order(20, 1), Order(20, 1)
    first = list(order)
    assert list(again) == first
    assert sorted(first) == list(range(20))
    order.epoch = 1
    assert list(order) != first


def test_clips_with_as_many_words_share_a_batch():
    lengths = [number % 5 for number in range(42)]
    drawn = list(Order(42, 1, Grouping(lengths, 4)))
    assert sorted(drawn) == list(range(42))
    batches = [drawn[start : start + 4] for start in range(0, 42, 4)]
    assert len(batches[-1]) == 2
    assert sum(len({lengths[place] for place in batch}) for batch in batches) <= 11 + 4
