import json
import shutil
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file, save_file

from ml.facetrack_mm.checkpoints import assemble, load_model, save_model
from ml.facetrack_mm.config import FaceConfig, FaceTrackConfig, GenerationConfig
from ml.facetrack_mm.presets import PRESETS, TINY_ENCODER, TINY_LANGUAGE
from ml.facetrack_mm.release import find_folder, read_release_config
from ml.facetrack_mm.tensors import CheckpointRefused
from tests.ml.facetrack_mm.golden_files import GOLDEN, assert_golden
from tests.ml.facetrack_mm.models import TINY, row, tiny_model, with_face
from tests.ml.facetrack_mm.spelling import spelling
from tests.ml.facetrack_mm.test_model import FOLDER, TOWER

FACEXFORMER = GOLDEN / "facexformer-tiny" / "model.pt"
PLAIN = FaceTrackConfig(face=None)
# The stage is 48 wide and the tower 32.
JOINED = FaceTrackConfig(face=FaceConfig(encoder=TINY_ENCODER))


@pytest.fixture
def released(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "released")


def change_config(folder, **values):
    config = json.loads((folder / "config.json").read_text())
    for name, value in values.items():
        config.pop(name, None)
        if value is not ...:
            config[name] = value
    (folder / "config.json").write_text(json.dumps(config))


def change_tensors(folder, change):
    tensors = load_file(folder / "model.safetensors")
    change(tensors)
    save_file(tensors, folder / "model.safetensors")


def load(folder, config=PLAIN, **options):
    seen = replace(config, vision=TOWER)
    return assemble(seen, str(folder), dtype=torch.float32, **options)


@pytest.mark.parametrize("model_type", ["mistral", "videollama2_mistral"])
def test_either_name_of_the_model_gives_the_whole_of_it(released, model_type):
    change_config(released, model_type=model_type)
    assert load(released).state_dict().keys() == load(FOLDER).state_dict().keys()


@pytest.mark.parametrize(("said", "frames"), [(..., 8), (None, 8), (16, 16)])
def test_a_folder_that_says_nothing_of_frames_means_eight(released, said, frames):
    change_config(released, num_frames=said)
    assert load(released).config.frames.count == frames


def test_what_a_folder_says_of_the_language_model_is_taken(released):
    language = read_release_config(released).language
    assert language == TINY_LANGUAGE


def test_a_released_configuration_means_the_tower_of_its_name(released):
    change_config(released, mm_vision_select_layer=-3)
    vision = read_release_config(released).vision
    assert (vision.hidden_size, vision.image_size, vision.feature_layer) == (1024, 336, -3)


def test_shards_are_read_by_their_index(released):
    tensors = load_file(released / "model.safetensors")
    names = sorted(tensors)
    index: dict[str, str] = {}
    for number, part in enumerate((names[:100], names[100:]), 1):
        file = f"model-0000{number}-of-00002.safetensors"
        save_file({name: tensors[name] for name in part}, released / file)
        index |= dict.fromkeys(part, file)
    (released / "model.safetensors").unlink()
    (released / "model.safetensors.index.json").write_text(json.dumps({"weight_map": index}))
    assert_equal(load(released), load(FOLDER))
    (released / "model-00002-of-00002.safetensors").unlink()
    with pytest.raises(CheckpointRefused, match="model-00002-of-00002"):
        load(released)


def test_position_ids_of_an_older_tower_are_left(released):
    name = "model.vision_tower.vision_tower.vision_model.embeddings.position_ids"
    change_tensors(released, lambda tensors: tensors.update({name: torch.arange(17)[None]}))
    load(released)


def drop(name):
    return lambda tensors: tensors.pop(name)


def put(name, tensor):
    return lambda tensors: tensors.update({name: tensor})


PREFIX = "model.vision_tower.vision_tower.vision_model."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (drop("model.norm.weight"), r"lacks language_model\.model\.norm\.weight"),
        (drop(f"{PREFIX}pre_layrnorm.bias"), r"lacks vision_tower\.pre_layrnorm\.bias"),
        (drop("model.mm_projector.sampler.0.bias"), r"lacks mm_projector\.sampler\.0\.bias"),
        (put("model.extra", torch.ones(1)), r"also holds language_model\.model\.extra"),
        (
            put("model.norm.weight", torch.ones(47)),
            r"language_model\.model\.norm\.weight has the shape \[47\] instead of \[48\]",
        ),
    ],
)
def test_a_damaged_checkpoint_is_refused_by_name(released, change, words):
    change_tensors(released, change)
    with pytest.raises(CheckpointRefused, match=words):
        load(released)


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("config.json", None, r"config\.json cannot be read"),
        ("config.json", "[", r"config\.json is not JSON"),
        ("config.json", "[]", r"config\.json is not an object"),
        ("model.safetensors", None, r"model\.safetensors cannot be read"),
        ("model.safetensors", "short", r"model\.safetensors cannot be read"),
        ("model.safetensors.index.json", "{}", "has no weight_map"),
        (
            "model.safetensors.index.json",
            '{"weight_map": {"a": "../model.safetensors"}}',
            "outside its folder",
        ),
    ],
)
def test_a_damaged_folder_is_refused_by_its_file(released, file, content, words):
    (released / file).unlink(missing_ok=True)
    if content is not None:
        (released / file).write_text(content)
    with pytest.raises(CheckpointRefused, match=words):
        load(released)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"mm_projector_type": "stc_connector_v35"}, "mm_projector_type"),
        ({"sliding_window": 4096}, "sliding_window"),
        ({"hidden_size": "48"}, "hidden_size"),
        ({"num_attention_heads": 5}, "48 is not a multiple of 5 heads"),
    ],
)
def test_another_model_is_refused(released, values, words):
    change_config(released, **values)
    with pytest.raises(CheckpointRefused, match=words):
        load(released)


def test_a_hub_id_is_found_where_the_hub_keeps_its_copies(released, tmp_path, monkeypatch):
    repository = tmp_path / "hub" / "models--made--Up-7B"
    snapshot = shutil.copytree(released, repository / "snapshots" / "0a1b")
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("0a1b")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    assert find_folder("made/Up-7B").resolve() == snapshot.resolve()
    for unknown in ("made/Unknown", "no such: name"):
        with pytest.raises(CheckpointRefused, match="neither a folder nor a checkpoint"):
            find_folder(unknown)


def test_a_face_encoder_joins_the_released_model():
    model = load(FOLDER, JOINED, facexformer=FACEXFORMER)
    assert model.config.face == JOINED.face
    assert model.config.frames.count == 4
    settings = GenerationConfig(max_new_tokens=3)
    assert len(model.generate([row(config=model.config)], settings)[0].ids) <= 3


def test_a_reading_that_needs_a_face_encoder_says_so():
    with pytest.raises(CheckpointRefused, match=r"needs FaceXFormer's model\.pt"):
        load(FOLDER, JOINED)


def test_the_face_projector_starts_as_the_videos_where_it_can():
    clip = FaceTrackConfig(face=FaceConfig(feature="clip"))
    alike = load(FOLDER, clip)
    assert_equal(alike.face_projector, alike.mm_projector)
    assert alike.face_projector.readout[0].weight is not alike.mm_projector.readout[0].weight
    own = replace(clip, face=FaceConfig(feature="clip", starts_from_video=False))
    drawn, again = load(FOLDER, own), load(FOLDER, own)
    assert_equal(drawn.face_projector, again.face_projector)
    assert not torch.equal(
        drawn.face_projector.readout[0].weight, drawn.mm_projector.readout[0].weight
    )


@pytest.fixture
def tokenizer(tmp_path):
    folder = tmp_path / "tokenizer"
    folder.mkdir()
    spelling().save(str(folder / "tokenizer.json"))
    return folder


MINI = replace(
    PRESETS["mini"],
    language=replace(TINY_LANGUAGE, family="llama", tie_word_embeddings=True),
)


@pytest.mark.parametrize("config", [TINY, with_face(feature="clip", projector="shared"), MINI])
def test_a_saved_model_comes_back_the_same(tmp_path, tokenizer, config):
    model = tiny_model(config)
    save_model(model, tmp_path / "saved", tokenizer)
    again = load_model(tmp_path / "saved")
    assert again.config == config
    assert_equal(again, model)
    seen = row(config=config)
    with torch.no_grad():
        assert_golden(again.logits([seen])[0], model.logits([seen])[0])


def test_a_model_in_bfloat16_keeps_its_places_in_float32(tmp_path, tokenizer):
    save_model(tiny_model(), tmp_path, tokenizer)
    model = load_model(tmp_path, torch.bfloat16)
    assert {weight.dtype for weight in model.parameters()} == {torch.bfloat16}
    assert {each.dtype for each in model.buffers() if each.is_floating_point()} == {torch.float32}


def test_a_half_saved_model_is_refused(tmp_path, tokenizer):
    save_model(tiny_model(), tmp_path, tokenizer)
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(CheckpointRefused, match="lacks"):
        load_model(tmp_path)
    (tmp_path / "config.json").unlink()
    with pytest.raises(CheckpointRefused, match=r"config\.json cannot be read"):
        load_model(tmp_path)


def assert_equal(one, other):
    mine, theirs = one.state_dict(), other.state_dict()
    assert mine.keys() == theirs.keys()
    assert all(torch.equal(mine[name], theirs[name]) for name in mine)
