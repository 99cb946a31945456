"""EfficientNet-Lite2 checkpoint -> one graph with two outputs: class probabilities, embedding.

Architecture: EfficientNet (arXiv 1905.11946) in its "lite" form: no squeeze-and-excite, ReLU6,
width 1.1, depth 1.2, 260 pixels. Batch normalisation is folded into the convolutions.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from graph import Array, Graph, same_padding

EDGE = 260
EPSILON = 1e-3
STRIDES = {1: 2, 4: 2, 7: 2, 15: 2}  # first block of each stage that halves the picture


class _Converter:
    def __init__(self, weights: dict[str, Array]) -> None:
        self.weights = weights
        self.graph = Graph()
        self.size = EDGE

    def conv(self, value: str, conv: str, norm: str, *, stride: int = 1, groups: int = 1) -> str:
        weight = self.weights[f"{conv}.weight"]
        gain = self.weights[f"{norm}.weight"] / np.sqrt(
            self.weights[f"{norm}.running_var"] + EPSILON
        )
        bias = self.weights[f"{norm}.bias"] - self.weights[f"{norm}.running_mean"] * gain
        kernel = weight.shape[2]
        before, after = same_padding(self.size, kernel, stride)
        self.size = -(-self.size // stride)
        folded = (weight * gain[:, None, None, None]).astype(np.float32)
        return str(
            self.graph.add(
                "Conv",
                value,
                self.graph.const(folded),
                self.graph.const(bias.astype(np.float32)),
                strides=[stride, stride],
                pads=[before, before, after, after],
                kernel_shape=[kernel, kernel],
                group=groups,
            )
        )

    def relu6(self, value: str) -> str:
        low, high = (self.graph.const(np.array(v, np.float32)) for v in (0, 6))
        return str(self.graph.add("Clip", value, low, high))

    def block(self, value: str, index: int) -> str:
        name = f"_blocks.{index}"
        stride = STRIDES.get(index, 1)
        out = value
        if f"{name}._expand_conv.weight" in self.weights:
            out = self.relu6(self.conv(out, f"{name}._expand_conv", f"{name}._bn0"))
        depth = f"{name}._depthwise_conv"
        groups = self.weights[f"{depth}.weight"].shape[0]
        out = self.relu6(self.conv(out, depth, f"{name}._bn1", stride=stride, groups=groups))
        out = self.conv(out, f"{name}._project_conv", f"{name}._bn2")
        first = self.weights.get(f"{name}._expand_conv.weight")
        entering = first.shape[1] if first is not None else groups
        leaving = self.weights[f"{name}._project_conv.weight"].shape[0]
        return (
            str(self.graph.add("Add", out, value)) if stride == 1 and entering == leaving else out
        )

    def run(self) -> onnx.ModelProto:
        graph = self.graph
        value = graph.affine(graph.pixels("pixels", EDGE, EDGE), [127.0], [1 / 128])
        value = self.relu6(self.conv(graph.nchw(value), "_conv_stem", "_bn0", stride=2))
        for index in range(21):
            value = self.block(value, index)
        value = self.relu6(self.conv(value, "_conv_head", "_bn1"))
        pooled = graph.add("GlobalAveragePool", value)
        embedding = graph.add("Flatten", pooled, name="embedding")
        scores = graph.add(
            "Gemm",
            embedding,
            graph.const(self.weights["_fc.weight"]),
            graph.const(self.weights["_fc.bias"]),
            transB=1,
        )
        graph.add("Softmax", scores, name="classes", axis=1)
        return graph.model("efficientnet-lite2", {"classes": ["n", 1000], "embedding": ["n", 1280]})


def convert(checkpoint: Path) -> onnx.ModelProto:
    """Read the PyTorch checkpoint (tensors only) and build the graph."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    return _Converter({key: value.numpy() for key, value in state.items()}).run()
