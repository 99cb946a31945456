"""Reading's messages: requests to the steps and what comes back, as frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from safelight.engine.codec import pack, pack_pieces, unpack
from safelight.model.assets import (
    AssetKind,
    CaptureTime,
    FileRole,
    GeoPoint,
    MediaFile,
    Metadata,
    OffsetSource,
    TimePrecision,
    TimeSource,
)
from safelight.model.creations import Box, Cut, Pixels
from safelight.model.errors import WireError
from safelight.model.jobs import Payload

STEP_READ_ASSET = "safelight.library.reading.step:read_asset"
STEP_READ_PLACES = "safelight.library.reading.step:read_places"
STEP_DECODE_SCALED = "safelight.library.reading.step:decode_scaled"

NOTHING = Metadata("application/octet-stream", AssetKind.PHOTO, 0, 0)
"""Metadata of an asset of which nothing is told."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What reading one asset gave.

    Attributes:
        metadata: what could be read; `NOTHING` when out of scope.
        preview: JPEG bytes; None where there is an error.
        error: why there is no picture, in words for the person.
        out_of_scope: the capture day lies outside the asked range; nothing was decoded.
    """

    metadata: Metadata
    preview: bytes | None
    error: str | None
    out_of_scope: bool = False


def encode_metadata(metadata: Metadata) -> dict[str, Any]:
    """Metadata as JSON values; `decode_metadata` gives it back unchanged."""
    place, taken = metadata.location, metadata.taken
    plain = {name: getattr(metadata, name) for name in _PLAIN}
    return {
        **plain,
        "kind": metadata.kind.value,
        "taken": _encode_taken(taken) if taken else None,
        "location": [place.latitude, place.longitude, place.altitude] if place else None,
        "keywords": list(metadata.keywords),
    }


_PLAIN = [
    "media_type",
    "width",
    "height",
    "orientation",
    "camera",
    "lens",
    "title",
    "description",
    "rating",
    "duration_s",
    "content_id",
    "fingerprint",
    "sharpness",
    "fix_utc",
    "names_written",
]


def decode_metadata(values: dict[str, Any]) -> Metadata:
    """The inverse of `encode_metadata`.

    Raises:
        WireError: a field is missing or of the wrong kind.
    """
    try:
        return Metadata(
            **{name: values[name] for name in _PLAIN},
            kind=AssetKind(values["kind"]),
            taken=_decode_taken(values["taken"]) if values["taken"] else None,
            location=GeoPoint(*values["location"]) if values["location"] else None,
            keywords=tuple(values["keywords"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise WireError("damaged metadata") from error


def _encode_taken(taken: CaptureTime) -> list[object]:
    source = taken.offset_source.value if taken.offset_source else None
    return [
        taken.local.isoformat(),
        taken.offset_minutes,
        source,
        taken.source.value,
        taken.precision.value,
        taken.trusted,
    ]


def _decode_taken(values: list[Any]) -> CaptureTime:
    local, offset, offset_source, source, precision, trusted = values
    return CaptureTime(
        datetime.fromisoformat(local),
        offset,
        OffsetSource(offset_source) if offset_source else None,
        TimeSource(source),
        TimePrecision(precision),
        trusted,
    )


def build_request(
    parts: Sequence[tuple[MediaFile, bytes]],
    *,
    live: bool,
    want_places: bool,
    preview_edge: int,
    preview_quality: int,
    max_megapixels: float,
    since: date | None,
    until: date | None,
    now: datetime,
    also: Mapping[str, object] | None = None,
) -> Payload:
    """The payload of `read_asset`.

    Args:
        parts: the primary file and its sidecars with their bytes, in any order; the most exact
            sidecar first. Only the primary's name travels, never its folder.
        live: the asset has a video half.
        want_places: whether coordinates may be read.
        since, until: first and last capture day wanted, both included.
        now: aware; dates more than a day later cannot be true.
        also: what another step that reads first is told besides; reading passes it over.
    """
    primary = next(file for file, _ in parts if file.role is FileRole.PRIMARY)
    header = {
        "name": PurePath(primary.path).name,
        "modified_ns": primary.modified_ns,
        "roles": [file.role.value for file, _ in parts],
        "live": live,
        "want_places": want_places,
        "preview_edge": preview_edge,
        "preview_quality": preview_quality,
        "max_megapixels": max_megapixels,
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
        "now": now.isoformat(),
        "also": dict(also or {}),
    }
    return pack_pieces(header, [data for _, data in parts])


def pack_result(result: ReadResult) -> bytes:
    """The output of `read_asset`."""
    if result.out_of_scope:
        return pack({"metadata": None, "error": None, "out_of_scope": True})
    header = {
        "metadata": encode_metadata(result.metadata),
        "error": result.error,
        "out_of_scope": False,
    }
    return pack(header, [result.preview] if result.preview is not None else [])


def parse_response(output: bytes) -> ReadResult:
    """Take the output of `read_asset` apart.

    Raises:
        WireError: it is damaged.
    """
    header, blobs = unpack(output)
    if header.get("out_of_scope"):
        return ReadResult(NOTHING, None, None, out_of_scope=True)
    metadata = decode_metadata(header.get("metadata") or {})
    return ReadResult(metadata, blobs[0] if blobs else None, header.get("error"))


def build_places_request(
    blobs: Sequence[tuple[FileRole, str, bytes]],
    *,
    modified_ns: int = 0,
    now: datetime | None = None,
) -> Payload:
    """The payload of `read_places`: role, path and bytes of the primary file and its sidecars."""
    names = [PurePath(path).name for role, path, _ in blobs if role is FileRole.PRIMARY]
    header = {
        "name": names[0],
        "modified_ns": modified_ns,
        "roles": [role.value for role, _, _ in blobs],
        "now": now.isoformat() if now else None,
    }
    return pack_pieces(header, [data for _, _, data in blobs])


def parse_places_response(output: bytes | None) -> tuple[GeoPoint | None, int | None]:
    """Where it was taken, and the UTC offset in minutes that only the place tells."""
    if output is None:
        return None, None
    header, _ = unpack(output)
    place = header.get("location")
    return GeoPoint(*place) if place else None, header.get("offset_minutes")


def build_decode_request(data: bytes, edge: int | Cut | None, max_megapixels: float) -> Payload:
    """The payload of `decode_scaled`: full size where `edge` is None, else scaled or cut."""
    header: dict[str, Any] = {"edge": None, "max_megapixels": max_megapixels}
    if isinstance(edge, Cut):
        box = edge.window
        header["window"] = [box.x, box.y, box.width, box.height]
        header["size"] = [edge.width, edge.height]
    else:
        header["edge"] = edge
    return pack_pieces(header, [data])


def read_cut(header: dict[str, Any]) -> Cut | None:
    """The part that a decode request asks for; None where it asks for the whole."""
    if "window" not in header:
        return None
    try:
        width, height = (int(side) for side in header["size"])
        window = Box(*(float(side) for side in header["window"]))
    except (KeyError, TypeError, ValueError) as error:
        raise WireError("damaged request") from error
    inside = min(window.x, window.y) >= -1e-6 and min(window.width, window.height) > 0
    within = window.x + window.width <= 1 + 1e-6 and window.y + window.height <= 1 + 1e-6
    if not (inside and within and min(width, height) > 0):
        raise WireError("damaged request")
    return Cut(window, width, height)


def parse_decode_response(output: bytes) -> Pixels:
    """Take the output of `decode_scaled` apart.

    Raises:
        WireError: it is damaged.
    """
    header, blobs = unpack(output)
    try:
        width, height, rgb = header["width"], header["height"], blobs[0]
    except (KeyError, IndexError) as error:
        raise WireError("damaged pixels") from error
    if len(rgb) != width * height * 3:
        raise WireError("damaged pixels")
    return Pixels(width, height, rgb)
