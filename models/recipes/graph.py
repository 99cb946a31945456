"""A small builder of ONNX graphs, shared by the converters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
IR_VERSION = 9
Array = NDArray[Any]


class Graph:
    """Collects nodes and constants; every call returns the name of what it made."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, Array] = {}
        self.inputs: list[onnx.ValueInfoProto] = []

    def input(self, name: str, shape: Sequence[int | str], kind: int = TensorProto.UINT8) -> str:
        """Declare an input; a string in `shape` is a dimension that may vary."""
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def const(self, value: Array) -> str:
        """Store a constant."""
        name = f"c{len(self.constants)}"
        self.constants[name] = np.ascontiguousarray(value)
        return name

    def ints(self, *values: int) -> str:
        """Store a shape or a list of axes."""
        return self.const(np.array(values, np.int64))

    def add(
        self, op: str, *inputs: str, name: str = "", outputs: int = 1, **attributes: Any
    ) -> Any:
        """Append a node; gives its output name, or a list where it has several."""
        stem = name or f"n{len(self.nodes)}"
        names = [stem] if outputs == 1 else [f"{stem}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, name=stem, **attributes))
        return names[0] if outputs == 1 else names

    def pixels(
        self, name: str, height: int | str, width: int | str, *, batch: int | str = "n"
    ) -> str:
        """Declare an input of 8-bit RGB pictures (batch, height, width, 3), as float NHWC."""
        self.input(name, [batch, height, width, 3])
        return str(self.add("Cast", name, to=TensorProto.FLOAT))

    def affine(self, value: str, mean: Sequence[float], scale: Sequence[float]) -> str:
        """(value - mean) * scale along the last axis."""
        shifted = self.add("Sub", value, self.const(np.array(mean, np.float32)))
        return str(self.add("Mul", shifted, self.const(np.array(scale, np.float32))))

    def nchw(self, value: str) -> str:
        """Channels first."""
        return str(self.add("Transpose", value, perm=[0, 3, 1, 2]))

    def nhwc(self, value: str) -> str:
        """Channels last."""
        return str(self.add("Transpose", value, perm=[0, 2, 3, 1]))

    def model(self, name: str, outputs: dict[str, Sequence[int | str]]) -> onnx.ModelProto:
        """Finish: a checked model without names of machines or times in it."""
        infos = [
            helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)
            for output, shape in outputs.items()
        ]
        tensors = [numpy_helper.from_array(value, key) for key, value in self.constants.items()]
        graph = helper.make_graph(self.nodes, name, self.inputs, infos, tensors)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="safelight"
        )
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model)
        return model


def same_padding(size: int, kernel: int, stride: int, dilation: int = 1) -> tuple[int, int]:
    """Zeros before and after one axis under TensorFlow's SAME rule."""
    out = -(-size // stride)
    total = max((out - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)
    return total // 2, total - total // 2
