"""Files of the demo library: painted frames as a camera would have written them."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from safelight.testing.demo_story import Frame
from safelight.testing.scenes import paint
from safelight.testing.scenes.colour import Array

QUALITY = 88
_MARGIN = 1.03
_QUARTER_TURNS = {1: 0, 3: 2, 6: 1, 8: -1}


def write_frame(folder: str, frame: Frame) -> list[str]:
    """Paint one frame and write its one or more files; give back their paths under `folder`."""
    cv2.setNumThreads(1)  # one process a core is faster than threads inside each
    return [
        _write(Path(folder), frame, pixels, index) for index, pixels in enumerate(_pictures(frame))
    ]


def _pictures(frame: Frame) -> list[Array]:
    width, height = frame.size
    if frame.burst == 1:
        return [paint(frame.kind, frame.seed, width, height, hour=frame.hour, season=frame.season)]
    wide, tall = round(width * _MARGIN), round(height * _MARGIN)
    whole = paint(frame.kind, frame.seed, wide, tall, hour=frame.hour, season=frame.season)
    rng = np.random.default_rng(frame.seed)
    return [_shaken(whole, width, height, rng) for _ in range(frame.burst)]


def _shaken(whole: Array, width: int, height: int, rng: np.random.Generator) -> Array:
    """One picture of a burst: the hand moved a little, and the exposure."""
    y = int(rng.integers(0, whole.shape[0] - height + 1))
    x = int(rng.integers(0, whole.shape[1] - width + 1))
    part = whole[y : y + height, x : x + width]
    return np.asarray(cv2.convertScaleAbs(part, alpha=float(rng.uniform(0.97, 1.02))))


def _write(folder: Path, frame: Frame, pixels: Array, index: int) -> str:
    taken = frame.taken + timedelta(seconds=index)
    name = f"{taken:%Y}/{taken:%m}/{taken:%Y%m%d_%H%M%S}.jpg"
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = jpeg(pixels, exif(frame, taken), frame.orientation, frame.rating)
    path.write_bytes(data)
    stamp(path, taken, frame.offset)
    return name


def stamp(path: Path, taken: datetime, offset: int | None) -> None:
    """Set a file's date to the capture time, as a copy from a card would."""
    zone = UTC if offset is None else timezone(timedelta(minutes=offset))
    seconds = taken.replace(tzinfo=zone).timestamp()
    os.utime(path, (seconds, seconds))


def jpeg(pixels: Array, tags: Image.Exif, orientation: int = 1, rating: int | None = None) -> bytes:
    """Encode upright pixels as a JPEG stored with an EXIF orientation (1, 3, 6 or 8)."""
    tags[0x0112] = orientation
    stored = np.ascontiguousarray(np.rot90(pixels, _QUARTER_TURNS[orientation]))
    out = io.BytesIO()
    extra = {} if rating is None else {"xmp": rating_xmp(rating)}
    Image.fromarray(stored).save(out, "JPEG", quality=QUALITY, exif=tags.tobytes(), **extra)
    return out.getvalue()


def exif(frame: Frame, taken: datetime) -> Image.Exif:
    """Camera tags of a frame: honest about the camera, exact about time and place."""
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x0131] = "Safelight", "Painted scene", "Safelight demo"
    tags[0x0132] = f"{taken:%Y:%m:%d %H:%M:%S}"
    more = tags.get_ifd(0x8769)
    more[0x9000] = b"0232"
    more[0x9003] = more[0x9004] = f"{taken:%Y:%m:%d %H:%M:%S}"
    if frame.offset is not None:
        sign, minutes = "-" if frame.offset < 0 else "+", abs(frame.offset)
        more[0x9010] = more[0x9011] = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    if frame.spot is not None:
        _locate(tags, frame.spot, taken - timedelta(minutes=frame.offset or 0))
    return tags


def _locate(tags: Image.Exif, spot: tuple[float, float], utc: datetime) -> None:
    gps = tags.get_ifd(0x8825)
    gps[0] = b"\2\3\0\0"
    for first, letters, value in ((1, "NS", spot[0]), (3, "EW", spot[1])):
        gps[first] = letters[value < 0]
        gps[first + 1] = _sexagesimal(abs(value))
    gps[7] = tuple(IFDRational(part, 1) for part in (utc.hour, utc.minute, utc.second))
    gps[29] = f"{utc:%Y:%m:%d}"


def _sexagesimal(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    hundredths = round(Fraction(degrees) * 360_000)
    return (
        IFDRational(hundredths // 360_000, 1),
        IFDRational(hundredths // 6_000 % 60, 1),
        IFDRational(hundredths % 6_000, 100),
    )


def rating_xmp(rating: int, title: str = "") -> bytes:
    """An XMP packet with a rating and, where given, a title (XMP part 1, Dublin Core)."""
    name = (
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        if title
        else ""
    )
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:Rating="{rating}">{name}'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()
