"""NanoDet as a TensorFlow.js graph model -> ONNX (channels first, any size that 32 divides).

The file came from ONNX by way of TensorFlow, so it is full of transposes: a tensor here keeps one
ONNX value in NCHW and only remembers which layout the graph believes it has. Zero padding is
carried to the convolution that follows.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from graph import Array, Graph

_SIZES = {"float16": 2, "int32": 4, "float32": 4}
MEAN_BGR = (103.53, 116.28, 123.675)
OUTPUTS = {
    "classes": ("Identity", "Identity_1", "Identity_2"),
    "edges": ("Identity_3", "Identity_4", "Identity_5"),
}
SCALE_BGR = (1 / 57.375, 1 / 57.12, 1 / 58.395)


@dataclass(frozen=True)
class _Value:
    name: str
    last: bool = False  # whether the graph believes channels come last
    pads: tuple[int, int, int, int] = (0, 0, 0, 0)
    edge: int = 416  # rows in the fixed-size original, to turn target sizes into factors


def _weights(folder: Path, manifest: dict[str, Any]) -> dict[str, Array]:
    data = b"".join((folder / path).read_bytes() for path in manifest["paths"])
    found: dict[str, Array] = {}
    at = 0
    for item in manifest["weights"]:
        stored = item.get("quantization", {}).get("dtype", item["dtype"])
        count = int(np.prod(item["shape"]))
        end = at + count * _SIZES[stored]
        found[item["name"]] = np.frombuffer(data[at:end], stored).reshape(item["shape"])
        at = end
    return found


class _Converter:
    def __init__(self, path: Path) -> None:
        whole = json.loads(path.read_text())
        self.nodes = [n for n in whole["modelTopology"]["node"] if n["op"] != "Const"]
        self.weights = _weights(path.parent, whole["weightsManifest"][0])
        self.graph = Graph()
        self.values: dict[str, _Value] = {}

    def start(self) -> _Value:
        graph = self.graph
        rgb = graph.pixels("pixels", "h", "w")
        flip = graph.const(np.array([2, 1, 0], np.int64))
        bgr = graph.add("Gather", rgb, flip, axis=3)
        return _Value(graph.nchw(graph.affine(bgr, MEAN_BGR, SCALE_BGR)))

    def pad(self, node: dict[str, Any], value: _Value) -> _Value:
        amounts = self.weights[node["input"][1]]
        height, width = (1, 2) if value.last else (2, 3)
        edges = [amounts[height, 0], amounts[width, 0], amounts[height, 1], amounts[width, 1]]
        top, left, bottom, right = (int(edge) for edge in edges)
        return replace(value, pads=(top, left, bottom, right))

    def conv(self, node: dict[str, Any], value: _Value) -> _Value:
        kernel = self.weights[node["input"][1]].astype(np.float32).transpose(3, 2, 0, 1)
        stride = int(node["attr"]["strides"]["list"]["i"][1])
        name = self.graph.add(
            "Conv",
            value.name,
            self.graph.const(kernel),
            pads=list(value.pads),
            strides=[stride, stride],
            kernel_shape=list(kernel.shape[2:]),
        )
        rows = (value.edge + value.pads[0] + value.pads[2] - kernel.shape[2]) // stride + 1
        return _Value(str(name), last=True, edge=rows)

    def add(self, node: dict[str, Any], value: _Value) -> _Value:
        second = node["input"][1]
        if second not in self.weights:
            total = self.graph.add("Add", value.name, self.values[second].name)
            return replace(value, name=str(total))
        conv = next(node for node in self.graph.nodes if node.output[0] == value.name)
        conv.input.append(self.graph.const(self.weights[second].astype(np.float32)))
        return value

    def join(self, node: dict[str, Any], value: _Value) -> _Value:
        parts = [self.values[name].name for name in node["input"][:-1]]
        return replace(value, name=str(self.graph.add("Concat", *parts, axis=1)))

    def pool(self, node: dict[str, Any], value: _Value) -> _Value:
        name = self.graph.add(
            "MaxPool", value.name, kernel_shape=[3, 3], strides=[2, 2], pads=list(value.pads)
        )
        return _Value(str(name), last=True, edge=value.edge // 2)

    def resize(self, node: dict[str, Any], value: _Value) -> _Value:
        rows = int(self.weights[node["input"][1]][0])
        factor = rows / value.edge
        name = self.graph.add(
            "Resize",
            value.name,
            "",
            self.graph.const(np.array([1, 1, factor, factor], np.float32)),
            mode="linear",
            coordinate_transformation_mode="half_pixel",
        )
        return replace(value, name=str(name), edge=rows)

    def transpose(self, node: dict[str, Any], value: _Value) -> _Value:
        order = self.weights[node["input"][1]].tolist()
        if len(order) == 4:
            return replace(value, last=order == [0, 2, 3, 1])
        return _Value(str(self.graph.add("Transpose", value.name, perm=order)))

    def split(self, node: dict[str, Any], value: _Value) -> _Value:
        sizes = self.graph.ints(*self.weights[node["input"][1]].tolist())
        first, second = self.graph.add("Split", value.name, sizes, outputs=2, axis=1)
        self.values[f"{node['name']}:1"] = _Value(second)
        return _Value(first)

    def reshape(self, node: dict[str, Any], value: _Value) -> _Value:
        return _Value(str(self.graph.add("Reshape", value.name, self.graph.ints(0, 0, -1))))

    def leaky(self, node: dict[str, Any], value: _Value) -> _Value:
        alpha = float(node["attr"]["alpha"]["f"])
        return replace(value, name=str(self.graph.add("LeakyRelu", value.name, alpha=alpha)))

    def sigmoid(self, node: dict[str, Any], value: _Value) -> _Value:
        return _Value(str(self.graph.add("Sigmoid", value.name)))

    def run(self) -> onnx.ModelProto:
        """Convert in order; the outputs of the three strides are joined, finest first."""
        handlers: dict[str, Callable[[dict[str, Any], _Value], _Value]] = {
            "Add": self.add,
            "ConcatV2": self.join,
            "Conv2D": self.conv,
            "Identity": lambda node, value: value,
            "LeakyRelu": self.leaky,
            "MaxPool": self.pool,
            "Pad": self.pad,
            "PadV2": self.pad,
            "Reshape": self.reshape,
            "ResizeBilinear": self.resize,
            "Sigmoid": self.sigmoid,
            "SplitV": self.split,
            "Transpose": self.transpose,
        }
        for node in self.nodes:
            if node["op"] == "Placeholder":
                self.values[node["name"]] = self.start()
            elif node["op"] not in ("SparseToDense", "AddV2"):  # shapes of the fixed original
                value = self.values[node["input"][0]]
                self.values[node["name"]] = handlers[node["op"]](node, value)
        for output, names in OUTPUTS.items():
            self.graph.add("Concat", *(self.values[n].name for n in names), name=output, axis=1)
        shapes = {"classes": ["n", "cells", 80], "edges": ["n", "cells", 44]}
        return self.graph.model("nanodet", shapes)


def convert(path: Path) -> onnx.ModelProto:
    """Convert `nanodet.json` with the `.bin` beside it."""
    return _Converter(path).run()


def delicate(model: onnx.ModelProto) -> list[str]:
    """Convolutions that lose the most in 8 bits: the second, and the three that give the answer."""
    sizes = {tensor.name: tensor.dims[0] for tensor in model.graph.initializer}
    convs = [node for node in model.graph.node if node.op_type == "Conv"]
    return [convs[1].name, *(node.name for node in convs if sizes[node.input[1]] == 124)]
