"""ONNX networks, ready to run on the CPU."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as refusals

from ml.faces.protocol_buffers import message_classes
from ml.faces.records import Floats
from ml.weights import Weights, WeightsUnusable

# They share no base but Exception.
UNREADABLE = (
    refusals.Fail,
    refusals.InvalidArgument,
    refusals.InvalidGraph,
    refusals.InvalidProtobuf,
    refusals.NotImplemented,
    refusals.RuntimeException,
)
ERRORS_ONLY = 3


class Network:
    """A network with one input. Answers come in the order of `outputs`."""

    def __init__(self, weights: Weights, threads: int, *, content: bytes | None = None) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = ERRORS_ONLY
        # Its threads would wait busily while the next network wants the processors: measured in
        # turn with two others on two cores, a face costs half the processor time without that.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                content or weights.content, options, providers=["CPUExecutionProvider"]
            )
        except UNREADABLE as refusal:
            raise WeightsUnusable(f"{weights.path} is no ONNX network: {refusal}") from None
        (self._input, *others) = self._session.get_inputs()
        if others:
            raise WeightsUnusable(f"{weights.path} wants more than one input.")
        self.outputs: list[str] = [output.name for output in self._session.get_outputs()]

    @property
    def input_shape(self) -> tuple[int | None, ...]:
        """None where any size will do."""
        return tuple(side if isinstance(side, int) else None for side in self._input.shape)

    def run(self, values: Floats) -> list[Floats]:
        return list(
            self._session.run(self.outputs, {self._input.name: np.ascontiguousarray(values)})
        )


@cache
def _onnx() -> dict[str, Any]:
    """What is needed of onnx.proto, whose field numbers are fixed for good."""
    return message_classes(
        "partial_onnx",
        {
            "Model": {"graph": "7 Graph"},
            "Graph": {
                "node": "1 repeated Node",
                "initializer": "5 repeated Tensor",
                "input": "11 repeated Value",
                "output": "12 repeated Value",
            },
            "Node": {"op_type": "4 string"},
            "Tensor": {"name": "8 string"},
            "Value": {"name": "1 string", "type": "2 Type"},
            "Type": {"tensor_type": "1 TensorType"},
            "TensorType": {"shape": "2 Shape"},
            "Shape": {},
        },
    )


def with_free_sizes(content: bytes) -> bytes:
    """
    The same network for pictures of every size.

    Some exporters fix the size that they were shown and list the weights as inputs, which keeps
    them from being folded.
    """
    model = _onnx()["Model"].FromString(content)
    weights = {tensor.name for tensor in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in weights]
    del model.graph.input[:]
    model.graph.input.extend(inputs)
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.ClearField("shape")
    whole: bytes = model.SerializeToString()
    return whole


def first_operations(content: bytes, count: int) -> list[str]:
    model = _onnx()["Model"].FromString(content)
    return [node.op_type for node in model.graph.node[:count]]
