"""Writing fresh pixels: nothing goes into the file but what is named here."""

from __future__ import annotations

import io

from PIL import Image

from safelight.model.errors import RenderError

SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/avif": "avif",
    "video/mp4": "mp4",
    "image/gif": "gif",
    "application/pdf": "pdf",
}
"""What can leave, and the end of its file name."""

AS_MADE = frozenset({"video/mp4", "image/gif", "application/pdf"})
"""What is made here of fresh pixels and has no metadata to lose: it leaves as it is."""

PICTURES = tuple(kind for kind in SUFFIXES if kind not in AS_MADE)
"""What a picture can be written as."""

_QUALITY = 90
_LONGEST = {"image/jpeg": 65_500, "image/webp": 16_383, "image/avif": 65_536}
"""Longest side in pixels that the kind of file can have."""


def write_picture(image: Image.Image, media_type: str, profile: bytes, xmp: bytes) -> bytes:
    """Encode a picture in sRGB with a colour profile and one XMP packet, and nothing else.

    Args:
        profile: ICC profile of sRGB that names no device.
        xmp: the packet; empty for none.

    Raises:
        RenderError: there is no such type here, or the picture is too long for it.
    """
    most = _LONGEST.get(media_type)
    if most is not None and max(image.size) > most:
        raise RenderError(
            f"A picture of {max(image.size):,} pixels is too long for this kind of file, which "
            f"holds {most:,}. Choose a smaller size, or another kind."
        )
    fresh = Image.frombytes(image.mode, image.size, image.tobytes())  # no info travels along
    out = io.BytesIO()
    more = {"xmp": xmp} if xmp else {}
    if media_type == "image/jpeg":
        on_white(fresh).save(
            out, "JPEG", quality=_QUALITY, optimize=True, icc_profile=profile, **more
        )
    elif media_type == "image/png":
        fresh.save(out, "PNG", icc_profile=profile, pnginfo=_png_text(xmp))
    elif media_type == "image/webp":
        fresh.save(out, "WEBP", quality=_QUALITY, method=4, icc_profile=profile, **more)
    elif media_type == "image/avif":
        fresh.save(out, "AVIF", quality=78, speed=7, icc_profile=profile, **more)
    else:
        raise RenderError(f"A picture cannot be shared as {media_type}.")
    return out.getvalue()


def on_white(image: Image.Image) -> Image.Image:
    """A picture without transparency, for kinds of files that have none."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _png_text(xmp: bytes) -> object:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    if xmp:
        info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    return info
