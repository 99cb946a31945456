"""Channels in whole blocks, so that the runtime keeps one memory layout from end to end.

ONNX Runtime works on blocks of 16 channels (8 on older processors). A depthwise convolution over
8, 12, 24 or 36 channels does not fit, so the picture was turned from blocks into planes and back
around each, and what follows a sum was not joined to the convolution before it. Channels of zeros
fill the blocks, and a shortcut is widened by a convolution with ones on its diagonal instead of by
padding. Every number that comes out is the same but for the order of additions.
"""

from __future__ import annotations

import numpy as np
import onnx
from graph import Array
from onnx import helper, numpy_helper

BLOCK = 16


def in_blocks(model: onnx.ModelProto) -> onnx.ModelProto:
    """Widen what lies between convolutions to whole blocks."""
    net = _Net(model)
    for node in list(model.graph.node):
        if node.op_type == "Conv" and net.group(node) == 1:
            net.widen(node)
    for node in list(model.graph.node):
        if node.op_type == "Pad":
            net.as_convolution(node)
    net.drop_unused()
    onnx.checker.check_model(model)
    return model


class _Net:
    def __init__(self, model: onnx.ModelProto) -> None:
        self.graph = model.graph
        self.tensors = {tensor.name: tensor for tensor in self.graph.initializer}

    def group(self, node: onnx.NodeProto) -> int:
        """A convolution's number of groups."""
        return next((a.i for a in node.attribute if a.name == "group"), 1)

    def value(self, name: str) -> Array:
        """A constant."""
        return numpy_helper.to_array(self.tensors[name])

    def put(self, name: str, value: Array) -> None:
        """Replace a constant, or add one."""
        made = numpy_helper.from_array(np.ascontiguousarray(value), name)
        if name in self.tensors:
            self.tensors[name].CopyFrom(made)
        else:
            self.graph.initializer.append(made)
            self.tensors[name] = self.graph.initializer[-1]

    def readers(self, name: str) -> list[onnx.NodeProto]:
        """Nodes that read a tensor."""
        return [node for node in self.graph.node if name in node.input]

    def widen(self, node: onnx.NodeProto) -> None:
        """Fill up the outputs of a convolution, where all who read them can bear it."""
        channels = self.value(node.input[1]).shape[0]
        more = -channels % BLOCK
        passed, ended = self._followed(node.output[0])
        if not more or ended is None:
            return
        for at in (1, 2):
            self._pad(node.input[at], 0, more)
        for between in passed:
            if between.op_type == "Conv":
                for at in (1, 2):
                    self._pad(between.input[at], 0, more)
                _set_group(between, channels + more)
        for end in ended:
            self._pad(end.input[1], 1, more)

    def _followed(self, name: str) -> tuple[list[onnx.NodeProto], list[onnx.NodeProto] | None]:
        """What works channel by channel after a tensor, and the convolutions that end that.

        None in place of the latter where anything else reads it.
        """
        passed: list[onnx.NodeProto] = []
        ended: list[onnx.NodeProto] = []
        waiting = [name]
        while waiting:
            for node in self.readers(waiting.pop()):
                if node.op_type == "Relu" or (node.op_type == "Conv" and self.group(node) > 1):
                    passed.append(node)
                    waiting.append(node.output[0])
                elif node.op_type == "Conv":
                    ended.append(node)
                else:
                    return [], None
        return passed, ended or None

    def _pad(self, name: str, axis: int, more: int) -> None:
        value = self.value(name)
        widths = [(0, 0)] * value.ndim
        widths[axis] = (0, more)
        self.put(name, np.pad(value, widths))

    def as_convolution(self, node: onnx.NodeProto) -> None:
        """Widen by a convolution what was padded with channels of zeros."""
        pads = self.value(node.input[1]).tolist()
        if any(pads[:5]) or any(pads[6:]):
            raise SystemExit(f"{node.name} pads more than channels behind")
        channels = self._channels(node.input[0])
        name = f"{node.name}_wider"
        self.put(name, np.eye(channels + pads[5], channels, dtype=np.float32)[:, :, None, None])
        made = helper.make_node(
            "Conv", [node.input[0], name], [node.output[0]], name=node.name, kernel_shape=[1, 1]
        )
        node.CopyFrom(made)

    def _channels(self, name: str) -> int:
        source = next(node for node in self.graph.node if name in node.output)
        if source.op_type == "Conv":
            return int(self.value(source.input[1]).shape[0])
        return self._channels(source.input[0])

    def drop_unused(self) -> None:
        """Leave out constants that nobody reads any more."""
        used = {name for node in self.graph.node for name in node.input}
        for tensor in [t for t in self.graph.initializer if t.name not in used]:
            self.graph.initializer.remove(tensor)


def _set_group(node: onnx.NodeProto, group: int) -> None:
    next(a for a in node.attribute if a.name == "group").i = group
