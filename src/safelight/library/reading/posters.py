"""One frame of a video that stands for it."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image

from safelight.model.errors import AnalysisError

_BLACK = 16.0
_FRAMES_TRIED = 24


def poster_frame(data: bytes, duration_s: float | None) -> Image.Image:
    """A frame about a tenth into the video, or the first after it that is not black; upright.

    Raises:
        AnalysisError: no frame can be decoded.
    """
    capture = cv2.VideoCapture(io.BytesIO(data), cv2.CAP_FFMPEG, [])
    try:
        frame = _bright_frame(capture, duration_s or _duration(capture))
    finally:
        capture.release()
    return Image.fromarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))


def _duration(capture: cv2.VideoCapture) -> float:
    rate = capture.get(cv2.CAP_PROP_FPS)
    frames = capture.get(cv2.CAP_PROP_FRAME_COUNT)
    return float(frames / rate) if rate > 0 and frames > 0 else 0.0


def _bright_frame(capture: cv2.VideoCapture, duration_s: float) -> np.ndarray:
    if duration_s > 1:
        capture.set(cv2.CAP_PROP_POS_MSEC, duration_s * 100)
    best: np.ndarray | None = None
    for _ in range(_FRAMES_TRIED):
        read, frame = capture.read()
        if not read:
            break
        if best is None or frame.mean() > best.mean():
            best = frame
        if best.mean() > _BLACK:
            break
    if best is None:
        raise AnalysisError("No picture of this video can be decoded.")
    return best
