"""Finished pictures as files: sRGB, no metadata of the originals, the same bytes each time."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageCms

from safelight.model.creations import Pixels
from safelight.model.errors import RenderError

SCREEN_DPI = 96
TYPES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
"""Media types that a picture can be written as."""


def encode_pixels(
    pixels: Pixels, media_type: str = "image/jpeg", quality: int = 92, dpi: int = SCREEN_DPI
) -> bytes:
    """Encode plain pixels; see `encode`."""
    image = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
    return encode(image, media_type, quality, dpi)


def encode(image: Image.Image, media_type: str, quality: int = 92, dpi: int = SCREEN_DPI) -> bytes:
    """Encode a picture with an sRGB profile and its dots per inch, and no other metadata.

    Args:
        image: RGB, or RGBA where the type can be transparent.
        quality: 1 to 100, where the type has one.
        dpi: WebP has no place for it.

    Raises:
        RenderError: no such type.
    """
    if media_type not in TYPES:
        raise RenderError(f"a picture cannot be written as {media_type}")
    out = io.BytesIO()
    profile = srgb_profile()
    if media_type == "image/jpeg":
        image.save(out, "JPEG", quality=quality, subsampling=0, dpi=(dpi, dpi), icc_profile=profile)
    elif media_type == "image/png":
        image.save(out, "PNG", dpi=(dpi, dpi), icc_profile=profile, compress_level=6)
    else:
        image.save(out, "WEBP", quality=quality, method=4, icc_profile=profile)
    return out.getvalue()


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """An ICC profile of sRGB that names no device; always the same bytes."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # The header carries the time of making and a digest (ICC.1:2022, 7.2): fixed here, so that
    # the same picture gives the same bytes.
    profile[24:36] = bytes([7, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
    profile[84:100] = bytes(16)
    return bytes(profile)
