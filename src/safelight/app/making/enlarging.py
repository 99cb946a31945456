"""Photos twice as large: bands of rows, a job each, put together in order.

A band's job decodes and enhances the whole photo first, which is quick beside enlarging. So
progress is told, a stop is heard, and no job takes long or much memory.
"""

from __future__ import annotations

from collections.abc import Sequence

from safelight.app.composition import Rooms
from safelight.app.making.altering import Altered, scaled
from safelight.app.making.pictures import Pictures
from safelight.app.making.wishes import Progress
from safelight.creations.encoding import encode_pixels
from safelight.creations.enhance import assess, enhance
from safelight.creations.enlarge import FACTOR, enlarge
from safelight.engine import pack, pack_pieces, unpack
from safelight.library.reading import preparing
from safelight.library.reading.step import (
    build_decode_request,
    decode_scaled,
    parse_decode_response,
)
from safelight.model.consent import Purpose
from safelight.model.creations import Pixels
from safelight.model.errors import RenderError, UserError
from safelight.model.jobs import Job, Payload

STEP_ENLARGE = "safelight.app.making.enlarging:enlarge_band"
MOST_MEGAPIXELS = 6.0
"""Photos of more are large enough, and would take minutes."""
_A_BAND = 400_000
"""Pixels of a photo in one job: some seconds of work."""
_QUALITY = 93


class Enlarging:
    """Enhances single photos and doubles their width and height."""

    def __init__(self, rooms: Rooms, pictures: Pictures) -> None:
        self._rooms = rooms
        self._pictures = pictures

    def make(self, asset: str, strength: float, report: Progress) -> Altered:
        """A photo enhanced and twice as large.

        Raises:
            UserError: it is large enough already.
            RefusedError: consent does not cover it.
            RenderError: it cannot be decoded.
        """
        opened = self._pictures.opened(asset, Purpose.RESTYLE)
        size = opened.row["width"] * opened.row["height"]
        refuse_large(opened.row["width"], opened.row["height"])
        settings = self._rooms.settings
        count = max(1, round(size / _A_BAND))
        asked = {"strength": strength, "faces": opened.faces, "count": count}
        limit = {"max_megapixels": settings.max_megapixels}
        jobs = (
            Job(
                str(band),
                STEP_ENLARGE,
                pack_pieces({**asked, **limit, "band": band}, [opened.data]),
                settings.step_timeout_s,
            )
            for band in range(count)
        )
        bands: dict[int, Altered] = {}
        for result in self._rooms.interactive.run(jobs):
            if result.output is None:
                raise RenderError(result.error or "The photo cannot be decoded.")
            bands[int(result.ticket)] = _parse_band(result.output)
            report(0.95 * len(bands) / count)
        return _joined([bands[band] for band in range(count)])


def refuse_large(width: int, height: int) -> None:
    """Refuse a photo that is large enough.

    Raises:
        UserError: it has too many pixels.
    """
    if width * height > MOST_MEGAPIXELS * 1e6:
        raise UserError(
            f"This photo has {width * height / 1e6:.0f} megapixels, which is plenty; photos of up "
            f"to {MOST_MEGAPIXELS:.0f} can be made twice as large."
        )


def _parse_band(output: bytes) -> Altered:
    header, (rgb,) = unpack(output)
    return Altered(rgb, header["width"], header["height"], tuple(header["words"]))


def _joined(bands: Sequence[Altered]) -> Altered:
    width, height = bands[0].width, sum(band.height for band in bands)
    whole = Pixels(width, height, b"".join(band.content for band in bands))
    return Altered(encode_pixels(whole, quality=_QUALITY), width, height, bands[0].words)


def prepare() -> None:
    """Load the network and everything that decodes and enhances, as no file can be read later."""
    preparing.prepare()
    grey = Pixels(32, 32, bytes([128]) * (3 * 32 * 32))
    enlarge(enhance(grey, assess(grey)))


def enlarge_band(payload: Payload) -> bytes:
    """One of `count` bands of rows of an enhanced photo, twice as large, as plain pixels.

    Raises:
        AnalysisError: it cannot be decoded.
        UserError: it has more pixels than its row said.
    """
    header, (data,) = unpack(payload)
    request = build_decode_request(data, None, header["max_megapixels"])
    photo = parse_decode_response(decode_scaled(request))
    refuse_large(photo.width, photo.height)
    found = assess(photo)
    faces = [scaled(face, photo) for face in header["faces"]]
    better = enhance(photo, found, strength=header["strength"], faces=faces)
    first, last = (round(better.height * (header["band"] + k) / header["count"]) for k in (0, 1))
    band = enlarge(better, first, last)
    assert band.height == FACTOR * (last - first)
    size = {"width": band.width, "height": band.height, "words": found.words}
    return pack(size, [band.rgb])
