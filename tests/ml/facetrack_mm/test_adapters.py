import json
from dataclasses import replace

import pytest
import torch

from ml.facetrack_mm.adapters import Adapters, lora
from ml.facetrack_mm.checkpoints import build_empty
from ml.facetrack_mm.presets import PRESETS
from ml.facetrack_mm.tensors import CheckpointRefused
from tests.ml.facetrack_mm.models import TINY, row, tiny_model


def trained(model, seed):
    """Stands for a training: every open weight is another."""
    adapters = Adapters(model)
    adapters.add("made", lora(rank=4, alpha=8, dropout=0.0))
    made = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "lora_" in name or name.startswith(("mm_projector", "face_projector")):
                weight += 0.05 * torch.randn(weight.shape, generator=made)
    return adapters


@pytest.fixture
def folders(tmp_path):
    """Two adapters of one model, and the logits that each gives."""
    logits = {}
    for number in (1, 2):
        model = tiny_model()
        trained(model, number).save("made", tmp_path / str(number))
        logits[str(number)] = logits_of(model)
    return tmp_path, logits


@torch.no_grad()
def logits_of(model):
    return model.logits([row()])[0]


def test_adapters_are_exchanged_on_one_base(folders):
    folder, logits = folders
    model = tiny_model()
    plain = logits_of(model)
    adapters = Adapters(model)
    base = model.language_model.lm_head.weight.data_ptr()
    for name in ("1", "2"):
        adapters.load(name, folder / name)
        assert_close(logits_of(model), logits[name])
    for chosen in ("1", None, "2"):
        adapters.use(chosen)
        assert_close(logits_of(model), plain if chosen is None else logits[chosen])
    assert model.language_model.lm_head.weight.data_ptr() == base
    assert adapters.names == ["1", "2"]


def test_a_merged_adapter_gives_the_same_and_is_gone(folders):
    folder, logits = folders
    model = tiny_model()
    names = list(model.state_dict())
    adapters = Adapters(model)
    adapters.load("1", folder / "1")
    adapters.merge("1")
    assert_close(logits_of(model), logits["1"])
    assert list(model.state_dict()) == names
    assert adapters.names == []


def test_a_new_adapter_changes_nothing():
    model = tiny_model()
    plain = logits_of(model)
    Adapters(model).add("new", lora(rank=4, alpha=8))
    assert_close(logits_of(model.eval()), plain)


def test_what_is_added_to_a_model_that_only_writes_drops_no_words():
    model = tiny_model()
    adapters = Adapters(model)
    adapters.add("new", lora(dropout=0.5))
    assert not any(part.training for part in model.modules())
    model.train()
    adapters.add("newer", lora(dropout=0.5))
    assert model.language_model.training


def test_a_trained_projector_leaves_the_first_one_alone():
    model = tiny_model()
    plain = logits_of(model)
    adapters = trained(model, 1)
    adapters.use(None)
    assert torch.equal(logits_of(model), plain)


def test_an_adapter_of_another_model_is_refused(folders):
    folder, _ = folders
    narrow = replace(TINY, language=replace(TINY.language, intermediate_size=96))
    with pytest.raises(CheckpointRefused, match=r"adapter_model\.safetensors belongs to another"):
        Adapters(tiny_model(narrow)).load("1", folder / "1")
    with pytest.raises(CheckpointRefused, match=r"projectors\.safetensors belongs to another"):
        Adapters(tiny_model(replace(TINY, face=None))).load("1", folder / "1")


@pytest.mark.parametrize("used", ["1", None])
def test_a_refused_adapter_leaves_the_model_as_it_is(folders, used):
    folder, logits = folders
    model = tiny_model()
    expected = logits[used] if used else logits_of(model)
    adapters = Adapters(model)
    adapters.load("1", folder / "1")
    adapters.use(used)
    broken = folder / "2" / "adapter_config.json"
    config = json.loads(broken.read_text())
    broken.write_text(json.dumps(config | {"r": 8}))
    with pytest.raises(CheckpointRefused, match="belongs to another model"):
        adapters.load("2", folder / "2")
    assert adapters.names == ["1"]
    assert_close(logits_of(model), expected)
    with pytest.raises(ValueError, match="named 1 already"):
        adapters.load("1", folder / "1")


def test_what_is_no_adapter_is_refused(folders):
    folder, _ = folders
    adapters = Adapters(tiny_model())
    (folder / "1" / "adapter_config.json").write_text(json.dumps({"peft_type": "IA3"}))
    with pytest.raises(CheckpointRefused, match="no low-rank adapter"):
        adapters.load("1", folder / "1")
    (folder / "2" / "projectors.safetensors").unlink()
    with pytest.raises(CheckpointRefused, match=r"projectors\.safetensors cannot be read"):
        adapters.load("2", folder / "2")


def test_only_the_language_model_of_the_paper_gets_its_167_million():
    model = build_empty(PRESETS["7b"])
    with torch.device("meta"):
        model.language_model.add_adapter(lora(), "paper")
    names = {name: part.numel() for name, part in model.named_parameters() if "lora_" in name}
    assert sum(names.values()) == 167_772_160
    assert all(name.startswith("language_model.") for name in names)


def assert_close(one, other):
    torch.testing.assert_close(one, other, atol=1e-5, rtol=1e-5)
