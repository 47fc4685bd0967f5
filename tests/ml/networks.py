"""Small ONNX networks with known answers, in the form of real ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RED, GREEN, BLUE = np.eye(3, dtype=np.float32)
NOTHING = np.zeros(3, np.float32)


@dataclass(frozen=True)
class Output:
    """
    For every square of `stride` pixels, each number is its mean colour times a row of `colours`,
    plus one of `bias`. With `width`, the numbers stand in rows of that many, square by square.
    """

    name: str
    stride: int
    colours: Sequence[np.ndarray]
    bias: Sequence[float]
    width: int | None = None


def constant(name: str, stride: int, bias: Sequence[float], width: int | None = None) -> Output:
    return Output(name, stride, [NOTHING] * len(bias), bias, width)


def network(
    outputs: Sequence[Output],
    *,
    size: Sequence[int | str] = ("n", 3, "h", "w"),
    before: Sequence[tuple[str, float]] = (),
    weights_as_inputs: bool = False,
) -> bytes:
    """`before` are operations with one number each, done to the picture first."""
    nodes, weights, picture = [], [], "picture"
    for operation, number in before:
        weights.append(_weight(f"number of {operation}", number))
        nodes.append(helper.make_node(operation, [picture, weights[-1].name], [f"{operation} it"]))
        picture = f"{operation} it"
    for output in outputs:
        new_nodes, new_weights = _nodes(output, picture)
        nodes += new_nodes
        weights += new_weights
    inputs = [helper.make_tensor_value_info("picture", TensorProto.FLOAT, size)]
    if weights_as_inputs:
        inputs += [helper.make_tensor_value_info(w.name, w.data_type, w.dims) for w in weights]
    answers = [helper.make_tensor_value_info(o.name, TensorProto.FLOAT, None) for o in outputs]
    graph = helper.make_graph(nodes, "made", inputs, answers, weights)
    opset = helper.make_opsetid("", 17)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=9)
    content: bytes = model.SerializeToString()
    return content


def _nodes(output: Output, picture: str) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
    name, stride = output.name, output.stride
    kernel = np.stack(output.colours)[:, :, None, None] / stride**2
    weights = [
        _weight(f"{name} kernel", np.tile(kernel, (1, 1, stride, stride))),
        _weight(f"{name} bias", output.bias),
    ]
    inputs, map_ = [picture, *(weight.name for weight in weights)], f"{name} map"
    if output.width is None:
        return [helper.make_node("Conv", inputs, [name], strides=[stride] * 2)], weights
    rows = numpy_helper.from_array(np.array([-1, output.width]), f"{name} rows")
    return [
        helper.make_node("Conv", inputs, [map_], strides=[stride] * 2),
        helper.make_node("Transpose", [map_], [f"{name} last"], perm=[0, 2, 3, 1]),
        helper.make_node("Reshape", [f"{name} last", rows.name], [name]),
    ], [*weights, rows]


def _weight(name: str, values: object) -> onnx.TensorProto:
    return numpy_helper.from_array(np.array(values, np.float32), name)
