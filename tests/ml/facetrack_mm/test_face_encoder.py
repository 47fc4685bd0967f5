import json

import pytest
import torch

from ml.facetrack_mm.config import FaceXFormerConfig
from ml.facetrack_mm.face_encoder import FaceXFormer
from ml.facetrack_mm.facexformer_file import read_facexformer
from ml.facetrack_mm.tensors import CheckpointRefused, fill
from tests.ml.facetrack_mm.golden_files import GOLDEN, assert_golden, tensors

FOLDER = GOLDEN / "facexformer-tiny"
RELEASED = FOLDER / "model.pt"


def tiny():
    sizes = json.loads((FOLDER / "sizes.json").read_text())
    return FaceXFormerConfig(
        embed_dim=sizes["embed_dim"],
        depths=tuple(sizes["depths"]),
        num_heads=tuple(sizes["num_heads"]),
        decoder_dim=sizes["decoder_dim"],
        decoder_heads=sizes["decoder_num_heads"],
        decoder_mlp_dim=sizes["decoder_mlp_dim"],
    )


@pytest.fixture(scope="module")
def encoder():
    encoder = FaceXFormer(tiny()).eval()
    fill(encoder, read_facexformer(RELEASED), str(RELEASED))
    return encoder


@pytest.fixture(scope="module")
def seen(encoder):
    with torch.no_grad():
        stages = encoder.stages(tensors("facexformer-tiny/io.safetensors")["input"])
        fused = encoder.fuse(stages)
        return stages, fused, *encoder.decode(fused)


def test_the_stages_and_their_fusion_are_the_originals(seen):
    io = tensors("facexformer-tiny/io.safetensors")
    stages, fused, *_ = seen
    for number, stage in enumerate(stages, 1):
        assert_golden(stage, io[f"stage{number}"])
    assert_golden(fused, io["fused"])


def test_the_tokens_and_heads_are_the_originals(encoder, seen):
    io = tensors("facexformer-tiny/io.safetensors")
    *_, tokens, image_tokens = seen
    assert_golden(tokens, io["tokens"])
    assert_golden(image_tokens[:, ::49], io["image_tokens_every_49"])
    with torch.no_grad():
        heads = encoder.face_decoder.heads(tokens)
        masks = encoder.face_decoder.masks(tokens, image_tokens)
    for head, name in (("pose", "headpose"), ("attribute", "attributes")):
        assert_golden(heads[head], io[name])
    for name in ("landmarks", "visibility", "age", "gender", "race"):
        assert_golden(heads[name], io[name])
    assert_golden(masks[:, :, ::8, ::8], io["segmentation_every_8"])


def test_the_68_points_are_pixels_of_the_face(encoder):
    io = tensors("facexformer-tiny/io.safetensors")
    points = encoder.landmarks(io["input"])
    assert points.shape == (1, 68, 2)
    x = io["landmarks"][0, 0]
    torch.testing.assert_close(points[0, 0, 0], ((x + 1) * 224 - 1) / 2, atol=1e-3, rtol=0)


def test_the_released_encoder_has_its_parameters():
    with torch.device("meta"):
        encoder = FaceXFormer(FaceXFormerConfig())
    assert sum(part.numel() for part in encoder.backbone.parameters()) == 86_743_224
    assert sum(part.numel() for part in encoder.parameters()) == 91_985_943


def test_what_else_a_training_checkpoint_holds_is_left(tmp_path):
    content = torch.load(RELEASED, weights_only=True)  # noqa: TID251 -- our own, as released
    torch.save(content | {"optimizer": {"state": [1, 2]}, "epoch": 3}, tmp_path / "model.pt")
    assert read_facexformer(tmp_path / "model.pt").keys() == read_facexformer(RELEASED).keys()


class Surprise:
    def __reduce__(self):
        return (print, ("run",))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"state_dict_backbone": Surprise()}, "is not a readable file of plain weights"),
        ({"state_dict": {}}, "holds no state_dict_backbone"),
        ([1], "holds no state_dict_backbone"),
    ],
)
def test_another_file_is_refused_and_nothing_in_it_runs(tmp_path, capsys, content, words):
    torch.save(content, tmp_path / "model.pt")
    with pytest.raises(CheckpointRefused, match=words):
        read_facexformer(tmp_path / "model.pt")
    assert not capsys.readouterr().out


def test_damaged_bytes_are_refused(tmp_path):
    (tmp_path / "model.pt").write_bytes(RELEASED.read_bytes()[:5000])
    with pytest.raises(CheckpointRefused, match="is not a readable file of plain weights"):
        read_facexformer(tmp_path / "model.pt")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CheckpointRefused, match="is not a readable file of plain weights"):
        read_facexformer(tmp_path / "model.pt")
