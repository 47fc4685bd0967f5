"""The small model, of a packaged language model that is made here in the packaged form."""

from dataclasses import replace

import gguf
import numpy as np
import pytest
import torch
from torch.nn.functional import cosine_similarity

from ml.faces.blendshapes import NAMES
from ml.facetrack_mm.checkpoints import load_model
from ml.facetrack_mm.config import GenerationConfig, LanguageConfig
from ml.facetrack_mm.landmark_numbers import BLENDSHAPES, LANDMARK_NUMBERS, MEASURED, POSE
from ml.facetrack_mm.loading import landmarker_for
from ml.facetrack_mm.mini import FOLDER, make_mini, mini_folder
from ml.facetrack_mm.presets import PRESETS
from ml.facetrack_mm.prompt import PromptWriter, load_tokenizer
from ml.facetrack_mm.splicing import Row
from ml.facetrack_mm.tensors import CheckpointRefused
from ml.weights import WeightsMissing

WIDTH, INNER, LAYERS, HEADS, KEYS = 64, 96, 2, 4, 2
TOKENS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", *map(chr, range(33, 127)), "Ġ", "Ċ", "ab"]
CONFIG = replace(
    PRESETS["mini"],
    language=LanguageConfig(
        family="llama",
        vocab_size=len(TOKENS),
        hidden_size=WIDTH,
        intermediate_size=INNER,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        num_key_value_heads=KEYS,
        rope_theta=100_000.0,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=2,
    ),
    generation=GenerationConfig(max_new_tokens=4),
)


@pytest.fixture
def packaged(tmp_path):
    path = tmp_path / "packaged" / "made.gguf"
    path.parent.mkdir()
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(128)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KEYS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(100_000.0)
    writer.add_vocab_size(len(TOKENS))
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(TOKENS)
    writer.add_token_types([3, 3, 3, *[1] * (len(TOKENS) - 3)])
    writer.add_token_merges(["a b"])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    for name, shape in shapes().items():
        drawn = np.random.default_rng(len(name)).normal(0, 0.1, shape)
        writer.add_tensor(name, drawn.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def shapes():
    narrow = WIDTH * KEYS // HEADS
    layer = {
        "attn_norm.weight": (WIDTH,),
        "ffn_norm.weight": (WIDTH,),
        "attn_q.weight": (WIDTH, WIDTH),
        "attn_k.weight": (narrow, WIDTH),
        "attn_v.weight": (narrow, WIDTH),
        "attn_output.weight": (WIDTH, WIDTH),
        "ffn_gate.weight": (INNER, WIDTH),
        "ffn_up.weight": (INNER, WIDTH),
        "ffn_down.weight": (WIDTH, INNER),
    }
    layers = {
        f"blk.{number}.{name}": shape for number in range(LAYERS) for name, shape in layer.items()
    }
    return {"token_embd.weight": (len(TOKENS), WIDTH), "output_norm.weight": (WIDTH,)} | layers


def test_a_packaged_language_model_becomes_a_model_that_drafts(tmp_path, packaged):
    folder = tmp_path / "mini"
    make_mini(CONFIG, packaged, folder)
    model = load_model(folder)
    asked = PromptWriter(load_tokenizer(folder), model.config).ask("Hi")
    assert asked[0] == TOKENS.index("<|im_start|>")
    faces = torch.randn(1, CONFIG.frames.count, LANDMARK_NUMBERS)
    (words,) = model.generate([Row(asked, faces=faces)])
    assert 0 < len(words.ids) <= 4
    weights = dict(model.named_parameters(remove_duplicate=False))
    head, words_in = (f"language_model.{name}.weight" for name in ("lm_head", "model.embed_tokens"))
    assert weights[head] is weights[words_in]


def test_it_is_the_same_whoever_makes_it(tmp_path, packaged):
    for name in ("one", "other"):
        make_mini(CONFIG, packaged, tmp_path / name)
    one, other = (tmp_path / name / "model.safetensors" for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_another_packaged_model_is_refused(tmp_path, packaged):
    deeper = replace(CONFIG, language=replace(CONFIG.language, num_hidden_layers=3))
    with pytest.raises(CheckpointRefused, match=r"made\.gguf lacks model\.layers\.2\."):
        make_mini(deeper, packaged, tmp_path / "mini")


def test_without_the_package_it_says_how_to_get_it(tmp_path):
    with pytest.raises(WeightsMissing, match="fetch-models"):
        mini_folder(tmp_path)


def test_its_landmark_network_is_that_of_the_folder_of_models(tmp_path):
    with pytest.raises(WeightsMissing, match=str(tmp_path)):
        landmarker_for(CONFIG, tmp_path)


def test_it_is_made_once(tmp_path):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "model.safetensors").touch()
    assert mini_folder(tmp_path) == tmp_path / FOLDER


def test_what_changes_begins_as_the_words_of_its_name(tmp_path, packaged):
    folder = tmp_path / "mini"
    make_mini(CONFIG, packaged, folder)
    model, tokenizer = load_model(folder), load_tokenizer(folder)
    words = model.state_dict()["language_model.model.embed_tokens.weight"]
    moved = (("jawOpen", "jaw open"), ("cheekPuff", "cheek puff"), (None, "still"))
    for name, told in moved:
        numbers = torch.zeros(1, 1, LANDMARK_NUMBERS)
        if name:
            numbers[..., MEASURED + POSE + NAMES.index(name)] = BLENDSHAPES
        token = model.face_tokens(numbers)[0, 0]
        ids = [tokenizer.encode(f" {word}", add_special_tokens=False).ids for word in told.split()]
        meaning = torch.stack([words[each].mean(0) for each in ids]).mean(0)
        assert cosine_similarity(token, meaning, dim=0) > 0.95
