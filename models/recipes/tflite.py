"""TensorFlow Lite file -> ONNX, for the few operations that the MediaPipe face and mask nets use.

Values travel as NCHW; reshapes at the outputs go back to NHWC order first, so that output arrays
have the layout of the original. With `free_size` the graph takes any height and width that the
net's strides divide, where the original was fixed: every resize becomes a factor.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from ai_edge_litert import schema_py_generated as schema
from graph import Array, Graph, same_padding

_DTYPES = {0: np.float32, 1: np.float16, 2: np.int32, 9: np.int8}
_OPS = {v: k for k, v in vars(schema.BuiltinOperator).items() if not k.startswith("_")}
_ACTIVATIONS = {0: "", 1: "Relu", 3: "Relu6"}


class Converter:
    """Walks the one subgraph in order; `names` maps a tensor's index to its ONNX name."""

    def __init__(self, data: bytes, scale: float, offset: float, *, free_size: bool) -> None:
        self.model = schema.ModelT.InitFromPackedBuf(data, 0)
        self.net = self.model.subgraphs[0]
        self.graph = Graph()
        self.names: dict[int, str] = {}
        self.values: dict[int, Array] = {}
        self.free_size = free_size
        source = self.net.inputs[0]
        height, width = (int(size) for size in self.net.tensors[source].shape[1:3])
        sizes: tuple[int | str, int | str] = ("h", "w") if free_size else (height, width)
        pixels = self.graph.pixels("pixels", *sizes, batch="n")
        scaled = self.graph.affine(pixels, [-offset / scale], [scale])
        self.names[source] = self.graph.nchw(scaled)

    def shape(self, index: int) -> list[int]:
        """Shape as the file states it, NHWC."""
        return [int(size) for size in self.net.tensors[index].shape]

    def value(self, index: int) -> Array:
        """The constant behind a tensor."""
        if index not in self.values:
            tensor = self.net.tensors[index]
            data = np.frombuffer(bytes(self.model.buffers[tensor.buffer].data), np.uint8)
            self.values[index] = data.view(_DTYPES[tensor.type]).reshape(self.shape(index))
        return self.values[index]

    def is_constant(self, index: int) -> bool:
        """Whether the file holds its value."""
        if index in self.values:
            return True
        data = self.model.buffers[self.net.tensors[index].buffer].data
        return data is not None and len(data) > 0

    def get(self, index: int) -> str:
        """ONNX name; a constant is turned to NCHW where it has four axes."""
        if index in self.names:
            return self.names[index]
        value = np.asarray(self.value(index), np.float32)
        return self.graph.const(value.transpose(0, 3, 1, 2) if value.ndim == 4 else value)

    def activate(self, name: str, kind: int) -> str:
        """The activation that is fused into an operation."""
        op = _ACTIVATIONS[kind]
        if not op:
            return name
        if op == "Relu":
            return str(self.graph.add("Relu", name))
        low, high = (self.graph.const(np.array(v, np.float32)) for v in (0, 6))
        return str(self.graph.add("Clip", name, low, high))

    def padding(self, op: Any, kernel: tuple[int, int], options: Any) -> list[int]:
        if options.padding == schema.Padding.VALID:
            return [0, 0, 0, 0]
        height, width = self.shape(op.inputs[0])[1:3]
        top, bottom = same_padding(height, kernel[0], options.strideH)
        left, right = same_padding(width, kernel[1], options.strideW)
        return [top, left, bottom, right]

    def convolve(self, op: Any, *, depthwise: bool) -> str:
        options = op.builtinOptions
        kernel = np.asarray(self.value(op.inputs[1]), np.float32)
        order = (3, 0, 1, 2) if depthwise else (0, 3, 1, 2)
        kernel = kernel.transpose(order)
        size = (int(kernel.shape[2]), int(kernel.shape[3]))
        out = self.graph.add(
            "Conv",
            self.get(op.inputs[0]),
            self.graph.const(kernel),
            self.get(op.inputs[2]),
            strides=[options.strideH, options.strideW],
            pads=self.padding(op, size, options),
            kernel_shape=list(size),
            group=kernel.shape[0] if depthwise else 1,
        )
        return self.activate(str(out), options.fusedActivationFunction)

    def pool(self, op: Any, kind: str) -> str:
        options = op.builtinOptions
        size = (options.filterHeight, options.filterWidth)
        source = self.get(op.inputs[0])
        if kind == "AveragePool" and list(size) == self.shape(op.inputs[0])[1:3]:
            return str(self.graph.add("GlobalAveragePool", source))
        pads = self.padding(op, size, options)
        strides = [options.strideH, options.strideW]
        return str(
            self.graph.add(kind, source, kernel_shape=list(size), strides=strides, pads=pads)
        )

    def transpose_conv(self, op: Any) -> str:
        kernel = np.asarray(self.value(op.inputs[1]), np.float32).transpose(3, 0, 1, 2)
        return str(
            self.graph.add(
                "ConvTranspose",
                self.get(op.inputs[0]),
                self.graph.const(kernel),
                self.get(op.inputs[2]),
                strides=[2, 2],
                kernel_shape=list(kernel.shape[2:]),
            )
        )

    def pad(self, op: Any) -> str:
        amounts = self.value(op.inputs[1])[[0, 3, 1, 2]]
        pads = self.graph.ints(*amounts[:, 0].tolist(), *amounts[:, 1].tolist())
        return str(self.graph.add("Pad", self.get(op.inputs[0]), pads))

    def resize(self, op: Any) -> str:
        options = op.builtinOptions
        before, after = self.shape(op.inputs[0]), self.shape(op.outputs[0])
        factors = [1.0, 1.0, after[1] / before[1], after[2] / before[2]]
        mode = "align_corners" if options.alignCorners else "asymmetric"
        mode = "half_pixel" if options.halfPixelCenters else mode
        scales = self.graph.const(np.array(factors, np.float32))
        return str(
            self.graph.add(
                "Resize",
                self.get(op.inputs[0]),
                "",
                scales,
                mode="linear",
                coordinate_transformation_mode=mode,
            )
        )

    def reshape(self, op: Any) -> str:
        last = self.shape(op.outputs[0])[-1]
        nhwc = self.graph.nhwc(self.get(op.inputs[0]))
        return str(self.graph.add("Reshape", nhwc, self.graph.ints(0, -1, last)))

    def hard_swish(self, op: Any) -> str:
        return str(self.graph.add("HardSwish", self.get(op.inputs[0])))

    def prelu(self, op: Any) -> str:
        slope = np.asarray(self.value(op.inputs[1]), np.float32).reshape(-1, 1, 1)
        return str(self.graph.add("PRelu", self.get(op.inputs[0]), self.graph.const(slope)))

    def binary(self, op: Any, kind: str) -> str:
        out = self.graph.add(kind, self.get(op.inputs[0]), self.get(op.inputs[1]))
        return self.activate(str(out), op.builtinOptions.fusedActivationFunction)

    def unary(self, op: Any, kind: str) -> str:
        return str(self.graph.add(kind, self.get(op.inputs[0])))

    def step(self, op: Any) -> None:
        """Convert one operation; weights stored as half precision are widened here."""
        code = self.model.operatorCodes[op.opcodeIndex]
        name = _OPS[max(code.builtinCode, code.deprecatedBuiltinCode)]
        if name == "DEQUANTIZE" and self.is_constant(op.inputs[0]):
            self.values[op.outputs[0]] = self.value(op.inputs[0]).astype(np.float32)
            return
        handlers: dict[str, Callable[[], str]] = {
            "CONV_2D": lambda: self.convolve(op, depthwise=False),
            "DEPTHWISE_CONV_2D": lambda: self.convolve(op, depthwise=True),
            "MAX_POOL_2D": lambda: self.pool(op, "MaxPool"),
            "AVERAGE_POOL_2D": lambda: self.pool(op, "AveragePool"),
            "CUSTOM": lambda: self.transpose_conv(op),
            "PAD": lambda: self.pad(op),
            "RESIZE_BILINEAR": lambda: self.resize(op),
            "RESHAPE": lambda: self.reshape(op),
            "HARD_SWISH": lambda: self.hard_swish(op),
            "PRELU": lambda: self.prelu(op),
            "ADD": lambda: self.binary(op, "Add"),
            "MUL": lambda: self.binary(op, "Mul"),
            "RELU": lambda: self.unary(op, "Relu"),
            "LOGISTIC": lambda: self.unary(op, "Sigmoid"),
        }
        self.names[op.outputs[0]] = handlers[name]()

    def run(self, name: str, outputs: list[str]) -> onnx.ModelProto:
        """Convert everything; `outputs` names the file's outputs in their order."""
        for op in self.net.operators:
            self.step(op)
        shapes: dict[str, list[int | str]] = {}
        for index, output in zip(self.net.outputs, outputs, strict=True):
            shape: list[int | str] = ["n", *self.shape(index)[1:]]
            source = self.names[index]
            if len(shape) == 4:
                source = self.graph.nhwc(source)
            elif self.free_size:
                shape[1] = "anchors"
            self.graph.add("Identity", source, name=output)
            shapes[output] = shape
        return self.graph.model(name, shapes)


def convert(
    path: Path,
    name: str,
    outputs: list[str],
    *,
    scale: float,
    offset: float,
    free_size: bool = False,
) -> onnx.ModelProto:
    """Convert one file. The graph takes 8-bit pixels and computes `pixel * scale + offset`."""
    return Converter(path.read_bytes(), scale, offset, free_size=free_size).run(name, outputs)
