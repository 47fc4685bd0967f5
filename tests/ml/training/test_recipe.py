import json
import subprocess
import sys

import pytest

from ml.facetrack_mm import adapters
from ml.facetrack_mm.checkpoints import build_empty
from ml.facetrack_mm.config import FaceConfig, FaceTrackConfig
from ml.facetrack_mm.presets import PRESETS as MODELS
from ml.metrics.published import published
from ml.training import memory, sizes
from ml.training.checking import Device, check, count_steps
from ml.training.fields import fields
from ml.training.presets import PRESETS, changed, flat, read_values, resolve
from ml.training.recipe import LAYERS, LoraRecipe, RecipeRefused

PAPER = PRESETS["paper"]
SEVEN = MODELS["7b"]


def problems(values):
    with pytest.raises(RecipeRefused) as refused:
        resolve(values)
    return {each.field: each.message for each in refused.value.problems}


def test_the_papers_recipe_is_the_papers():
    lora, train = PAPER.lora, PAPER.train
    assert (lora.rank, lora.alpha, train.batch, train.epochs) == (64, 128, 32, 3)
    assert (PAPER.frames.count, train.precision, PAPER.base) == (16, "bf16", "7b")
    assert train.batch // train.micro_batch * train.micro_batch == 32
    assert count_steps(PAPER, 4033) == 381


def test_there_is_a_preset_for_each_row_of_the_papers_table():
    rows = [row.model for row in published()["Table 2"]]
    assert [name for name in PRESETS if name in rows] == rows
    assert [PRESETS[name].train.epochs for name in rows] == [0, 3, 3, 3, 3]
    assert {PRESETS[name].base for name in rows} <= MODELS.keys()


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_read_back_as_it_is(name):
    assert resolve(json.loads(PRESETS[name].to_json())) == PRESETS[name]
    assert resolve({"preset": name}) == PRESETS[name]
    assert changed(PRESETS[name]) == {}


def test_what_is_left_out_is_the_presets_and_what_differs_is_named():
    recipe = resolve({"preset": "mini", "name": "mine", "train": {"epochs": 2}})
    assert recipe.base == "mini"
    assert changed(recipe) == {"train.epochs": (PRESETS["mini"].train.epochs, 2)}


@pytest.mark.parametrize(
    ("text", "told"),
    [("{", "The recipe is no JSON: "), (None, "The recipe .* cannot be read: No such file")],
)
def test_a_file_that_is_no_recipe_says_so(tmp_path, text, told):
    path = tmp_path / "recipe.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(RecipeRefused, match=f"^{told}"):
        read_values(path)


def test_every_wrong_field_is_named_at_once():
    values = {"lora": {"rank": 0}, "train": {"batsch": 4, "epochs": "3"}, "sed": 1}
    found = problems(values)
    assert found.keys() == {"lora.rank", "train.batsch", "train.epochs", "sed"}
    assert found["train.batsch"] == "There is no such field."
    assert problems({"train": {"batch": 33}}).keys() == {"train.micro_batch"}
    assert problems({"preset": "papre"}).keys() == {"preset"}
    assert problems([]) == {"": "The recipe is no JSON object."}


def test_every_field_is_described_and_bounded():
    described = {field["name"]: field for field in fields()}
    assert described.keys() == dict(flat(PAPER.as_dict())).keys()
    for field in described.values():
        assert field["help"].endswith(".")
        if field["type"] in ("integer", "number"):
            assert field["minimum"] < field["maximum"]
    assert described["max_steps"]["nullable"]
    assert described["train.precision"]["choices"] == ["bf16", "fp32"]
    assert described["lora.targets"]["type"] == "choices"


def test_layers_have_the_names_that_adapters_know():
    assert LAYERS == adapters.LAYERS


@pytest.mark.parametrize("name", ["7b", "mini", "tiny"])
def test_parameters_are_counted_as_they_are_built(name):
    config = MODELS[name]
    parts = {
        part: sum(each.numel() for each in module.parameters())
        for part, module in build_empty(config).named_children()
    }
    language = config.language
    tied = language.vocab_size * language.hidden_size if language.tie_word_embeddings else 0
    assert sizes.language_parameters(language) == parts["language_model"] - tied
    assert sizes.video_projector_parameters(config) == parts.get("mm_projector", 0)
    assert sizes.face_projector_parameters(config) == parts.get("face_projector", 0)
    if name != "tiny":
        towers = parts.get("vision_tower", 0) + parts.get("face_encoder", 0)
        assert sizes.tower_parameters(config) == towers


def test_the_papers_adapter_has_its_167_million():
    assert sizes.lora_parameters(SEVEN.language, LoraRecipe()) == 167_772_160
    attention = LoraRecipe(targets=("q_proj", "k_proj", "v_proj", "o_proj"))
    assert sizes.lora_parameters(SEVEN.language, attention) == 54_525_952
    assert memory.trained_parameters(PAPER, SEVEN) == 167_772_160 + 2 * 489_188_608


@pytest.mark.parametrize(
    ("feature", "tokens"), [("stage4", 144), ("clip", 1521), ("fused", 144), ("task_tokens", 288)]
)
def test_tokens_are_counted_as_the_readings_of_a_face_give_them(feature, tokens):
    config = FaceTrackConfig(face=FaceConfig(feature=feature))
    assert sizes.seen_tokens(config) == 1521 + tokens


def parts(**train):
    recipe = resolve({"train": train})
    return memory.estimate(recipe, SEVEN).parts


def test_memory_is_near_what_was_worked_out_for_the_paper():
    """GiB of one clip, and of weights of which both projectors are trained."""
    kept = parts(micro_batch=1, stc_checkpointing=False)
    assert kept["trained weights and their moments"] == pytest.approx(12.8, abs=0.05)
    assert kept["projectors"] == pytest.approx(3.41 + 0.30, abs=0.1)
    assert kept["layers of the language model"] == pytest.approx(0.93, abs=0.05)
    eight = parts(optimizer="adamw_8bit")["trained weights and their moments"]
    assert eight == pytest.approx(4.3 + 2.17, abs=0.05)
    frozen = parts(video_projector="frozen", face_projector="frozen")
    assert frozen["frozen weights"] == pytest.approx(16.0, abs=0.1)
    assert frozen["projectors"] == 0


def test_what_spares_memory_is_seen_to():
    plain = sum(parts(gradient_checkpointing=False, stc_checkpointing=False).values())
    spared = [
        sum(parts(gradient_checkpointing=False).values()),
        sum(parts(stc_checkpointing=False).values()),
        sum(parts().values()),
        sum(parts(micro_batch=1).values()),
        sum(parts(micro_batch=1, quantize="nf4", video_projector="frozen").values()),
    ]
    assert plain > max(spared)
    assert spared[2:] == sorted(spared[2:], reverse=True)
    assert spared[-1] < 24 - 3


def named(answer):
    return [error["field"] for error in answer["errors"]]


def test_a_check_says_what_stands_in_the_way(tmp_path):
    assert check({}, tmp_path, Device(80))["errors"] == []
    too_large = check({}, tmp_path, Device(24))
    assert named(too_large) == ["train.micro_batch"]
    assert check({}, tmp_path, Device(clips=10))["steps"] == 3
    assert named(check({"base": "of-nobody"}, tmp_path, Device())) == ["base"]
    assert named(check({"frames": {"count": 8}}, tmp_path, Device())) == ["frames.count"]


def test_few_bits_are_refused_where_their_package_is_not(tmp_path, monkeypatch):
    few = {"train": {"quantize": "nf4", "optimizer": "adamw_8bit"}}
    monkeypatch.setattr("ml.training.checking.find_spec", lambda name: None)
    assert named(check(few, tmp_path, Device())) == ["train.quantize", "train.optimizer"]
    monkeypatch.setattr("ml.training.checking.find_spec", lambda name: name)
    assert named(check(few, tmp_path, Device())) == []


def test_a_check_reads_the_bases_own_configuration(tmp_path):
    folder = tmp_path / "facetrack-mm" / "own"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(MODELS["tiny"].to_json())
    answer = check({"preset": "tiny", "base": "own"}, tmp_path, Device())
    assert answer["changed"] == {"base": ("tiny", "own")}
    assert answer["errors"] == []
    (folder / "config.json").write_text("{}}")
    assert named(check({"base": "own"}, tmp_path, Device())) == ["base"]


def test_the_web_process_learns_all_this_without_torch(tmp_path):
    recipe = tmp_path / "recipe.json"
    recipe.write_text("{}")
    told = (
        "import sys; from ml.__main__ import main;"
        "main(['recipes']); main(['train', '--check', '--recipe', sys.argv[1]]);"
        "sys.exit('torch' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", told, recipe], capture_output=True, check=True)
    listed, checked = map(json.loads, answer.stdout.splitlines())
    assert listed["presets"].keys() == PRESETS.keys()
    assert checked["recipe"] == PAPER.as_dict()
