"""How what was seen in a picture is packed into a few bytes, and found again.

A label is a word's number, its score in 255 steps and its kind: four bytes. Boxes and points are
fractions of the picture in 16,384 steps, so they may lie up to twice outside it.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields

import numpy as np
from numpy.typing import NDArray

from safelight.model.creations import Box
from safelight.model.observations import DetectedObject, FaceBox, Label
from safelight.model.quality import Quality

KINDS = ("scene", "object", "group")
LABEL = np.dtype([("word", "<u2"), ("score", "u1"), ("kind", "u1")])
OBJECT = np.dtype([("word", "<u2"), ("score", "u1"), ("box", "<i2", 4)])

_STEPS = 255
_FRACTION = 16_384
_FARTHEST = 1.999
_FACE = struct.Struct("<B16h")
_FIGURES = len(fields(Quality))
_POINTS = ("right_eye", "left_eye", "nose", "mouth", "right_ear", "left_ear")


def pack_labels(labels: Sequence[Label], number: Mapping[str, int]) -> bytes:
    """Labels, best first; `number` gives the number of every word."""
    rows = [(number[label.name], _step(label.score), KINDS.index(label.kind)) for label in labels]
    return np.array(rows, LABEL).tobytes()


def unpack_labels(blob: bytes, words: Mapping[int, str]) -> tuple[Label, ...]:
    """What `pack_labels` packed."""
    return tuple(
        Label(words[int(row["word"])], float(row["score"]) / _STEPS, KINDS[row["kind"]])
        for row in np.frombuffer(blob, LABEL)
    )


def pack_objects(objects: Sequence[DetectedObject], number: Mapping[str, int]) -> bytes:
    """Objects with their boxes."""
    table = np.empty(len(objects), OBJECT)  # some forty a picture: not one after the other
    table["word"] = [number[o.name] for o in objects]
    table["score"] = np.rint(np.clip([o.score for o in objects], 0, 1) * _STEPS)
    boxes = [(o.box.x, o.box.y, o.box.width, o.box.height) for o in objects]
    edges = np.array(boxes).reshape(-1, 4)
    table["box"] = np.rint(np.clip(edges, -_FARTHEST, _FARTHEST) * _FRACTION)
    return table.tobytes()


def unpack_objects(blob: bytes, words: Mapping[int, str]) -> tuple[DetectedObject, ...]:
    """What `pack_objects` packed."""
    return tuple(
        DetectedObject(
            words[int(row["word"])], float(row["score"]) / _STEPS, _unbox(row["box"].tolist())
        )
        for row in np.frombuffer(blob, OBJECT)
    )


def pack_faces(faces: Sequence[FaceBox]) -> bytes:
    """Faces with their points."""
    return b"".join(
        _FACE.pack(
            _step(face.score),
            *_box(face.box),
            *(_fraction(value) for name in _POINTS for value in getattr(face, name)),
        )
        for face in faces
    )


def unpack_faces(blob: bytes) -> tuple[FaceBox, ...]:
    """What `pack_faces` packed."""
    found = []
    for score, *values in _FACE.iter_unpack(blob):
        at = [value / _FRACTION for value in values[4:]]
        points = {name: (at[2 * i], at[2 * i + 1]) for i, name in enumerate(_POINTS)}
        found.append(FaceBox(_unbox(values[:4]), score / _STEPS, **points))
    return tuple(found)


def count_faces(blob: bytes) -> int:
    """How many faces a blob holds."""
    return len(blob) // _FACE.size


def pack_quality(quality: Quality) -> bytes:
    """Every figure; what is not known as not-a-number."""
    figures = [float("nan") if value is None else value for value in astuple(quality)]
    return np.array(figures, "<f4").tobytes()


def whole(blob: bytes) -> bytes:
    """A packed quality as long as they are now: figures that came later are 0 in older ones."""
    return blob.ljust(4 * _FIGURES, b"\0")


def unpack_quality(blob: bytes) -> Quality:
    """What `pack_quality` packed."""
    values = [
        None if np.isnan(v) else round(float(v), 6) for v in np.frombuffer(whole(blob), "<f4")
    ]
    return Quality(*values)  # type: ignore[arg-type]  # only optional figures are ever None


def quality_figure(blobs: Sequence[bytes], name: str) -> NDArray[np.float32]:
    """One figure of many pictures."""
    column = [field.name for field in fields(Quality)].index(name)
    table = np.frombuffer(b"".join(map(whole, blobs)), "<f4").reshape(-1, _FIGURES)
    return np.asarray(table[:, column])


def _step(score: float) -> int:
    return round(min(1.0, max(0.0, score)) * _STEPS)


def _fraction(value: float) -> int:
    return round(min(_FARTHEST, max(-_FARTHEST, value)) * _FRACTION)


def _box(box: Box) -> tuple[int, int, int, int]:
    return (_fraction(box.x), _fraction(box.y), _fraction(box.width), _fraction(box.height))


def _unbox(values: Sequence[int]) -> Box:
    x, y, width, height = (value / _FRACTION for value in values)
    return Box(x, y, width, height)
