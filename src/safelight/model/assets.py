"""Assets: one photo or video, made of one or more files, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

from safelight.model.places import Place


class AssetKind(StrEnum):
    """What a person would call it."""

    PHOTO = "photo"
    VIDEO = "video"
    LIVE = "live"


class FileRole(StrEnum):
    """What a file is to its asset."""

    PRIMARY = "primary"
    SIDECAR = "sidecar"
    LIVE_VIDEO = "live-video"
    RAW = "raw"


class TimeSource(StrEnum):
    """Where a capture time came from, most trusted first."""

    EXIF = "exif"
    XMP = "xmp"
    SIDECAR = "sidecar"
    TAKEOUT = "takeout"
    FILENAME = "filename"
    FILE = "file"


class OffsetSource(StrEnum):
    """Where the UTC offset of a capture time came from."""

    WRITTEN = "written"
    GPS_TIME = "gps-time"
    GPS_PLACE = "gps-place"
    NEIGHBOUR = "neighbour"
    ASSUMED = "assumed"


class ClockEvidence(StrEnum):
    """What says that a camera's clock was wrong."""

    OWN_FIX = "own-gps-time"
    SAME_CAMERA = "gps-time-of-same-camera"


class TimePrecision(StrEnum):
    """How exact a capture time is."""

    SECOND = "second"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class KeptOut(StrEnum):
    """Why an asset stays out of ideas."""

    SCREENSHOT = "screenshot"
    DOCUMENT = "document"
    BLURRED = "blurred"
    DUPLICATE = "duplicate"
    SENSITIVE = "sensitive"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class CaptureTime:
    """When a photo was taken: what the clock on the wall showed, and how far it was from UTC.

    Attributes:
        local: naive wall-clock time where the photo was taken.
        offset_minutes: minutes east of UTC, or None when nothing tells.
        offset_source: where the offset came from; None exactly when the offset is None.
        source, precision: where the time came from and how exact it is.
        trusted: False for a scan, a download or a file date: such an asset keeps its place in
            the timeline but never makes a moment or trip by itself.
        clock_shift_s: seconds that `local` was moved by because the clock was wrong; 0 for none.
        clock_evidence: what says so; None exactly when it was not moved.
    """

    local: datetime
    offset_minutes: int | None
    offset_source: OffsetSource | None
    source: TimeSource
    precision: TimePrecision = TimePrecision.SECOND
    trusted: bool = True
    clock_shift_s: float = 0.0
    clock_evidence: ClockEvidence | None = None

    @property
    def aware(self) -> datetime:
        """The instant, with its offset where known; naive otherwise."""
        if self.offset_minutes is None:
            return self.local
        return self.local.replace(tzinfo=timezone(timedelta(minutes=self.offset_minutes)))

    def utc(self, assumed_offset_minutes: int = 0) -> datetime:
        """The instant in UTC, with `assumed_offset_minutes` where no offset is known."""
        offset = self.offset_minutes
        minutes = assumed_offset_minutes if offset is None else offset
        return (self.local - timedelta(minutes=minutes)).replace(tzinfo=UTC)

    def isoformat(self) -> str:
        """ISO 8601 with the offset where one is known."""
        return self.aware.isoformat()


@dataclass(frozen=True, slots=True)
class GeoPoint:
    """WGS 84 coordinates in degrees; altitude in metres where known."""

    latitude: float
    longitude: float
    altitude: float | None = None


@dataclass(frozen=True, slots=True)
class NamedRegion:
    """A face (or pet, focus, …) rectangle that another program wrote (MWG regions).

    `box` is x, y, width, height as fractions of the upright picture, from its top left corner.
    """

    name: str | None
    kind: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One file of an asset. `path` is absolute; `modified_ns` as the file system gives it."""

    path: str
    role: FileRole
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What one asset's files say about it; the result of reading, before consent is applied.

    Attributes:
        media_type: IANA type of the primary file, found from its bytes.
        width, height: pixels of the upright full-size picture.
        orientation: EXIF orientation 1 to 8 as stored; 1 where absent.
        location: only where the reader was told to look (purpose `places`).
        rating: 0 to 5, None when unrated; -1 is "rejected".
        duration_s: seconds, for videos.
        content_id: Live Photo content identifier.
        fingerprint: 64-bit difference hash of the upright preview, to keep near-identical
            neighbours apart.
        sharpness: mean squared gradient of the preview, only comparable inside one burst.
        fix_utc: time of the GPS fix, seconds since 1970 UTC; says nothing of the place.
        names_written: whether other programs wrote names at faces; which is for `faces` alone.
    """

    media_type: str
    kind: AssetKind
    width: int
    height: int
    orientation: int = 1
    taken: CaptureTime | None = None
    location: GeoPoint | None = None
    camera: str | None = None
    lens: str | None = None
    title: str | None = None
    description: str | None = None
    keywords: tuple[str, ...] = ()
    rating: int | None = None
    duration_s: float | None = None
    content_id: str | None = None
    fingerprint: int | None = None
    sharpness: float | None = None
    fix_utc: float | None = None
    names_written: bool = False


@dataclass(frozen=True, slots=True)
class Shot:
    """An asset as makers of ideas see it: a lean row, with None for all that is not allowed.

    Attributes:
        id: asset id.
        utc: best estimate of the instant, seconds since 1970 UTC.
        local: the wall clock, as seconds since 1970 of a naive time; `day` is its date.
        trusted: whether the time may begin or end a moment (see `CaptureTime.trusted`).
        latitude, longitude: degrees; None without GPS or without the purpose `places`.
        place: where that is, in words.
        width, height: pixels, upright.
        folder: name of the folder that holds it (not its path).
        kept_out: why it stays out of ideas, None when it does not.
        fingerprint, sharpness: see `Metadata`.
    """

    id: str
    utc: float
    local: float
    trusted: bool
    kind: AssetKind
    width: int
    height: int
    latitude: float | None = None
    longitude: float | None = None
    place: Place | None = None
    camera: str | None = None
    rating: int | None = None
    keywords: tuple[str, ...] = ()
    folder: str = ""
    kept_out: KeptOut | None = None
    fingerprint: int | None = None
    sharpness: float | None = None

    @property
    def day(self) -> date:
        """Local calendar day."""
        return self.local_time.date()

    @property
    def local_time(self) -> datetime:
        """Naive wall-clock time."""
        return _EPOCH + timedelta(seconds=self.local)

    @property
    def located(self) -> bool:
        """Whether coordinates are known and allowed."""
        return self.latitude is not None and self.longitude is not None


_EPOCH = datetime(1970, 1, 1)  # naive on purpose: wall-clock time
