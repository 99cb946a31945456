"""Face and other rectangles that photo programs wrote (MWG 2.0, Microsoft People Tags)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from safelight.library.reading.xmp import XmpNode
from safelight.model.assets import NamedRegion

_Box = tuple[float, float, float, float]
_MOST = 500


def named_regions(
    xmp: XmpNode, orientation: int, stored: tuple[int, int]
) -> tuple[NamedRegion, ...]:
    """Regions turned upright with the picture; MWG's where there are any, else Microsoft's.

    Args:
        orientation: EXIF orientation of the stored picture.
        stored: its pixels, width and height, before it is turned.
    """
    if _written_upright(xmp, orientation, stored):
        orientation = 1
    found = list(_mwg(xmp, stored)) or list(_microsoft(xmp))
    turned = [
        NamedRegion(name, kind, box)
        for name, kind, raw in found[:_MOST]
        if (box := _clipped(upright(raw, orientation))) is not None
    ]
    return tuple(turned)


def upright(box: _Box, orientation: int) -> _Box:
    """Turn a box (left, top, width, height as fractions) as EXIF orientation turns a picture."""
    x, y, w, h = box
    right, bottom = 1 - x - w, 1 - y - h
    turned = {
        2: (right, y, w, h),
        3: (right, bottom, w, h),
        4: (x, bottom, w, h),
        5: (y, x, h, w),
        6: (bottom, x, h, w),
        7: (bottom, right, h, w),
        8: (y, right, h, w),
    }
    return turned.get(orientation, box)


def _written_upright(xmp: XmpNode, orientation: int, stored: tuple[int, int]) -> bool:
    """Some programs measure on the turned picture: then its dimensions are the wrong way round."""
    if orientation < 5 or stored[0] == stored[1]:
        return False
    width, height = _applied_to(xmp)
    return width > 0 and height > 0 and (width > height) != (stored[0] > stored[1])


def _applied_to(xmp: XmpNode) -> tuple[float, float]:
    for size in xmp.inside("mwg-rs:Regions", "mwg-rs:AppliedToDimensions"):
        return _number(size.text("stDim:w")) or 0, _number(size.text("stDim:h")) or 0
    return 0, 0


def _mwg(xmp: XmpNode, stored: tuple[int, int]) -> Iterator[tuple[str | None, str, _Box]]:
    applied = _applied_to(xmp)
    for region in xmp.inside("mwg-rs:Regions", "mwg-rs:RegionList"):
        for area in region.inside("mwg-rs:Area"):
            values = [_number(area.text(f"stArea:{side}")) for side in "xywh"]
            x, y, w, h = (value if value is not None else math.nan for value in values)
            if area.text("stArea:unit") == "pixel":
                width, height = applied if all(applied) else stored
                if not width or not height:  # a picture that cannot be decoded has no size
                    continue
                x, y, w, h = x / width, y / height, w / width, h / height
            kind = (region.text("mwg-rs:Type") or "Face").lower()
            yield region.text("mwg-rs:Name"), kind, (x - w / 2, y - h / 2, w, h)


def _microsoft(xmp: XmpNode) -> Iterator[tuple[str | None, str, _Box]]:
    for region in xmp.inside("MP:RegionInfo", "MPRI:Regions"):
        values = [_number(part) for part in (region.text("MPReg:Rectangle") or "").split(",")]
        numbers = [value for value in values if value is not None]
        if len(numbers) == 4:
            x, y, w, h = numbers
            yield region.text("MPReg:PersonDisplayName"), "face", (x, y, w, h)


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _clipped(box: _Box) -> _Box | None:
    x, y, w, h = box
    left, top = max(0.0, x), max(0.0, y)
    width, height = min(1.0, x + w) - left, min(1.0, y + h) - top
    if not (width > 0 and height > 0):  # also for NaN
        return None
    return round(left, 6), round(top, 6), round(width, 6), round(height, 6)
