"""Pixel arithmetic on planes: channels are put first before it, not after.

Adding three numbers along the last axis of three touches memory three values at a time; on planes
it is one number for a long row. The values are the same to the bit.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper

_FRONT = ("Cast", "Gather", "Sub", "Mul")


def channels_first(model: onnx.ModelProto) -> onnx.ModelProto:
    """Move the transpose that follows the arithmetic on the one input in front of it.

    Raises:
        SystemExit: the graph does not begin with such arithmetic.
    """
    graph = model.graph
    chain = _chain(graph)
    turn = chain.pop()
    constants = {tensor.name: tensor for tensor in graph.initializer}
    for node in chain:
        if node.op_type == "Gather":
            _set_axis(node)
        elif node.op_type in ("Sub", "Mul"):
            old = constants[node.input[1]]
            planes = numpy_helper.to_array(old).reshape(-1, 1, 1)
            name = f"{old.name}_planes"
            graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(planes), name))
            node.input[1] = name
    first = helper.make_node("Transpose", [graph.input[0].name], ["planes"], perm=[0, 3, 1, 2])
    chain[0].input[0] = "planes"
    chain[-1].output[0] = turn.output[0]
    graph.node.remove(turn)
    nodes = [first, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    _drop_unused(graph)
    onnx.checker.check_model(model)
    return model


def _chain(graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    name, chain = graph.input[0].name, []
    while True:
        readers = [node for node in graph.node if name in node.input]
        if len(readers) != 1 or readers[0].op_type not in (*_FRONT, "Transpose"):
            raise SystemExit(f"no pixel arithmetic in front of {name}")
        chain.append(readers[0])
        name = readers[0].output[0]
        if readers[0].op_type == "Transpose":
            return chain


def _set_axis(node: onnx.NodeProto) -> None:
    del node.attribute[:]
    node.attribute.append(helper.make_attribute("axis", 1))


def _drop_unused(graph: onnx.GraphProto) -> None:
    used = {name for node in graph.node for name in node.input}
    for tensor in [t for t in graph.initializer if t.name not in used]:
        graph.initializer.remove(tensor)
