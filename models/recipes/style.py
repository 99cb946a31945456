"""Style networks: 8-bit ONNX with fixed sizes -> one that takes any size, and vectors of works.

The transform network came as TensorFlow Lite in 8 bits, quantised where it was converted for
384 by 384 pixels. Its layers hold for any size: taking the rounding of values between layers
out again, and giving names to the sides, is all it needs. The rounding was also what made it
coarse. What its styles come from is a vector of 100 numbers, so of a painting nothing else is kept.
"""

from __future__ import annotations

import json
import re
import struct
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import numpy_helper
from PIL import Image

WORKS = {
    "wave": ("board7_0.qml", "The Great Wave off Kanagawa", "Katsushika Hokusai", 1831, 1849),
    "poppies": ("board11_0.qml", "Poppies", "Katsushika Hokusai", 1832, 1849),
    "bridge": ("board10_0.qml", "Ryogoku Bridge at Sunset", "Katsushika Hokusai", 1832, 1849),
    "snow": ("board8_0.qml", "Snow at Inokashira", "Utagawa Hiroshige", 1843, 1858),
    "village": ("board22_0.qml", "Village Street in Auvers", "Vincent van Gogh", 1890, 1890),
    "summer": ("board21_0.qml", "Summertime", "Mary Cassatt", 1894, 1926),
    "dance": ("board1_0.qml", "Dance at Le Moulin de la Galette", "Auguste Renoir", 1876, 1919),
    "ramparts": ("board20_0.qml", "The Ramparts at Aigues-Mortes", "Frédéric Bazille", 1867, 1870),
    "harvest": ("board17_0.qml", "The Harvesters", "Pieter Bruegel the Elder", 1565, 1569),
    "composition": ("board19_0.qml", "Composition VIII", "Wassily Kandinsky", 1923, 1944),
}
"""By the word that names the style: the file that arranges the work, its title, artist, year,
and the year of the artist's death: all dead for more than 70 years."""


def plain(model: onnx.ModelProto) -> onnx.ModelProto:
    """The network that reads a style, as it is but for plain names of its ends."""
    _rename_ends(model.graph, {})
    model.producer_name, model.producer_version, model.doc_string = "safelight", "", ""
    return model


def free(model: onnx.ModelProto) -> onnx.ModelProto:
    """The network in 32 bits, for any height and width that 4 divides, with plain names."""
    graph = model.graph
    values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    renamed: dict[str, str] = {}
    nodes = []
    for node in graph.node:
        if node.op_type == "QuantizeLinear" and node.input[0] not in values:
            renamed[node.output[0]] = renamed.get(node.input[0], node.input[0])
        elif node.op_type == "DequantizeLinear" and node.input[0] in values:
            values[node.output[0]] = _widened(node, values)
        elif node.op_type == "DequantizeLinear":
            renamed[node.output[0]] = renamed.get(node.input[0], node.input[0])
        else:
            node.input[:] = [renamed.get(name, name) for name in node.input]
            nodes.append(node)
    used = {name for node in nodes for name in node.input}
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.initializer.extend(
        numpy_helper.from_array(_single(value), name)
        for name, value in values.items()
        if name in used
    )
    _rename_ends(graph, renamed)
    onnx.checker.check_model(model)
    return model


def _single(value: np.ndarray) -> np.ndarray:
    return value.astype(np.float32) if value.dtype == np.float64 else value


def _widened(node: onnx.NodeProto, values: dict[str, np.ndarray]) -> np.ndarray:
    """A weight with its scale applied, along the axis that has one scale a channel."""
    data, scale = values[node.input[0]].astype(np.float32), values[node.input[1]]
    zero = values[node.input[2]].astype(np.float32) if len(node.input) > 2 else np.float32(0)
    axis = next((a.i for a in node.attribute if a.name == "axis"), 1)
    if np.ndim(scale):
        shape = [1] * data.ndim
        shape[axis] = -1
        scale, zero = scale.reshape(shape), np.reshape(zero, shape)
    return (data - zero) * scale


def _rename_ends(graph: onnx.GraphProto, renamed: dict[str, str]) -> None:
    """Give inputs and outputs plain names, and sides no fixed length where they have one."""
    ends = {"content_image": "pixels", "style_image": "pixels"}
    ends["mobilenet_conv/Conv/BiasAdd"] = "style"
    last = graph.output[0].name
    ends[last] = "style" if len(graph.input) == 1 else "painted"
    inner = renamed.get(last, last)
    if inner != last:  # the last value was rounded: what is behind it is the output now
        ends[inner] = ends[last]
    for node in graph.node:
        node.input[:] = [ends.get(name, name) for name in node.input]
        node.output[:] = [ends.get(name, name) for name in node.output]
    for value in (*graph.input, *graph.output):
        value.name = ends.get(value.name, value.name)
        sides = value.type.tensor_type.shape.dim
        if sides[3].dim_value == 3 and sides[1].dim_value == 384:
            sides[1].dim_param, sides[2].dim_param = "h", "w"


def unpacked(package: Path, scratch: Path) -> dict[str, bytes]:
    """The files of the painting puzzles in GCompris's Debian package, by name."""
    subprocess.run(["dpkg-deb", "-x", str(package), str(scratch)], check=True)  # noqa: S603, S607
    bundle = next(scratch.rglob("paintings.rcc")).read_bytes()
    return dict(_resources(bundle))


def _resources(bundle: bytes) -> Iterator[tuple[str, bytes]]:
    """Files in a Qt resource bundle (format 1 to 3)."""
    version, tree, data, names = struct.unpack(">4I", bundle[4:20])
    size = 14 if version < 2 else 22

    def named(at: int) -> str:
        (length,) = struct.unpack(">H", bundle[names + at : names + at + 2])
        return bundle[names + at + 6 : names + at + 6 + 2 * length].decode("utf-16-be")

    def walk(number: int) -> Iterator[tuple[str, bytes]]:
        start = tree + number * size
        name, flags = struct.unpack(">IH", bundle[start : start + 6])
        if flags & 2:
            count, first = struct.unpack(">II", bundle[start + 6 : start + 14])
            for child in range(first, first + count):
                yield from walk(child)
            return
        (offset,) = struct.unpack(">I", bundle[start + 10 : start + 14])
        (length,) = struct.unpack(">I", bundle[data + offset : data + offset + 4])
        content = bundle[data + offset + 4 : data + offset + 4 + length]
        yield named(name), zlib.decompress(content[4:]) if flags & 1 else content

    yield from walk(0)


def assembled(files: dict[str, bytes], board: str, scratch: Path) -> Image.Image:
    """A work put together from the pieces of its puzzle."""
    text = files[board].decode()
    size = re.search(r'"width": *(\d+),\s*"height": *(\d+)', text)
    assert size is not None
    across, down = (int(number) for number in size.groups())
    found = re.findall(
        r'"pixmapfile" *: *"image/([^"]+\.webp)",\s*"x" *: *"([\d.]+)",\s*"y" *: *"([\d.]+)"', text
    )
    pieces = []
    for name, x, y in found:
        path = scratch / name
        path.write_bytes(files[name])
        piece = Image.open(path).convert("RGBA")
        left, top = float(x) * across - piece.width / 2, float(y) * down - piece.height / 2
        pieces.append((piece, left, top))
    left, top = min(p[1] for p in pieces), min(p[2] for p in pieces)
    right = max(p[1] + p[0].width for p in pieces)
    bottom = max(p[2] + p[0].height for p in pieces)
    canvas = Image.new("RGB", (int(right - left), int(bottom - top)), "#888888")
    for piece, x, y in pieces:
        canvas.paste(piece, (round(x - left), round(y - top)), piece)
    return canvas


def vectors(predict: bytes, works: dict[str, Image.Image]) -> str:
    """The style of each work as JSON: 100 numbers, with what the work is."""
    session = ort.InferenceSession(predict, providers=["CPUExecutionProvider"])
    rows = {}
    for name, picture in works.items():
        _, title, artist, year, died = WORKS[name]
        side = min(picture.size)
        left, top = (picture.width - side) // 2, (picture.height - side) // 2
        square = picture.crop((left, top, left + side, top + side))
        small = square.resize((256, 256), Image.Resampling.LANCZOS)
        pixels = np.asarray(small, np.float32)[None] / 255
        vector = session.run(None, {session.get_inputs()[0].name: pixels})[0].reshape(-1)
        rows[name] = {
            "title": title,
            "artist": artist,
            "year": year,
            "died": died,
            "style": [round(float(number), 4) for number in vector],
        }
    return json.dumps(rows, ensure_ascii=False, indent=1)
