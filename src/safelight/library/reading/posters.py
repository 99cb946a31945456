"""One frame of a video that stands for it."""

from __future__ import annotations

import io
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from safelight.model.errors import AnalysisError

_BLACK = 16.0
_FRAMES_TRIED = 24


def poster_frame(data: bytes, duration_s: float | None) -> Image.Image:
    """A frame about a tenth into the video, or the first after it that is not black; upright.

    Raises:
        AnalysisError: no frame can be decoded.
    """
    stream = io.BytesIO(data)  # OpenCV does not keep it alive: it must outlast the capture
    capture = cv2.VideoCapture(cast("cv2.IStreamReader", stream), cv2.CAP_FFMPEG, [])
    try:
        frame = _bright_frame(capture, duration_s or _duration(capture))
    finally:
        capture.release()
        stream.close()
    return Image.fromarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))


def _duration(capture: cv2.VideoCapture) -> float:
    rate = capture.get(cv2.CAP_PROP_FPS)
    frames = capture.get(cv2.CAP_PROP_FRAME_COUNT)
    return float(frames / rate) if rate > 0 and frames > 0 else 0.0


def _bright_frame(capture: cv2.VideoCapture, duration_s: float) -> NDArray[np.uint8]:
    for start_ms in (duration_s * 100 if duration_s > 1 else 0.0, 0.0):
        capture.set(cv2.CAP_PROP_POS_MSEC, start_ms)
        frame = _first_bright(capture)
        if frame is not None:  # an excerpt of a long video ends before a tenth of it
            return frame
    raise AnalysisError("No picture of this video can be decoded.")


def _first_bright(capture: cv2.VideoCapture) -> NDArray[np.uint8] | None:
    best: NDArray[np.uint8] | None = None
    brightness = -1.0
    for _ in range(_FRAMES_TRIED):
        read, frame = capture.read()
        if not read:
            break
        light = float(np.asarray(frame, dtype=np.uint8).mean())
        if light > brightness:
            best, brightness = np.asarray(frame, dtype=np.uint8), light
        if brightness > _BLACK:
            break
    return best
