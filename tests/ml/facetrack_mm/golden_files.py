"""Random weights, inputs and outputs of the original modules; see golden/README.md."""

from pathlib import Path

import torch
from safetensors.torch import load_file

GOLDEN = Path(__file__).parent / "golden"


def tensors(name):
    return load_file(GOLDEN / name)


def assert_golden(actual, expected):
    torch.testing.assert_close(actual, expected, atol=1e-5, rtol=1e-5)
