"""Rows of the catalogue as values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from safelight.model.assets import (
    AssetKind,
    CaptureTime,
    ClockEvidence,
    FileRole,
    GeoPoint,
    MediaFile,
    Metadata,
    OffsetSource,
    TimePrecision,
    TimeSource,
)
from safelight.model.consent import Subject


@dataclass(frozen=True, slots=True)
class PendingAsset:
    """An asset that the walk found new or changed, and that is still to be read."""

    key: int
    source: int
    path: str
    members: tuple[MediaFile, ...]
    changed: bool

    @property
    def primary(self) -> MediaFile:
        """The file that is the picture."""
        return next(file for file in self.members if file.role is FileRole.PRIMARY)


@dataclass(frozen=True, slots=True)
class NewAsset:
    """What reading one asset gave, ready to be written."""

    source: int
    folder: str
    members: tuple[MediaFile, ...]
    digest: bytes
    metadata: Metadata
    error: str | None
    kept_out: str | None

    @property
    def primary(self) -> MediaFile:
        """The file that is the picture."""
        return next(file for file in self.members if file.role is FileRole.PRIMARY)


def members_json(members: Sequence[MediaFile]) -> str:
    """Files of an asset as JSON."""
    return json.dumps([[m.role, m.path, m.size, m.modified_ns] for m in members])


def members_from_json(text: str) -> tuple[MediaFile, ...]:
    """The inverse of `members_json`."""
    return tuple(
        MediaFile(path, FileRole(role), size, modified)
        for role, path, size, modified in json.loads(text)
    )


def time_columns(taken: CaptureTime | None) -> dict[str, Any]:
    """Columns of a capture time.

    An offset that came from GPS is left out: it belongs to the places drawer.
    """
    if taken is None:
        return {"trusted": 0}
    by_place = taken.offset_source is OffsetSource.GPS_PLACE
    return {
        "taken_local": taken.local.isoformat(),
        "taken_on": taken.local.date().isoformat(),
        "offset_minutes": None if by_place else taken.offset_minutes,
        "offset_source": None if by_place else taken.offset_source,
        "time_source": taken.source,
        "time_precision": taken.precision,
        "trusted": int(taken.trusted),
    }


def place_offset(taken: CaptureTime | None) -> int | None:
    """The UTC offset that only the place tells, in minutes."""
    if taken is not None and taken.offset_source is OffsetSource.GPS_PLACE:
        return taken.offset_minutes
    return None


def metadata_columns(metadata: Metadata) -> dict[str, Any]:
    """Columns of what was read, except location."""
    return {
        "kind": metadata.kind,
        "media_type": metadata.media_type,
        "width": metadata.width,
        "height": metadata.height,
        "orientation": metadata.orientation,
        "camera": metadata.camera,
        "lens": metadata.lens,
        "title": metadata.title,
        "description": metadata.description,
        "rating": metadata.rating,
        "keywords": json.dumps(metadata.keywords),
        "duration_s": metadata.duration_s,
        "content_id": metadata.content_id,
        "fingerprint": _signed(metadata.fingerprint),
        "sharpness": metadata.sharpness,
        "fix_utc": metadata.fix_utc,
        "names_written": int(metadata.names_written),
        **time_columns(metadata.taken),
    }


def capture_time(row: dict[str, Any]) -> CaptureTime | None:
    """The capture time that a row's columns hold; the inverse of `time_columns`."""
    if row["taken_local"] is None:
        return None
    offset, source = row["offset_minutes"], row["offset_source"]
    if offset is None and row.get("place_offset") is not None:
        offset, source = row["place_offset"], OffsetSource.GPS_PLACE
    return CaptureTime(
        datetime.fromisoformat(row["taken_local"]),
        offset,
        OffsetSource(source) if source else None,
        TimeSource(row["time_source"]),
        TimePrecision(row["time_precision"]),
        bool(row["trusted"]),
        row["clock_shift_s"] or 0.0,
        ClockEvidence(row["clock_evidence"]) if row["clock_evidence"] else None,
    )


def metadata_from_row(row: dict[str, Any]) -> Metadata:
    """The metadata that a catalogue row holds; location as far as the row has it."""
    return Metadata(
        media_type=row["media_type"],
        kind=AssetKind(row["kind"]),
        width=row["width"],
        height=row["height"],
        orientation=row["orientation"],
        taken=capture_time(row),
        location=_point(row),
        camera=row["camera"],
        lens=row["lens"],
        title=row["title"],
        description=row["description"],
        keywords=tuple(json.loads(row["keywords"])),
        rating=row["rating"],
        duration_s=row["duration_s"],
        content_id=row["content_id"],
        fingerprint=unsigned(row["fingerprint"]),
        sharpness=row["sharpness"],
        fix_utc=row["fix_utc"],
        names_written=bool(row["names_written"]),
    )


def _point(row: dict[str, Any]) -> GeoPoint | None:
    if row.get("latitude") is None:
        return None
    return GeoPoint(row["latitude"], row["longitude"], row.get("altitude"))


def _signed(value: int | None) -> int | None:
    """SQLite keeps signed 64-bit integers; fingerprints are unsigned."""
    return value - (1 << 64) if value is not None and value >= 1 << 63 else value


def unsigned(value: int | None) -> int | None:
    """The inverse of the signing that storage needs."""
    return value + (1 << 64) if value is not None and value < 0 else value


def subject_of(row: dict[str, Any]) -> Subject:
    """An asset's row as the gate sees it."""
    day = date.fromisoformat(row["taken_on"]) if row["taken_on"] else None
    return Subject(row["id"], row["path"], day)
