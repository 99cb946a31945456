"""The first convolution of an 8-bit network in 32 bits again.

Three channels are too few for 8-bit products to pay, and the activation and the pool behind that
layer compute in floats: in floats as well it is joined to them. The weights stay rounded as they
are; what goes in and comes out is no longer. Measured on `objects`, where the second layer is in
32 bits too; `sensitive` gains nothing.
"""

from __future__ import annotations

import numpy as np
import onnx
from graph import Array
from onnx import numpy_helper


def in_floats(model: onnx.ModelProto) -> onnx.ModelProto:
    """Take the rounding away from around the first convolution."""
    graph = model.graph
    conv = next(node for node in graph.node if node.op_type == "Conv")
    for at in range(len(conv.input)):
        rounding = _maker(graph, conv.input[at])
        if rounding is None or rounding.op_type != "DequantizeLinear":
            continue
        whole = _maker(graph, rounding.input[0])
        if whole is not None and whole.op_type == "QuantizeLinear":
            conv.input[at] = whole.input[0]
        else:
            name = f"{rounding.output[0]}_floats"
            graph.initializer.append(numpy_helper.from_array(_unrounded(graph, rounding), name))
            conv.input[at] = name
    _let_out(graph, conv)
    _drop_unused(graph)
    onnx.checker.check_model(model)
    return model


def _let_out(graph: onnx.GraphProto, conv: onnx.NodeProto) -> None:
    """Read the convolution's own output where its rounded copy was read.

    Only where an activation computes in floats with it; 8-bit layers need it rounded.
    """
    for rounded in _readers(graph, conv.output[0]):
        if rounded.op_type != "QuantizeLinear":
            continue
        for back in _readers(graph, rounded.output[0]):
            after = _readers(graph, back.output[0])
            if all(node.op_type == "LeakyRelu" for node in after):
                for node in after:
                    node.input[0] = conv.output[0]


def _unrounded(graph: onnx.GraphProto, node: onnx.NodeProto) -> Array:
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    values, scale = constants[node.input[0]], constants[node.input[1]]
    zero = constants[node.input[2]] if len(node.input) > 2 else np.zeros_like(scale, values.dtype)
    shape = (-1,) + (1,) * (values.ndim - 1)
    if scale.ndim:
        scale, zero = scale.reshape(shape), zero.reshape(shape)
    return np.asarray((values.astype(np.float32) - zero) * scale, np.float32)


def _maker(graph: onnx.GraphProto, name: str) -> onnx.NodeProto | None:
    return next((node for node in graph.node if name in node.output), None)


def _readers(graph: onnx.GraphProto, name: str) -> list[onnx.NodeProto]:
    return [node for node in graph.node if name in node.input]


def _drop_unused(graph: onnx.GraphProto) -> None:
    wanted = {output.name for output in graph.output}
    while True:
        used = wanted | {name for node in graph.node for name in node.input}
        idle = [node for node in graph.node if not used.intersection(node.output)]
        if not idle:
            break
        for node in idle:
            graph.node.remove(node)
    for tensor in [t for t in graph.initializer if t.name not in used]:
        graph.initializer.remove(tensor)
