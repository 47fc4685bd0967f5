from dataclasses import replace

import pytest
import torch

from ml.facetrack_mm.checkpoints import assemble, build_empty, load_model, save_model
from ml.facetrack_mm.config import FaceTrackConfig, GenerationConfig, VisionConfig
from ml.facetrack_mm.landmark_numbers import LANDMARK_NUMBERS
from ml.facetrack_mm.presets import PRESETS, TINY_LANGUAGE
from ml.facetrack_mm.prompt import FACE, UNLABELLED, VIDEO
from ml.facetrack_mm.splicing import Row
from tests.ml.facetrack_mm.golden_files import GOLDEN, assert_golden, tensors
from tests.ml.facetrack_mm.models import TINY, row, tiny_model, with_face
from tests.ml.facetrack_mm.spelling import spelling

FOLDER = GOLDEN / "videollama2-tiny"
TOWER = VisionConfig(
    hidden_size=32, intermediate_size=80, num_hidden_layers=4, num_attention_heads=4, image_size=56
)


@pytest.fixture(scope="module")
def golden_model():
    return assemble(FaceTrackConfig(face=None, vision=TOWER), str(FOLDER), dtype=torch.float32)


@pytest.fixture(scope="module")
def io():
    return tensors("videollama2-tiny/io.safetensors")


@pytest.fixture(scope="module")
def golden_rows(io):
    rows = []
    for number in range(2):
        is_real = io["attention_mask"][number].bool()
        ids, labels = (io[name][number][is_real].tolist() for name in ("input_ids", "labels"))
        rows.append(Row(ids, io["pixel_values"][number], labels=labels))
    return rows


@torch.no_grad()
def test_features_and_tokens_are_the_originals(golden_model, io):
    assert_golden(golden_model.vision_features(io["pixel_values"]), io["vision_features"])
    assert_golden(golden_model.video_tokens(io["pixel_values"]), io["video_tokens"])


@torch.no_grad()
def test_logits_and_loss_are_the_originals(golden_model, io, golden_rows):
    logits, is_real = golden_model.logits(golden_rows)
    assert torch.equal(is_real, io["expanded_attention_mask"].bool())
    assert_golden(logits[is_real], io["logits"][is_real])
    assert_golden(golden_model(golden_rows), io["loss"])
    assert torch.equal(golden_model.splice(golden_rows, "right").labels, io["expanded_labels"])


def test_the_most_likely_words_are_the_originals(golden_model, io):
    asked = Row(io["generate_input_ids"][0].tolist(), io["pixel_values"][0])
    settings = GenerationConfig(max_new_tokens=8)
    (words,) = golden_model.generate([asked], settings)
    assert words.ids == io["generated_ids"][0].tolist()
    assert not words.has_ended


@pytest.fixture(scope="module")
def model():
    return tiny_model()


@torch.no_grad()
def test_without_a_face_it_is_videollama2_to_the_bit(model):
    plain = tiny_model(replace(TINY, face=None))
    shared = {
        name: tensor for name, tensor in model.state_dict().items() if not name.startswith("face_")
    }
    # The same memory: where weights lie may decide the last bit of a product.
    plain.load_state_dict(shared, strict=True, assign=True)
    faceless = row(streams=0)
    assert torch.equal(model.logits([faceless])[0], plain.logits([faceless])[0])


@torch.no_grad()
def test_a_face_is_seen(model):
    faceless = replace(row(), faces=None)
    assert model.logits([row()])[0].shape[1] == model.logits([faceless])[0].shape[1] + 48
    seen, unseen = (model.logits([one])[0][0, -1] for one in (row(), faceless))
    assert not torch.allclose(seen, unseen, atol=1e-3)


@torch.no_grad()
def test_a_batch_gives_what_its_rows_give_alone(model):
    rows = [row(1), row(2, words=21, streams=0), row(3, words=5, streams=2)]
    logits, is_real = model.logits(rows)
    for number, alone in enumerate(rows):
        assert_close(logits[number][is_real[number]], model.logits([alone])[0][0])
    assert model.generate(rows) == [model.generate([alone])[0] for alone in rows]


def test_words_come_the_same_with_and_without_a_cache(model):
    rows = [row(1), row(2, words=21)]
    assert model.generate(rows) == model.generate(rows, keeps_cache=False)


def test_what_follows_the_end_is_left_out(model):
    # The end is whatever comes third: at random weights the real one never does.
    asked = replace(row(), ids=[*row().ids, 7])
    ids = model.generate([asked])[0].ids
    ending = replace(TINY, language=replace(TINY.language, eos_token_id=ids[2]))
    (words,) = tiny_model(ending).generate([asked])
    assert words.has_ended
    assert words.ids == ids[: ids.index(ids[2])]


@torch.no_grad()
def test_bfloat16_stays_close(tmp_path, model):
    spelling().save(str(tmp_path / "tokenizer.json"))
    save_model(model, tmp_path, tmp_path)
    exact = model.logits([row()])[0]
    rough = load_model(tmp_path, torch.bfloat16).logits([row()])[0].float()
    assert (exact - rough).abs().max() < 0.05 * exact.abs().max()


@torch.no_grad()
def test_the_loss_is_over_all_words_of_all_rows(model):
    rows = [row(1, is_learned=True), row(2, words=21, is_learned=True)]
    logits, is_real = model.logits(rows)
    parts = [
        torch.nn.functional.cross_entropy(logits[n][is_real[n]][-5:-1], torch.tensor(each.ids[-4:]))
        for n, each in enumerate(rows)
    ]
    assert_close(model(rows), torch.stack(parts).mean())


def test_only_words_are_learned_and_only_open_parts_learn(model):
    learning = tiny_model().train()
    learning([row(1, is_learned=True), row(2, is_learned=True)]).backward()
    learned = {
        name.split(".")[0] for name, part in learning.named_parameters() if part.grad is not None
    }
    assert learned == {"language_model", "mm_projector", "face_projector"}
    assert not learning.vision_tower.training
    assert not learning.face_encoder.training
    assert learning.mm_projector.training


@pytest.mark.parametrize(
    ("options", "tokens"),
    [
        ({"feature": "stage4"}, 3 * 4 * 4),
        ({"feature": "fused", "fused_side": 7}, 3 * 4 * 4),
        ({"feature": "fused", "fused_side": 14}, 3 * 8 * 8),
        ({"feature": "task_tokens", "task_tokens": 18}, 4 * 18),
        ({"feature": "task_tokens", "task_tokens": 7}, 4 * 7),
        ({"feature": "clip"}, 3 * 3 * 3),
        ({"feature": "clip", "projector": "shared"}, 3 * 3 * 3),
        ({"feature": "landmarks"}, 4),
    ],
)
@torch.no_grad()
def test_every_reading_of_a_face_becomes_its_tokens(options, tokens):
    config = with_face(**options)
    model = tiny_model(config)
    seen = row(streams=2, config=config)
    assert model.face_tokens(seen.faces).shape == (2, tokens, 48)
    assert model.splice([seen], "right").mask.shape[1] == len(seen.ids) - 1 + 27 + 2 * tokens


@torch.no_grad()
def test_a_face_at_its_own_mark_stands_there(model):
    seen = row()
    marked = replace(seen, ids=[1, 3, VIDEO, 5, FACE, 6])
    spliced = model.splice([marked], "right").embeddings[0]
    face = model.face_tokens(seen.faces)[0]
    assert_close(spliced[2 + 27 + 1 : -1], face)


@torch.no_grad()
def test_a_model_of_landmarks_needs_no_pixels():
    config = replace(
        PRESETS["mini"], language=replace(TINY_LANGUAGE, family="llama"), prompt=TINY.prompt
    )
    model = tiny_model(config)
    seen = Row([1, VIDEO, 5], faces=torch.randn(1, 16, LANDMARK_NUMBERS))
    assert model.logits([seen])[0].shape == (1, 2 + 16, 256)
    assert len(model.generate([seen], GenerationConfig(max_new_tokens=3))[0].ids) <= 3


def test_labels_never_stand_on_what_is_seen(model):
    spliced = model.splice([row(is_learned=True)], "right")
    assert (spliced.labels[0] != UNLABELLED).nonzero().flatten().tolist() == list(
        range(spliced.labels.shape[1] - 4, spliced.labels.shape[1])
    )


def test_the_released_model_has_its_parameters():
    model = build_empty(PRESETS["7b"])
    sizes = {
        name: sum(part.numel() for part in child.parameters())
        for name, child in model.named_children()
    }
    assert sizes == {
        "language_model": 7_241_732_096,
        "vision_tower": 303_507_456,
        "mm_projector": 489_188_608,
        "face_encoder": 91_985_943,
        "face_projector": 489_188_608,
    }
    assert len(model.language_model.state_dict()) == 291
    assert len(model.vision_tower.state_dict()) == 391


def assert_close(one, other):
    torch.testing.assert_close(one, other, atol=1e-5, rtol=1e-4)
