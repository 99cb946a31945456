"""Sums and products between convolutions taken into them, as PP-OCR's networks need it.

As they are packed, every convolution of these networks is followed by up to eight passes over its
result: a factor, a term, a hard swish in four steps (Howard and others, arXiv 1905.02244), another
factor, another term. None of them knows ONNX Runtime's layout in blocks, so the picture is turned
out of it and back as well: more than half of the time. Here factors and terms go into the weights,
and the gate of a hard swish becomes a convolution over each channel alone, one by one, which is
cut to its range where it is computed. The same numbers, but for the order of additions.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import onnx
from graph import Array
from onnx import helper, numpy_helper


def joined(model: onnx.ModelProto) -> onnx.ModelProto:
    """Take into convolutions what follows them, and the terms that go before them."""
    net = _Net(model.graph)
    net.take_in_pixels()
    for conv in net.convolutions():
        net.take_in_affine(conv)
    for conv in net.convolutions():
        net.take_in_swish(conv)
    net.drop_unused()
    onnx.checker.check_model(model)
    return model


class _Net:
    def __init__(self, graph: onnx.GraphProto) -> None:
        self.graph = graph
        self.values = {each.name: numpy_helper.to_array(each) for each in graph.initializer}

    def convolutions(self) -> Iterator[onnx.NodeProto]:
        """Those that are in the graph now."""
        yield from [node for node in self.graph.node if node.op_type == "Conv"]

    def reader(self, name: str, *kinds: str) -> onnx.NodeProto | None:
        """The only node that reads a tensor, where it is one of these."""
        readers = [node for node in self.graph.node if name in node.input]
        return readers[0] if len(readers) == 1 and readers[0].op_type in kinds else None

    def number(self, node: onnx.NodeProto) -> float | None:
        """The one number among what a node reads, None where there is none."""
        known = [self.values[name] for name in node.input if name in self.values]
        return float(known[0].ravel()[0]) if known and known[0].size == 1 else None

    def put(self, name: str, value: Array) -> str:
        """Add a constant."""
        made = np.ascontiguousarray(value, value.dtype if value.dtype != float else np.float32)
        self.graph.initializer.append(numpy_helper.from_array(made, name))
        self.values[name] = made
        return name

    def weights(self, conv: onnx.NodeProto, weights: Array, bias: Array) -> None:
        """Give a convolution other weights."""
        stem = conv.output[0]
        names = [
            self.put(f"{stem}_{i}_{len(self.values)}", v) for i, v in enumerate((weights, bias))
        ]
        conv.input[1:] = names

    def bias(self, conv: onnx.NodeProto) -> Array:
        """What a convolution adds, zeros where nothing."""
        if len(conv.input) > 2:
            return self.values[conv.input[2]]
        return np.zeros(len(self.values[conv.input[1]]), np.float32)

    def skip(self, node: onnx.NodeProto, source: str) -> None:
        """Take a node out; `source` is read in its place."""
        for other in self.graph.node:
            for at, name in enumerate(other.input):
                if name == node.output[0]:
                    other.input[at] = source
        self.graph.node.remove(node)

    def take_in_pixels(self) -> None:
        """RGB to BGR and the division into the first convolution; planes before arithmetic."""
        (conv, *_) = self.convolutions()
        (*_, divide, shift), kept = self.graph.node[:5], self.graph.node[5:]
        half = self.values[divide.input[1]]
        weights = self.values[conv.input[1]][:, ::-1] / half
        self.weights(conv, weights, self.bias(conv))
        front = [
            helper.make_node("Transpose", ["pixels"], ["planes"], perm=[0, 3, 1, 2]),
            helper.make_node("Cast", ["planes"], ["as_float"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Sub", ["as_float", divide.input[1]], [shift.output[0]]),
        ]
        del self.graph.node[:]
        self.graph.node.extend([*front, *kept])

    def take_in_affine(self, conv: onnx.NodeProto) -> None:
        """A factor and a term behind a convolution."""
        while (node := self.reader(conv.output[0], "Mul", "Add")) is not None:
            number = self.number(node)
            if number is None:
                return
            weights, bias = self.values[conv.input[1]], self.bias(conv)
            if node.op_type == "Mul":
                self.weights(conv, weights * number, bias * number)
            else:
                self.weights(conv, weights, bias + number)
            self.skip(node, conv.output[0])

    def take_in_swish(self, conv: onnx.NodeProto) -> None:
        """x * clip(x + 3, 0, 6) / 6, times a factor, plus a term."""
        name = conv.output[0]
        readers = [node for node in self.graph.node if name in node.input]
        if [node.op_type for node in readers] != ["Add", "Mul"] or self.number(readers[0]) != 3.0:
            return
        more, product = readers
        clip, divide = self.reader(more.output[0], "Clip"), self.reader(product.output[0], "Div")
        if clip is None or divide is None or self.number(divide) != 6.0:
            return
        factor, term, end = 1.0, 0.0, divide
        while (node := self.reader(end.output[0], "Mul", "Add")) is not None:
            number = self.number(node)
            if number is None:
                break
            factor, term = (
                (factor * number, term * number)
                if node.op_type == "Mul"
                else (factor, term + number)
            )
            self.skip(node, end.output[0])
        self._gate(conv, clip, factor)
        product.input[:] = [name, clip.output[0]]
        self.graph.node.remove(more)
        self.skip(divide, product.output[0])
        self._add(product, len(self.values[conv.input[1]]), term)

    def _gate(self, conv: onnx.NodeProto, clip: onnx.NodeProto, factor: float) -> None:
        """factor * clip(x + 3, 0, 6) / 6, channel by channel."""
        channels = len(self.values[conv.input[1]])
        gate = self._alone(conv.output[0], channels, factor / 6, factor / 2)
        limits = sorted((0.0, factor))
        named = [
            self.put(f"{gate.output[0]}_{i}", np.array(v, np.float32)) for i, v in enumerate(limits)
        ]
        clip.input[:] = [gate.output[0], *named]
        self._insert(gate, clip)

    def _add(self, node: onnx.NodeProto, channels: int, term: float) -> None:
        """A term behind a node: into the convolution after it, where that pads with nothing."""
        if not term:
            return
        after = self.reader(node.output[0], "Conv")
        if after is not None and not any(_ints(after, "pads")):
            weights = self.values[after.input[1]]
            self.weights(after, weights, self.bias(after) + term * weights.sum(axis=(1, 2, 3)))
            return
        plus = self._alone(node.output[0], channels, 1.0, term)
        for other in self.graph.node:
            for at, name in enumerate(other.input):
                if name == node.output[0]:
                    other.input[at] = plus.output[0]
        nodes = list(self.graph.node)
        self._insert(plus, nodes[nodes.index(node) + 1])

    def _alone(self, name: str, channels: int, factor: float, term: float) -> onnx.NodeProto:
        """A factor and a term for each channel, as a convolution of one pixel."""
        node = helper.make_node("Conv", [name, ""], [f"{name}_alone"], group=channels)
        node.attribute.append(helper.make_attribute("kernel_shape", [1, 1]))
        weights = np.full((channels, 1, 1, 1), factor, np.float32)
        self.weights(node, weights, np.full(channels, term, np.float32))
        return node

    def _insert(self, node: onnx.NodeProto, before: onnx.NodeProto) -> None:
        nodes = list(self.graph.node)
        nodes.insert(nodes.index(before), node)
        del self.graph.node[:]
        self.graph.node.extend(nodes)

    def drop_unused(self) -> None:
        """Constants that nobody reads any more."""
        used = {name for node in self.graph.node for name in node.input}
        for tensor in [each for each in self.graph.initializer if each.name not in used]:
            self.graph.initializer.remove(tensor)


def _ints(node: onnx.NodeProto, name: str) -> list[int]:
    return next((list(each.ints) for each in node.attribute if each.name == name), [])
