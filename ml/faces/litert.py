"""LiteRT networks, ready to run on the CPU."""

from __future__ import annotations

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from ml.faces.records import Floats


class Graph:
    """A network with one input; answers come in the order of the file."""

    def __init__(self, content: bytes, threads: int) -> None:
        self._interpreter = Interpreter(model_content=content, num_threads=threads)
        self._interpreter.allocate_tensors()
        (self._input,) = self._interpreter.get_input_details()
        self._outputs = self._interpreter.get_output_details()

    @property
    def input_shape(self) -> tuple[int, ...]:
        return tuple(int(side) for side in self._input["shape"])

    @property
    def output_shapes(self) -> list[tuple[int, ...]]:
        return [tuple(int(side) for side in output["shape"]) for output in self._outputs]

    def run(self, values: Floats) -> list[Floats]:
        self._interpreter.set_tensor(self._input["index"], np.ascontiguousarray(values))
        self._interpreter.invoke()
        # get_tensor copies, so the next run does not change what was handed out.
        return [self._interpreter.get_tensor(output["index"]) for output in self._outputs]
