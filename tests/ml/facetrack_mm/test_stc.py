import pytest
import torch

from ml.facetrack_mm.stc import SpatioTemporalConnector
from tests.ml.facetrack_mm.golden_files import assert_golden, tensors


@pytest.mark.parametrize("frames", [1, 4, 5])
def test_the_connector_gives_the_original_tokens(frames):
    connector = SpatioTemporalConnector(64, 92).eval()
    connector.load_state_dict(tensors("stc/model.safetensors"), strict=True)
    io = tensors("stc/io.safetensors")
    with torch.no_grad():
        tokens = connector(io[f"frames_{frames}.input"])
    assert_golden(tokens, io[f"frames_{frames}.output"])


def test_the_released_connector_has_its_parameters():
    with torch.device("meta"):
        connector = SpatioTemporalConnector(1024, 4096)
    assert len(connector.state_dict()) == 113
    assert {name: count(part) for name, part in connector.named_children()} == {
        "s1": 153_365_760,
        "sampler": 134_221_824,
        "s2": 168_038_400,
        "readout": 33_562_624,
    }


@pytest.mark.parametrize(
    ("width", "parameters"), [(1024, 489_188_608), (512, 483_945_600), (256, 481_324_096)]
)
def test_a_narrower_input_costs_fewer_parameters(width, parameters):
    with torch.device("meta"):
        assert count(SpatioTemporalConnector(width, 4096)) == parameters


@pytest.mark.parametrize(
    ("frames", "side", "tokens"), [(16, 24, 1521), (8, 24, 845), (1, 24, 169), (16, 7, 144)]
)
def test_a_clip_becomes_as_many_tokens_as_the_released_model_makes(frames, side, tokens):
    with torch.device("meta"):
        connector = SpatioTemporalConnector(8, 8, depth=1)
        shape = connector(torch.empty(2, frames, side * side, 8)).shape
    assert shape == (2, tokens, 8)


def test_positions_that_are_no_square_are_refused():
    with pytest.raises(ValueError, match="18 positions are no square grid"):
        SpatioTemporalConnector(8, 8, depth=1)(torch.zeros(1, 4, 18, 8))


def count(module):
    return sum(parameter.numel() for parameter in module.parameters())
