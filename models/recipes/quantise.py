"""Smaller storage: static 8-bit quantisation, and weights in few bits, widened at load."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
from graph import IR_VERSION, OPSET, Array
from onnx import numpy_helper
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process


class _Reader(CalibrationDataReader):  # type: ignore[misc]  # ships no types
    def __init__(self, name: str, batches: Sequence[Array]) -> None:
        self.feeds: Iterator[dict[str, Array]] = iter({name: batch} for batch in batches)

    def get_next(self) -> dict[str, Array] | None:
        return next(self.feeds, None)


def to_int8(
    model: onnx.ModelProto,
    batches: Sequence[Array],
    *,
    exclude: Sequence[str] = (),
    ops: Sequence[str] = ("Conv", "Gemm", "MatMul"),
    method: CalibrationMethod = CalibrationMethod.MinMax,
) -> onnx.ModelProto:
    """Quantise convolutions and matrix products; weights per channel, 7 bits.

    Seven bits, because processors without VNNI add pairs of 8-bit products in 16 bits, which
    overflow silently with eight.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, prepared, target = (Path(folder) / name for name in ("a.onnx", "b.onnx", "c.onnx"))
        onnx.save(model, source)
        quant_pre_process(source, prepared, skip_symbolic_shape=True)
        quantize_static(
            prepared,
            target,
            _Reader(model.graph.input[0].name, batches),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=list(ops),
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=method,
            nodes_to_exclude=list(exclude),
            extra_options={"ActivationSymmetric": False},
        )
        return _clean(onnx.load(target))


def to_half(model: onnx.ModelProto, smallest: int = 1024) -> onnx.ModelProto:
    """Store large float constants as float16 with a Cast; the session folds it at load.

    Arithmetic stays in float32, so speed does not change: only the file halves.
    """
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    casts = []
    for tensor in copy.graph.initializer:
        value = numpy_helper.to_array(tensor)
        if value.dtype != np.float32 or value.size < smallest:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(value.astype(np.float16), f"{name}_half"))
        casts.append(
            onnx.helper.make_node("Cast", [f"{name}_half"], [name], to=onnx.TensorProto.FLOAT)
        )
    nodes = [*casts, *copy.graph.node]
    del copy.graph.node[:]
    copy.graph.node.extend(nodes)
    return _clean(copy)


def to_bytes(model: onnx.ModelProto, smallest: int = 4096) -> onnx.ModelProto:
    """Store the weights of large convolutions in 8 bits with a scale for each channel.

    The session widens them at load, so arithmetic stays in float32. Written as a product and not
    as a DequantizeLinear, which the runtime leaves in the graph: then it is done for each picture.
    """
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    weights = {node.input[1] for node in copy.graph.node if node.op_type == "Conv"}
    widening = []
    for tensor in [t for t in copy.graph.initializer if t.name in weights]:
        value, name = numpy_helper.to_array(tensor), tensor.name
        if value.dtype != np.float32 or value.size < smallest:
            continue
        most = np.abs(value).max(axis=(1, 2, 3), keepdims=True)
        scale = (np.maximum(most, np.finfo(np.float32).tiny) / 127).astype(np.float32)
        levels = np.rint(value / scale).astype(np.int8)
        tensor.CopyFrom(numpy_helper.from_array(levels, f"{name}_levels"))
        copy.graph.initializer.append(numpy_helper.from_array(scale, f"{name}_scale"))
        widening += [
            onnx.helper.make_node(
                "Cast", [f"{name}_levels"], [f"{name}_floats"], to=onnx.TensorProto.FLOAT
            ),
            onnx.helper.make_node("Mul", [f"{name}_floats", f"{name}_scale"], [name]),
        ]
    nodes = [*widening, *copy.graph.node]
    del copy.graph.node[:]
    copy.graph.node.extend(nodes)
    return _clean(copy)


def _clean(model: onnx.ModelProto) -> onnx.ModelProto:
    """Drop what differs between machines or tells of them."""
    model.producer_name = "safelight"
    model.producer_version = ""
    model.doc_string = ""
    del model.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    del model.graph.value_info[:]
    model.ir_version = max(model.ir_version, IR_VERSION)
    assert any(item.version >= OPSET - 8 for item in model.opset_import)
    onnx.checker.check_model(model)
    return model
