"""open_nsfw as packaged in ONNX -> current operators, 8-bit RGB pixels in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from graph import OPSET
from onnx import TensorProto, helper, numpy_helper, version_converter

MEAN_BGR = (104.0, 117.0, 123.0)


def convert(path: Path) -> onnx.ModelProto:
    """Raise the operator set and put the pixel arithmetic in front: RGB to BGR, minus the mean."""
    model = version_converter.convert_version(onnx.load(path), OPSET)
    graph = model.graph
    old = graph.input[0].name
    constants = {
        "flip": np.array([2, 1, 0], np.int64),
        "mean": np.array(MEAN_BGR, np.float32),
    }
    graph.initializer.extend(numpy_helper.from_array(v, k) for k, v in constants.items())
    front = [
        helper.make_node("Cast", ["pixels"], ["as_float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["as_float", "flip"], ["bgr"], axis=3),
        helper.make_node("Sub", ["bgr", "mean"], [old]),
    ]
    nodes = [*front, *graph.node]
    del graph.node[:], graph.input[:]
    graph.node.extend(nodes)
    shape = ["n", 224, 224, 3]
    graph.input.append(helper.make_tensor_value_info("pixels", TensorProto.UINT8, shape))
    return model
