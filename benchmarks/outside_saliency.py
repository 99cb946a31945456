"""Saliency maps by others, to judge collages with what did not place their crops.

Two maps, of whole photos: OpenCV's fine-grained saliency (Montabone and Soto, "Human detection
using a mobile platform and novel features derived from a visual saliency mechanism", 2010), which
is in `opencv-contrib-python-headless` only and so runs in an environment of its own; and a network
that was trained on what people marked as the object of a photo (IS-Net; Qin and others, "Highly
accurate dichotomous image segmentation", ECCV 2022), in the file of any background remover that
takes 1024 by 1024 pixels. Neither is part of the program.
"""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Map = NDArray[np.float64]

_EDGE = 400
_NETWORK = 1024
_FINE_GRAINED = """
import struct, sys
import cv2, numpy as np
finder = cv2.saliency.StaticSaliencyFineGrained_create()
while True:
    head = sys.stdin.buffer.read(8)
    if len(head) < 8:
        break
    height, width = struct.unpack("<II", head)
    picture = np.frombuffer(sys.stdin.buffer.read(height * width * 3), np.uint8)
    done, found = finder.computeSaliency(picture.reshape(height, width, 3)[:, :, ::-1].copy())
    sys.stdout.buffer.write(np.ascontiguousarray(found, np.float32).tobytes())
    sys.stdout.buffer.flush()
"""


def fine_grained(python: Path) -> Callable[[Picture], Map]:
    """OpenCV's map, made by that interpreter."""
    running = subprocess.Popen(
        [str(python), "-c", _FINE_GRAINED], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )

    def find(picture: Picture) -> Map:
        assert running.stdin is not None
        assert running.stdout is not None
        small = _small(picture)
        height, width = small.shape[:2]
        running.stdin.write(struct.pack("<II", height, width) + small.tobytes())
        running.stdin.flush()
        answer = running.stdout.read(height * width * 4)
        return np.frombuffer(answer, np.float32).reshape(height, width).astype(np.float64)

    return find


def network(path: Path) -> Callable[[Picture], Map]:
    """What that network takes for the object of a photo; a photo without one gives zeros."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    given = session.get_inputs()[0]
    first = [session.get_outputs()[0].name]
    kind = np.float16 if "float16" in given.type else np.float32

    def find(picture: Picture) -> Map:
        small = _small(picture)
        square = cv2.resize(picture, (_NETWORK, _NETWORK), interpolation=cv2.INTER_AREA)
        scaled = (square.astype(np.float32) - 128) / 256
        found = session.run(first, {given.name: scaled.transpose(2, 0, 1)[None].astype(kind)})[0]
        plane = np.asarray(found, np.float32).reshape(_NETWORK, _NETWORK)
        sized = cv2.resize(plane, small.shape[1::-1], interpolation=cv2.INTER_AREA)
        return np.clip(sized, 0, 1).astype(np.float64)

    return find


def _small(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    scale = min(1.0, _EDGE / max(height, width))
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    return np.ascontiguousarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
