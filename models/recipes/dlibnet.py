"""dlib's face recognition ResNet (`.dat`) -> ONNX.

The file lists the layers in the order in which they run, each after its tag: convolutions, affine
layers (batch normalisation at rest) and one fully connected layer hold tensors; the rest follows
from the order of the tags. dlib adds two maps of different sizes by filling with zeros, and pads a
convolution only where its stride is one; both are kept, so that templates agree with dlib's.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from graph import Array, Graph

EDGE = 150
MEAN = (122.782, 117.001, 104.298)
_TAGS = re.compile(rb"con_4|affine_|relu_|max_pool_2|avg_pool_2|add_prev_1|fc_2")


def _integer(data: bytes, at: int) -> tuple[int, int]:
    """dlib's compact integer: a byte of length and sign, then little-endian bytes."""
    head = data[at]
    length = head & 0x0F
    value = int.from_bytes(data[at + 1 : at + 1 + length], "little")
    return (-value if head & 0x80 else value), at + 1 + length


def _tensor(data: bytes, at: int) -> tuple[Array, int]:
    """A tensor of version 2: version, four sizes, floats."""
    numbers = []
    for _ in range(5):
        number, at = _integer(data, at)
        numbers.append(number)
    if numbers[0] != 2:
        raise ValueError(f"tensor version {numbers[0]}")
    count = int(np.prod(numbers[1:]))
    end = at + 4 * count
    return np.array(struct.unpack(f"<{count}f", data[at:end]), np.float32), end


@dataclass
class _Map:
    """A feature map: its ONNX name, channels and edge."""

    name: str
    channels: int
    edge: int


class _Converter:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.graph = Graph()
        mean = self.graph.affine(self.graph.pixels("pixels", EDGE, EDGE), MEAN, [1 / 256])
        self.map = _Map(self.graph.nchw(mean), 3, EDGE)

    def tag(self) -> str:
        """Move to the next layer; gives its tag, "" at the end."""
        found = _TAGS.search(self.data, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found.group().decode()

    def expect(self, tag: str) -> None:
        found = self.tag()
        if found != tag:
            raise ValueError(f"expected {tag}, found {found}")

    def conv(self, value: _Map) -> _Map:
        """A convolution and the affine layer behind it, as one."""
        params, self.at = _tensor(self.data, self.at)
        sizes = []
        for _ in range(7):  # filters, rows, columns, stride y, stride x, padding y, padding x
            number, self.at = _integer(self.data, self.at)
            sizes.append(number)
        filters, kernel, _, stride, _, padding, _ = sizes
        weight = params[:-filters].reshape(filters, value.channels, kernel, kernel)
        bias = params[-filters:]
        self.expect("affine_")
        affine, self.at = _tensor(self.data, self.at)
        gain, shift = affine[:filters], affine[filters:]
        name = self.graph.add(
            "Conv",
            value.name,
            self.graph.const(weight * gain[:, None, None, None]),
            self.graph.const(bias * gain + shift),
            strides=[stride, stride],
            pads=[padding] * 4,
            kernel_shape=[kernel, kernel],
        )
        return _Map(str(name), filters, (value.edge + 2 * padding - kernel) // stride + 1)

    def relu(self, value: _Map) -> _Map:
        return _Map(str(self.graph.add("Relu", value.name)), value.channels, value.edge)

    def pool(self, value: _Map, kind: str, size: int) -> _Map:
        name = self.graph.add(kind, value.name, kernel_shape=[size, size], strides=[2, 2])
        return _Map(str(name), value.channels, (value.edge - size) // 2 + 1)

    def fill(self, value: _Map, channels: int, edge: int) -> str:
        """Zeros up to the given size."""
        if (value.channels, value.edge) == (channels, edge):
            return value.name
        pads = [0, channels - value.channels, edge - value.edge, edge - value.edge]
        return str(self.graph.add("Pad", value.name, self.graph.ints(0, 0, 0, 0, *pads)))

    def residual(self, start: _Map) -> _Map:
        """Two convolutions and a shortcut; the first `con_4` tag is already read."""
        value = self.relu(self.conv(start))
        self.expect("relu_")
        self.expect("con_4")
        value = self.conv(value)
        if self.tag() == "avg_pool_2":
            start = self.pool(start, "AveragePool", 2)
            self.expect("add_prev_1")
        channels = max(value.channels, start.channels)
        edge = max(value.edge, start.edge)
        total = self.graph.add(
            "Add", self.fill(value, channels, edge), self.fill(start, channels, edge)
        )
        self.expect("relu_")
        return self.relu(_Map(str(total), channels, edge))

    def run(self) -> onnx.ModelProto:
        self.expect("con_4")
        value = self.relu(self.conv(self.map))
        self.expect("relu_")
        self.expect("max_pool_2")
        value = self.pool(value, "MaxPool", 3)
        while self.tag() == "con_4":
            value = self.residual(value)
        self.expect("fc_2")  # the tag before it was the average over everything
        for _ in range(2):
            _, self.at = _integer(self.data, self.at)
        weight, self.at = _tensor(self.data, self.at)
        pooled = self.graph.add("Flatten", self.graph.add("GlobalAveragePool", value.name))
        matrix = self.graph.const(weight.reshape(value.channels, -1))
        self.graph.add("MatMul", pooled, matrix, name="template")
        return self.graph.model("face-template", {"template": ["n", 128]})


def convert(path: Path) -> onnx.ModelProto:
    """Convert the `.dat` file."""
    return _Converter(path.read_bytes()).run()
