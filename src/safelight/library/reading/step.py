"""The steps that open files of strangers: `bytes -> bytes`, run in workers.

`read_asset` reads everything of one asset and makes its preview, `read_places` only where it
was taken, `decode_scaled` its pixels. Nothing here touches a file, a database or the network.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime

from PIL import Image

from safelight.engine.codec import pack, unpack
from safelight.library.reading import gathering
from safelight.library.reading.facts import picture_facts, undecoded_facts
from safelight.library.reading.gathering import FileFacts
from safelight.library.reading.preparing import prepare
from safelight.library.reading.raster import Wish, decode, open_picture, upright_size
from safelight.library.reading.reader import UNKNOWN, Order, describe, named_faces, open_asset, show
from safelight.library.reading.sniffing import refuse_undecodable, sniff
from safelight.library.reading.wire import (
    NOTHING,
    STEP_DECODE_SCALED,
    STEP_READ_ASSET,
    STEP_READ_PLACES,
    ReadResult,
    build_decode_request,
    build_places_request,
    build_request,
    decode_metadata,
    encode_metadata,
    pack_result,
    parse_decode_response,
    parse_places_response,
    parse_response,
    read_cut,
)
from safelight.model.assets import (
    AssetKind,
    CaptureTime,
    FileRole,
    MediaFile,
    Metadata,
    NamedRegion,
    OffsetSource,
)
from safelight.model.errors import AnalysisError
from safelight.model.formats import VIDEO_SUFFIXES, suffix
from safelight.model.jobs import Payload

__all__ = [
    "STEP_DECODE_SCALED",
    "STEP_READ_ASSET",
    "STEP_READ_PLACES",
    "ReadResult",
    "Shown",
    "build_decode_request",
    "build_places_request",
    "build_request",
    "decode_metadata",
    "decode_scaled",
    "encode_metadata",
    "pack_result",
    "parse_decode_response",
    "parse_places_response",
    "parse_response",
    "prepare",
    "read_and_show",
    "read_asset",
    "read_places",
    "unreadable",
    "written_names",
]


@dataclass(frozen=True, slots=True)
class Shown:
    """An asset as it was read, with the picture behind its preview.

    Attributes:
        picture: upright and RGB, as large as the preview; None where there is none.
        names: faces that other programs named, where they were asked for.
    """

    result: ReadResult
    picture: Image.Image | None
    names: tuple[NamedRegion, ...] = ()


def read_asset(payload: Payload) -> bytes:
    """Read one asset: metadata, preview, likeness. See `wire.build_request`.

    A file that cannot be read gives its reason and what its name, dates and sidecars tell.

    Raises:
        WireError: the payload is damaged.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what decoders grumble about becomes a reason or nothing
        return pack_result(_read(_order(payload)).result)


def read_and_show(payload: Payload, *, names: bool) -> Shown:
    """Like `read_asset`, for a step that goes on with the pixels.

    Args:
        names: whether names at faces are read; ask under `faces` alone.

    Raises:
        WireError: the payload is damaged.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _read(_order(payload), names=names)


def read_places(payload: Payload) -> bytes:
    """Read only where an asset was taken. See `wire.build_places_request`.

    Raises:
        WireError: the payload is damaged.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        metadata = describe(open_asset(_order(payload)))
    place = metadata.location
    header = {
        "location": [place.latitude, place.longitude, place.altitude] if place else None,
        "offset_minutes": _offset_of_place(metadata.taken),
    }
    return pack(header)


def written_names(data: bytes, sidecars: tuple[bytes, ...]) -> tuple[NamedRegion, ...]:
    """Faces that other programs named, in the file or beside it; ask under `faces` alone.

    Not a step: the step that looks at pictures has the bytes in hand and calls it.
    """
    order = Order(
        data,
        sidecars,
        FileFacts("", 0, datetime.now(UTC)),
        live=False,
        want_places=False,
        wish=Wish(None, 0),
        quality=0,
        since=None,
        until=None,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return named_faces(open_asset(order))


def decode_scaled(payload: Payload) -> bytes:
    """Decode one picture to pixels, upright. See `wire.build_decode_request`.

    Raises:
        WireError: the payload is damaged.
        AnalysisError: the picture cannot be decoded, in words for the person.
    """
    header, (data,) = unpack(payload)
    wish = Wish(header["edge"], header["max_megapixels"], sharp=True, cut=read_cut(header))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        media_type = sniff(data, "")
        refuse_undecodable(data, media_type)
        image = open_picture(data, media_type or "")
        turn = picture_facts(image, (), want_places=False).exif.orientation
        width, height = upright_size(image.size, turn)
        pixels = decode(data, image, turn, wish)
    size = {"width": pixels.width, "height": pixels.height}
    return pack({**size, "full_width": width, "full_height": height}, [pixels.tobytes()])


def unreadable(primary: MediaFile, reason: str, now: datetime) -> ReadResult:
    """The result for a file that could not be handed to `read_asset`: its name and time only."""
    name = primary.path.replace("\\", "/").rpartition("/")[2]
    facts = undecoded_facts(b"", None, (), want_places=False)
    metadata = Metadata(
        media_type=UNKNOWN,
        kind=AssetKind.VIDEO if suffix(name) in VIDEO_SUFFIXES else AssetKind.PHOTO,
        width=0,
        height=0,
        taken=gathering.capture_time(facts, FileFacts(name, primary.modified_ns, now), None),
    )
    return ReadResult(metadata, None, reason)


def _order(payload: Payload) -> Order:
    header, blobs = unpack(payload)
    parts = list(zip(map(FileRole, header["roles"]), blobs, strict=True))
    now = header.get("now")
    moment = datetime.fromisoformat(now) if now else datetime.now(UTC)
    return Order(
        data=next(blob for role, blob in parts if role is FileRole.PRIMARY),
        sidecars=tuple(blob for role, blob in parts if role is FileRole.SIDECAR),
        file=FileFacts(header["name"], header["modified_ns"], moment),
        live=header.get("live", False),
        want_places=header.get("want_places", True),
        wish=Wish(header.get("preview_edge"), header.get("max_megapixels", 0)),
        quality=header.get("preview_quality", 0),
        since=_day(header.get("since")),
        until=_day(header.get("until")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _offset_of_place(taken: CaptureTime | None) -> int | None:
    if taken is None or taken.offset_source is not OffsetSource.GPS_PLACE:
        return None
    return taken.offset_minutes


def _read(order: Order, *, names: bool = False) -> Shown:
    opened = open_asset(order)
    metadata = describe(opened)
    if not order.covers(metadata.taken):
        return Shown(ReadResult(NOTHING, None, None, out_of_scope=True), None)
    try:
        measured, image = show(opened, metadata)
    except AnalysisError as error:
        return Shown(ReadResult(metadata, None, str(error)), None)
    except MemoryError:
        reason = "The picture needs more memory than a reader may use."
        return Shown(ReadResult(metadata, None, reason), None)
    found = named_faces(opened) if names else ()
    return Shown(ReadResult(measured, _jpeg(image, order.quality), None), image, found)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling="4:2:0")
    return out.getvalue()
