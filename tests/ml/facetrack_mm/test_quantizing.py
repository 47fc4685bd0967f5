"""Which layers become four bits, with a stand-in for the package; and where that is refused."""

import sys
from types import SimpleNamespace

import pytest
import torch
from torch import nn

from ml.facetrack_mm.quantizing import CannotQuantize, quantize
from tests.ml.facetrack_mm.models import row, tiny_model


class FourBits(nn.Linear):
    """Rounds to a quarter, which is coarse enough to be seen."""

    def __init__(self, fan_in, fan_out, *, bias, compute_dtype, quant_type, device):
        super().__init__(fan_in, fan_out, bias=bias, device=device)
        assert (compute_dtype, quant_type) == (torch.float32, "nf4")

    def forward(self, seen):
        return nn.functional.linear(seen, (self.weight * 4).round() / 4, self.bias)


@pytest.fixture
def package(monkeypatch):
    def params(weight, *, requires_grad, quant_type):
        return nn.Parameter(weight, requires_grad=requires_grad)

    made = SimpleNamespace(nn=SimpleNamespace(Linear4bit=FourBits, Params4bit=params))
    monkeypatch.setitem(sys.modules, "bitsandbytes", made)
    return made


def test_the_language_models_layers_alone_are_in_four_bits(package):
    model = tiny_model()
    with torch.no_grad():
        before = model.logits([row()])[0]
    quantize(model, "cpu")
    coarse = {name for name, part in model.named_modules() if isinstance(part, FourBits)}
    assert coarse
    assert all(name.startswith("language_model.model.layers.") for name in coarse)
    assert not any(part.training for part in model.modules())
    with torch.no_grad():
        assert not torch.allclose(model.logits([row()])[0], before)


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "bitsandbytes", None)
    with pytest.raises(CannotQuantize, match="pip install bitsandbytes=="):
        quantize(tiny_model(), "cpu")


def test_a_device_that_cannot_is_refused_before_a_layer_is_changed(package, monkeypatch):
    def fail(layer, seen):
        raise RuntimeError("no kernel image is available")

    monkeypatch.setattr(FourBits, "forward", fail)
    model = tiny_model()
    with pytest.raises(CannotQuantize, match="RuntimeError"):
        quantize(model, "cpu")
    assert not any(isinstance(part, FourBits) for part in model.modules())
