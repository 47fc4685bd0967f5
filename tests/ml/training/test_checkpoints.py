"""What an optimizer holds comes back as it was, without pickles."""

import torch

from ml.training.checkpoints import load_optimizer, save_optimizer

TABLE = torch.linspace(0, 1, 256)


class Holding:
    """An optimizer as bitsandbytes has them: plain steps, groups of moments, shared tables."""

    def __init__(self, state):
        self.state = state

    def state_dict(self):
        return {"state": self.state, "param_groups": [{"lr": 0.1}]}

    def load_state_dict(self, told):
        self.state = told["state"]


def test_moments_of_eight_bits_come_back_with_their_tables(tmp_path):
    def moments(of):
        return {"state1": torch.full((8,), of, dtype=torch.uint8), "qmap1": TABLE}

    state = {number: {"step": 3, "quantized": moments(number)} for number in (0, 11)}
    save_optimizer(Holding(state), tmp_path)  # type: ignore[arg-type]
    loaded = Holding({})
    load_optimizer(loaded, tmp_path)  # type: ignore[arg-type]
    assert loaded.state.keys() == state.keys()
    for number, held in state.items():
        again = loaded.state[number]
        assert again["step"] == 3
        assert type(again["step"]) is int
        assert again["quantized"].keys() == held["quantized"].keys()
        assert all(
            torch.equal(again["quantized"][name], held["quantized"][name])
            for name in held["quantized"]
        )
