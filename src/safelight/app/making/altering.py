"""The step that alters one photo: decoded, worked on and encoded again, all in a worker.

It stands in `app` because it joins rooms that must not know each other: `library.reading`
decodes, `creations` alters. Like every step it takes bytes and gives bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from PIL import Image

from safelight.creations.encoding import encode, encode_pixels
from safelight.creations.enhance import assess, enhance
from safelight.creations.restyle import LOOKS, develop, paint, read_style
from safelight.creations.sticker import cut_out
from safelight.engine import pack, pack_pieces, unpack
from safelight.library.reading import preparing
from safelight.library.reading.step import (
    build_decode_request,
    decode_scaled,
    parse_decode_response,
)
from safelight.model.creations import Box, Pixels
from safelight.model.errors import RenderError
from safelight.model.jobs import Payload

STEP_READ_STYLE = "safelight.app.making.altering:read_style_of"
COPY = "copy"
"""The work that alters nothing: the same picture in fresh pixels, upright, at most of a size."""
_TRIAL = 64


@dataclass(frozen=True, slots=True)
class Alteration:
    """What to do with a photo.

    Attributes:
        work: `enhance`, `look`, `paint`, `copy` or `sticker` (which gives a PNG).
        edge: long edge of the result in pixels at most; None for the full size.
        strength: 0 to 1.
        look: name of a darkroom look.
        style: 100 numbers to paint with.
        keep_colours: paint with the photo's own colours.
        faces: boxes as fractions of the upright picture.
        seed: for what is left to chance.
        quality: of the JPEG.
    """

    work: str
    edge: int | None = None
    strength: float = 1.0
    look: str = ""
    style: tuple[float, ...] = ()
    keep_colours: bool = False
    faces: tuple[tuple[float, float, float, float], ...] = ()
    seed: int = 0
    quality: int = 93


@dataclass(frozen=True, slots=True)
class Altered:
    """An altered photo as a JPEG, and what was found wrong with it, in words."""

    content: bytes
    width: int
    height: int
    words: tuple[str, ...] = ()


def build_alter_request(data: bytes, wanted: Alteration, max_megapixels: float) -> Payload:
    """Frame one alteration of one encoded picture."""
    return pack_pieces({"alteration": asdict(wanted), "max_megapixels": max_megapixels}, [data])


def parse_altered(output: bytes) -> Altered:
    """What came back.

    Raises:
        WireError: the message is damaged.
    """
    header, (content,) = unpack(output)
    return Altered(content, header["width"], header["height"], tuple(header["words"]))


def prepare() -> None:
    """Do every work once, to a grey picture: models and late parts are loaded, as no file can be.

    NumPy, for one, loads its random numbers when they are first asked for.
    """
    preparing.prepare()
    grey = Pixels(_TRIAL, _TRIAL, bytes([128]) * (3 * _TRIAL * _TRIAL))
    enhance(grey, assess(grey))
    for look in LOOKS:
        develop(grey, look, faces=[Box(8, 8, 4, 4)])
    encode_pixels(paint(grey, read_style(grey)), quality=90)
    with suppress(RenderError):  # there is nobody in it to cut out
        cut_out(grey)


def alter(payload: Payload) -> bytes:
    """Alter one encoded picture.

    Raises:
        AnalysisError: it cannot be decoded.
        RenderError: there is no such work.
    """
    header, (data,) = unpack(payload)
    wanted = Alteration(**header["alteration"])
    request = build_decode_request(data, wanted.edge, header["max_megapixels"])
    pixels = parse_decode_response(decode_scaled(request))
    if wanted.work == "sticker":
        faces = [scaled(face, pixels) for face in wanted.faces]
        cut = Image.fromarray(cut_out(pixels, faces), "RGBA")
        size = {"width": cut.width, "height": cut.height, "words": []}
        return pack(size, [encode(cut, "image/png")])
    made, words = _worked(pixels, wanted)
    content = encode_pixels(made, quality=wanted.quality)
    return pack({"width": made.width, "height": made.height, "words": words}, [content])


def _worked(pixels: Pixels, wanted: Alteration) -> tuple[Pixels, tuple[str, ...]]:
    faces = [scaled(face, pixels) for face in wanted.faces]
    if wanted.work == COPY:
        return pixels, ()
    if wanted.work == "enhance":
        found = assess(pixels)
        return enhance(pixels, found, strength=wanted.strength, faces=faces), found.words
    if wanted.work == "look":
        return (
            develop(pixels, wanted.look, strength=wanted.strength, seed=wanted.seed, faces=faces),
            (),
        )
    if wanted.work == "paint":
        return (
            paint(
                pixels,
                wanted.style,
                strength=wanted.strength,
                keep_colours=wanted.keep_colours,
                faces=faces,
            ),
            (),
        )
    raise RenderError(f"there is no alteration named {wanted.work!r}")


def read_style_of(payload: Payload) -> bytes:
    """Read the style of one encoded picture: 100 numbers in the header.

    Raises:
        AnalysisError: it cannot be decoded.
    """
    header, (data,) = unpack(payload)
    request = build_decode_request(data, 512, header["max_megapixels"])
    return pack({"style": read_style(parse_decode_response(decode_scaled(request)))})


def scaled(face: Sequence[float], pixels: Pixels) -> Box:
    """A box of fractions in pixels of a picture."""
    x, y, width, height = face
    return Box(x * pixels.width, y * pixels.height, width * pixels.width, height * pixels.height)


def parse_style(output: bytes) -> tuple[float, ...]:
    """The numbers that `read_style_of` gave."""
    header: dict[str, Any] = unpack(output)[0]
    return tuple(header["style"])
