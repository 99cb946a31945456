"""Any pixel format to 8-bit sRGB."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms

_SHARED_TRANSFORMS = 32
_DEEP = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """An RGB picture in sRGB: transparency on white, deep values scaled, profile applied."""
    flat = _flat(image)
    transform = _transform(profile, flat.mode) if profile else None
    if transform is not None:
        converted = ImageCms.applyTransform(flat, transform)
        assert converted is not None  # only with inPlace
        return converted
    return flat if flat.mode == "RGB" else flat.convert("RGB")


def needs_flattening(mode: str) -> bool:
    """Whether pixels of this mode must become plain colour before they can be averaged."""
    return mode not in {"RGB", "L", "CMYK"}


def _flat(image: Image.Image) -> Image.Image:
    if image.mode in _DEEP:
        return _from_deep(image)
    if image.mode in {"RGB", "L", "CMYK"} and "transparency" not in image.info:
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.has_transparency_data:
        return _on_white(image.convert("RGBA"))
    return image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _from_deep(image: Image.Image) -> Image.Image:
    """More than 8 bits a value: kept proportions, not clipped."""
    values = np.asarray(image)
    if values.dtype == np.uint16 or image.mode.startswith("I;16"):
        return Image.fromarray((values.astype(np.float32) / 257 + 0.5).astype(np.uint8))
    known = np.isfinite(values)
    numbers = np.where(known, values, 0).astype(np.float64)
    seen = numbers[known]
    low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 0.0)
    low, high = _range(low, high)
    scaled = np.where(known, (numbers - low) * (255.0 / (high - low)) + 0.5, 0)
    return Image.fromarray(np.clip(scaled, 0, 255).astype(np.uint8))


def _range(low: float, high: float) -> tuple[float, float]:
    """Black and white of a picture whose depth is not written down."""
    if low >= 0:
        for white in (1.0, 255.0, 65535.0):
            if high <= white:
                return 0.0, white
    return low, high if high > low else low + 1.0


@lru_cache(maxsize=_SHARED_TRANSFORMS)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """The way from a profile to sRGB; None where it is sRGB already or unusable."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
