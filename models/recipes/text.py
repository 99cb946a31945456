"""PP-OCR's detector and reader of lines, as RapidOCR packs them -> 8-bit RGB pixels in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def convert(path: Path, shape: list[int | str], output: str) -> onnx.ModelProto:
    """Put the pixel arithmetic in front (RGB to BGR, -1 to 1) and name the ends plainly."""
    model = onnx.load(path)
    graph = model.graph
    constants = [node for node in graph.node if node.op_type == "Constant"]
    kept = [node for node in graph.node if node.op_type != "Constant"]
    for node in constants:
        value = numpy_helper.to_array(node.attribute[0].t)
        graph.initializer.append(numpy_helper.from_array(value, node.output[0]))
    front = _front(graph)
    kept.append(helper.make_node("Identity", [graph.output[0].name], [output]))
    rank = len(graph.output[0].type.tensor_type.shape.dim)
    del graph.node[:], graph.input[:], graph.output[:]
    graph.node.extend([*front, *kept])
    graph.input.append(helper.make_tensor_value_info("pixels", TensorProto.UINT8, shape))
    free = [f"d{axis}" for axis in range(rank)]
    graph.output.append(helper.make_tensor_value_info(output, TensorProto.FLOAT, free))
    return model


def letters(path: Path) -> str:
    """What the reader can read, one a line, in the order of its outputs after the blank."""
    (listed,) = (item.value for item in onnx.load(path).metadata_props if item.key == "character")
    return "\n".join([*listed.split("\n"), " "])


def _front(graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    values = {
        "flip": np.array([2, 1, 0], np.int64),
        "half": np.array(127.5, np.float32),
        "one": np.array(1, np.float32),
    }
    graph.initializer.extend(numpy_helper.from_array(v, k) for k, v in values.items())
    return [
        helper.make_node("Cast", ["pixels"], ["as_float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["as_float", "flip"], ["bgr"], axis=3),
        helper.make_node("Transpose", ["bgr"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Div", ["planes", "half"], ["halved"]),
        helper.make_node("Sub", ["halved", "one"], [graph.input[0].name]),
    ]
