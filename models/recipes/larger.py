"""ncnn weights of waifu2x's `upconv_7` -> ONNX: six convolutions and one that spreads out.

An ncnn file holds, layer by layer, a mark for half precision, the weights, zeros up to four
bytes, and the bias in single precision. Nothing is padded inside: seven pixels around what is to
be enlarged are used up.
"""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
from graph import Array, Graph

_CHANNELS = (3, 16, 32, 64, 128, 128, 256)
_HALF = 0x01306B47


class _Layers:
    """Reads one layer after the other."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, shape: tuple[int, ...], biases: int) -> tuple[Array, Array]:
        (mark,) = struct.unpack_from("<I", self._data, self._at)
        if mark != _HALF:
            raise SystemExit(f"layer at {self._at} is not in half precision")
        count = int(np.prod(shape))
        start = self._at + 4
        weights = np.frombuffer(self._data, np.float16, count, start).astype(np.float32)
        start += (2 * count + 3) // 4 * 4
        bias = np.frombuffer(self._data, np.float32, biases, start)
        self._at = start + 4 * biases
        return weights.reshape(shape), bias

    @property
    def done(self) -> bool:
        return self._at == len(self._data)


def convert(path: Path) -> onnx.ModelProto:
    """A network from 8-bit pixels to pixels, twice as wide and high, less 28 on each side."""
    layers, graph = _Layers(path.read_bytes()), Graph()
    value = graph.nchw(graph.affine(graph.pixels("pixels", "h", "w"), [0.0], [1 / 255]))
    for before, after in pairwise(_CHANNELS):
        weights, bias = layers.take((after, before, 3, 3), after)
        value = graph.add("Conv", value, graph.const(weights), graph.const(bias))
        value = graph.add("LeakyRelu", value, alpha=0.1)
    weights, bias = layers.take((3, _CHANNELS[-1], 4, 4), 3)
    if not layers.done:
        raise SystemExit("the file holds more than seven layers")
    spread = graph.const(weights.transpose(1, 0, 2, 3))
    value = graph.add(
        "ConvTranspose", value, spread, graph.const(bias), strides=[2, 2], pads=[3, 3, 3, 3]
    )
    value = graph.affine(graph.nhwc(value), [0.0], [255.0])
    value = graph.add("Clip", value, graph.const(np.float32(0)), graph.const(np.float32(255)))
    graph.add("Identity", value, name="larger")
    return graph.model("larger", {"larger": ["n", "h2", "w2", 3]})
