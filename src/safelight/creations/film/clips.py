"""Clips in films: which seconds of a video are worth showing, and its frames as planes.

A stretch is good when it is sharp, when something moves in it while the camera does not run
about, when it is neither dark nor burnt out, and when nothing is cut in the middle of it. The
first and last moments of a clip, in which somebody presses the button, count for less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.model.creations import Box

Plane = NDArray[np.uint8]
Frame = NDArray[np.uint8]

SURVEY_EDGE = 192
_STEP_S = 0.1
_QUIET_PAN, _WILD_PAN = 0.25, 1.0
_LIVELY = 0.03
_CUT = 0.22
_DARK, _BURNT = 40.0, 225.0
_EDGE_S, _EDGE_COST = 0.35, 0.25
_SHADE = 0.62
_MOMENTS = 13

# What a decoder that takes everything for BT.601 in the narrow range gave, back to the Y, Cb and
# Cr that were in the file; and the same from real RGB (ITU-R BT.601 and BT.709).
_FROM_601 = np.array(
    [
        [0.25679, 0.50413, 0.09791, 16.0],
        [-0.14822, -0.29099, 0.43922, 128.0],
        [0.43922, -0.36779, -0.07143, 128.0],
    ]
)
_FROM_RGB = np.array(
    [
        [0.18259, 0.61423, 0.06201, 16.0],
        [-0.10064, -0.33857, 0.43922, 128.0],
        [0.43922, -0.39894, -0.04027, 128.0],
    ]
)
# Y, Cb and Cr of BT.2020 in the narrow range to its RGB; its primaries to those of BT.709. The
# last is exact for light and near enough for coded values, which differ little between the two.
_RGB_OF_2020 = np.array(
    [
        [1.16438, 0.0, 1.67867],
        [1.16438, -0.18733, -0.65042],
        [1.16438, 2.14177, 0.0],
    ]
)
_PRIMARIES = np.array(
    [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]]
)


@dataclass(frozen=True, slots=True)
class Look:
    """One moment of a clip.

    Attributes:
        at: seconds.
        sharpness: variance of the Laplacian, comparable within one clip only.
        motion: how much changes besides the camera's own movement, 0 to 1.
        pan: how fast the camera moves, widths of the picture a second.
        light: mean lightness, 0 to 255.
        faces: boxes of faces as fractions of the upright frame, where somebody may look for them.
        eye: what draws the eye, as fractions of the upright frame.
    """

    at: float
    sharpness: float
    motion: float
    pan: float
    light: float
    faces: tuple[Box, ...] = ()
    eye: Box | None = None


def look_at(
    at: float, before: Frame, now: Frame, step: float = _STEP_S, faces: tuple[Box, ...] = ()
) -> Look:
    """Measure a moment from two small frames that are `step` seconds apart."""
    one, two = (
        np.asarray(cv2.cvtColor(each, cv2.COLOR_BGR2GRAY), np.uint8) for each in (before, now)
    )
    (across, down), _ = cv2.phaseCorrelate(one.astype(np.float32), two.astype(np.float32))
    height, width = one.shape
    move = np.array([[1, 0, across], [0, 1, down]], np.float32)
    steadied = cv2.warpAffine(one, move, (width, height), borderMode=cv2.BORDER_REPLICATE)
    changed = float(np.asarray(cv2.absdiff(steadied, two), np.uint8).mean()) / 255
    return Look(
        at=at,
        sharpness=float(cv2.Laplacian(two, cv2.CV_64F).var()),
        motion=changed * min(1.0, _STEP_S / step),
        pan=float(np.hypot(across, down)) / width / step,
        light=float(two.mean()),
        faces=faces,
    )


def best_stretch(looks: Sequence[Look], seconds: float, wanted: float) -> float:
    """Where the best `wanted` seconds of a clip begin.

    Args:
        looks: moments in rising time; of a long clip only some were looked at.
        seconds: how long the clip is.
    """
    last = max(0.0, seconds - wanted)
    if not looks or last <= 0:
        return last / 2
    worth, times = _worth(looks), np.array([each.at for each in looks])
    begins = np.arange(0, last + 1e-6, 0.1)
    scores = [_score(worth, times, float(begin), wanted, seconds) for begin in begins]
    return float(begins[int(np.argmax(scores))])


def _score(
    worth: NDArray[np.float64],
    times: NDArray[np.float64],
    begin: float,
    wanted: float,
    seconds: float,
) -> float:
    inside = (times >= begin) & (times <= begin + wanted)
    if not inside.any():
        return -np.inf
    usual = float(np.median(np.diff(times))) if len(times) > 1 else wanted
    seen = min(1.0, float(inside.sum()) * usual / wanted)
    # Between two looks it is likely to be as between them: few looks are not to hide what is bad.
    moments = np.linspace(begin, begin + wanted, _MOMENTS)
    score = float(np.interp(moments, times, worth).mean()) - 0.15 * (1 - seen)
    score -= 0.6 * float((worth[inside] < -0.5).any())
    score -= _EDGE_COST * sum(room < _EDGE_S for room in (begin, seconds - begin - wanted)) / 2
    # Of a long clip a few moments were looked at: they belong in the middle of what is shown.
    return score - 0.02 * abs(float(times[inside].mean()) - begin - wanted / 2)


def _worth(looks: Sequence[Look]) -> NDArray[np.float64]:
    sharpest = max(float(np.quantile([each.sharpness for each in looks], 0.9)), 1e-6)
    found = []
    for each in looks:
        worth = min(1.0, each.sharpness / sharpest)
        worth += 0.5 * min(1.0, each.motion / _LIVELY)
        worth += 0.6 * min(1.0, sum(face.width for face in each.faces) / 0.2)
        worth -= 1.2 * min(1.0, max(0.0, each.pan - _QUIET_PAN) / (_WILD_PAN - _QUIET_PAN))
        worth -= 1.0 * (each.light < _DARK) + 0.7 * (each.light > _BURNT)
        found.append(-1.0 if each.motion > _CUT else worth)
    return np.array(found)


def clip_planes(frame: Frame, colours: str) -> tuple[Plane, Plane, Plane]:
    """A decoded frame as planes of BT.709 in the narrow range.

    Args:
        frame: even sides, BGR, as OpenCV gives it: every video as if it were BT.601.
        colours: what it really is: `bt601`, `bt709`, `bt2020` or `hlg`.
    """
    height, width = frame.shape[:2]
    half = (width // 2, height // 2)
    if colours == "bt709":  # the decoder's own way back, which is several times as fast
        coded = np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420), np.uint8).reshape(-1)
        whole, quarter = width * height, half[0] * half[1]
        parts = (coded[at : at + quarter].reshape(half[::-1]) for at in (whole, whole + quarter))
        blue, red = parts
        return coded[:whole].reshape(height, width), blue, red
    converted = np.asarray(cv2.transform(frame, _MATRICES[colours]), np.uint8)
    luma, blue, red = cv2.split(converted)
    small = (cv2.resize(plane, half, interpolation=cv2.INTER_AREA) for plane in (blue, red))
    blue, red = small
    return np.asarray(luma, np.uint8), np.asarray(blue, np.uint8), np.asarray(red, np.uint8)


def laid_on_itself(frame: Frame, shape: tuple[int, int], colours: str) -> list[Plane]:
    """A frame that does not fill the film, before a soft and darker copy of itself."""
    width, height = shape
    cover = max(width / frame.shape[1], height / frame.shape[0])
    part = frame[:, _middle(frame.shape[1], width / cover)]
    part = part[_middle(frame.shape[0], height / cover), :]
    small = cv2.resize(part, (max(8, width // 16) & ~1, max(8, height // 16) & ~1),
                       interpolation=cv2.INTER_AREA)  # fmt: skip
    soft = cv2.GaussianBlur(small, (0, 0), max(small.shape[:2]) / 24)
    ground = clip_planes(np.asarray(soft * _SHADE, np.uint8), colours)
    planes = [
        np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_CUBIC), np.uint8)
        for plane, size in zip(ground, (shape, *2 * [(width // 2, height // 2)]), strict=True)
    ]
    left, top = (width - frame.shape[1]) // 4 * 2, (height - frame.shape[0]) // 4 * 2
    for number, inner in enumerate(clip_planes(frame, colours)):
        part_of = 1 if number == 0 else 2
        rows = slice(top // part_of, top // part_of + inner.shape[0])
        columns = slice(left // part_of, left // part_of + inner.shape[1])
        planes[number][rows, columns] = inner
    return planes


def _middle(full: int, wanted: float) -> slice:
    size = min(full, max(2, round(wanted)))
    start = (full - size) // 2
    return slice(start, start + size)


def _matrix(colours: str) -> NDArray[np.float64]:
    """From the decoder's BGR to planes, as one affine map."""
    if colours == "bt709":
        chosen = _FROM_601
    elif colours == "bt601":
        chosen = _FROM_RGB
    else:
        coded = _FROM_601.copy()
        coded[:, 3] -= (16, 128, 128)
        rgb = _PRIMARIES @ _RGB_OF_2020 @ coded
        chosen = _FROM_RGB[:, :3] @ rgb
        chosen[:, 3] += _FROM_RGB[:, 3]
    return np.asarray(chosen[:, [2, 1, 0, 3]])


_MATRICES = {name: _matrix(name) for name in ("bt601", "bt709", "bt2020", "hlg")}
