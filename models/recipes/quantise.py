"""Smaller storage: static 8-bit quantisation, and half-precision weights widened at load."""

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
