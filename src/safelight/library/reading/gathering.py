"""From facts to one asset's metadata: which container is believed for what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from safelight.library.reading import gps
from safelight.library.reading.cameras import camera_name, clean, is_editor, is_scanner
from safelight.library.reading.capture_time import Candidate, resolve
from safelight.library.reading.dates import Stamp, parse_stamp
from safelight.library.reading.exif import stars_from_percent
from safelight.library.reading.facts import Facts
from safelight.library.reading.filename_date import name_date
from safelight.library.reading.xmp import XmpNode
from safelight.library.reading.zones import zone_of
from safelight.model.assets import CaptureTime, GeoPoint, TimePrecision, TimeSource

_ORIGINAL = ("exif:DateTimeOriginal", "photoshop:DateCreated")
_DIGITIZED = ("exif:DateTimeDigitized", "xmp:CreateDate")
_MOST_KEYWORDS = 256
_GPS_BEGAN = datetime(1980, 1, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the file system says; `now` is aware, later dates cannot be true."""

    name: str
    modified_ns: int
    now: datetime


def capture_time(facts: Facts, file: FileFacts, place: GeoPoint | None) -> CaptureTime | None:
    """When it was taken; `place` only where it may be used."""
    return resolve(list(_candidates(facts, file)), list(_fixes(facts)), zone_of(place), file.now)


def _candidates(facts: Facts, file: FileFacts) -> Iterator[Candidate]:
    """Every date, best first: people, then "taken", then "digitized", then guesses."""
    sidecars, embedded = facts.packets[: facts.sidecars], facts.packets[facts.sidecars :]
    scanned = is_scanner(facts.exif.make, facts.exif.model, facts.exif.software)
    has_camera = camera(facts) is not None
    named = name_date(file.name)
    from_camera = not scanned and (has_camera or facts.movie is not None)
    received = named is not None and not named.camera and not has_camera

    yield from _stamped(_xmp_dates(sidecars, _ORIGINAL), TimeSource.SIDECAR, True)
    yield from _stamped([facts.exif.original], TimeSource.EXIF, not scanned)
    yield from _stamped(_xmp_dates(embedded, _ORIGINAL), TimeSource.XMP, not scanned)
    yield from _stamped([facts.iptc.created], TimeSource.XMP, not scanned)
    yield from _stamped(_xmp_dates(sidecars, _DIGITIZED), TimeSource.SIDECAR, True)
    yield from _stamped([facts.exif.digitized], TimeSource.EXIF, from_camera)
    yield from _stamped(_xmp_dates(embedded, _DIGITIZED), TimeSource.XMP, from_camera)
    yield from _stamped([facts.iptc.digitized], TimeSource.XMP, from_camera)
    yield from _movie_dates(facts, not received)
    unedited = from_camera and not is_editor(facts.exif.software)
    if unedited:
        yield from _stamped([facts.exif.modified], TimeSource.EXIF, True)
    for fix in _fixes(facts):
        stamp = Stamp(fix.replace(tzinfo=None), 0)
        yield Candidate(stamp, TimeSource.EXIF, utc=True, trusted=not scanned)
    if named is not None:
        exact = named.stamp.precision is TimePrecision.SECOND
        trusted = named.camera and not scanned and (exact or has_camera)
        yield Candidate(named.stamp, TimeSource.FILENAME, named.utc, trusted)
    yield from _stamped([facts.exif.modified], TimeSource.EXIF, False)
    yield from _file_date(file)


def _stamped(
    stamps: Iterable[Stamp | None], source: TimeSource, trusted: bool
) -> Iterator[Candidate]:
    return (Candidate(stamp, source, trusted=trusted) for stamp in stamps if stamp is not None)


def _xmp_dates(packets: Iterable[XmpNode], names: tuple[str, ...]) -> Iterator[Stamp]:
    for packet in packets:
        for name in names:
            for text in packet.texts(name):
                if (stamp := parse_stamp(text)) is not None:
                    yield stamp


def _movie_dates(facts: Facts, trusted: bool) -> Iterator[Candidate]:
    if facts.movie is None:
        return
    written = parse_stamp(facts.movie.tags.get("creationdate", ""))
    if written is not None:
        yield Candidate(written, TimeSource.EXIF, trusted=trusted)
    if facts.movie.created is not None:
        yield Candidate(Stamp(facts.movie.created, 0), TimeSource.EXIF, True, trusted)


def _file_date(file: FileFacts) -> Iterator[Candidate]:
    try:
        moment = datetime.fromtimestamp(file.modified_ns // 10**9, UTC).replace(tzinfo=None)
    except (OverflowError, OSError, ValueError):
        return
    yield Candidate(Stamp(moment, 0), TimeSource.FILE, utc=True, trusted=False)


def _fixes(facts: Facts) -> Iterator[datetime]:
    """What receivers wrote, where it can be: writers mean "unknown" by 30 December 1899."""
    return (fix for fix in _written_fixes(facts) if fix >= _GPS_BEGAN)


def _written_fixes(facts: Facts) -> Iterator[datetime]:
    if facts.exif.fix is not None:
        yield facts.exif.fix
    for packet in facts.packets:
        stamp = parse_stamp(packet.text("exif:GPSTimeStamp") or "")
        if stamp is not None and stamp.precision is TimePrecision.SECOND:
            yield stamp.local.replace(tzinfo=UTC)


def fix_utc(facts: Facts) -> float | None:
    """When the receiver knew where it was, in seconds since 1970 UTC; not where."""
    return next((fix.timestamp() for fix in _fixes(facts)), None)


def location(facts: Facts) -> GeoPoint | None:
    """Where it was taken; call it only where places may be read.

    A sidecar first, as somebody may have corrected it there; then EXIF, XMP, video fields.
    """
    sidecars, embedded = facts.packets[: facts.sidecars], facts.packets[facts.sidecars :]
    tags = facts.movie.tags if facts.movie else {}
    film = (tags.get(name, "") for name in ("location.ISO6709", "xyz"))
    found = (
        *map(_xmp_location, sidecars),
        facts.exif.location,
        *map(_xmp_location, embedded),
        *map(gps.from_iso_6709, film),
    )
    return next((point for point in found if point is not None), None)


def _xmp_location(packet: XmpNode) -> GeoPoint | None:
    latitude, longitude = packet.text("exif:GPSLatitude"), packet.text("exif:GPSLongitude")
    if not latitude or not longitude:
        return None
    altitude = gps.altitude_from_text(
        packet.text("exif:GPSAltitude"), packet.text("exif:GPSAltitudeRef")
    )
    return gps.point(gps.from_text(latitude), gps.from_text(longitude), altitude)


def camera(facts: Facts) -> str | None:
    """The camera's name, as people say it."""
    tags = facts.movie.tags if facts.movie else {}
    make = facts.exif.make or _first(facts, "tiff:Make") or tags.get("make")
    model = facts.exif.model or _first(facts, "tiff:Model") or tags.get("model")
    return camera_name(make, model)


def lens(facts: Facts) -> str | None:
    """The lens as written."""
    return facts.exif.lens or clean(_first(facts, "exifEX:LensModel", "aux:Lens"))


def title(facts: Facts) -> str | None:
    """A title that somebody gave."""
    tags = facts.movie.tags if facts.movie else {}
    written = clean(_first(facts, "dc:title", "photoshop:Headline"))
    return written or facts.iptc.title or facts.exif.title or tags.get("title")


def description(facts: Facts) -> str | None:
    """A caption that somebody gave."""
    tags = facts.movie.tags if facts.movie else {}
    written = clean(_first(facts, "dc:description")) or facts.iptc.description
    comment = clean(_first(facts, "exif:UserComment"))
    return written or facts.exif.description or comment or tags.get("description")


def rating(facts: Facts) -> int | None:
    """Stars 1 to 5, -1 for rejected, None for unrated; a sidecar is believed first."""
    for packet in facts.packets:
        stars = _whole(packet.text("xmp:Rating"))
        if stars is not None and (stars == -1 or 1 <= stars <= 5):
            return stars
        percent = stars_from_percent(_whole(packet.text("MicrosoftPhoto:Rating")))
        if stars is None and percent is not None:
            return percent
    return facts.exif.rating


def keywords(facts: Facts) -> tuple[str, ...]:
    """Keywords of every container, each once, in the order found."""
    found: dict[str, str] = {}
    for word in (*_xmp_words(facts), *facts.iptc.keywords, *facts.exif.keywords):
        cleaned = clean(word)
        if cleaned:
            found.setdefault(cleaned.casefold(), cleaned)
    return tuple(found.values())[:_MOST_KEYWORDS]


def _xmp_words(facts: Facts) -> Iterator[str]:
    for packet in facts.packets:
        yield from packet.texts("dc:subject")
        for word in packet.texts("lr:hierarchicalSubject"):
            yield word.rpartition("|")[2]
        for word in packet.texts("digiKam:TagsList"):
            yield word.rpartition("/")[2]


def _first(facts: Facts, *names: str) -> str | None:
    return next((text for packet in facts.packets if (text := packet.text(*names))), None)


def _whole(text: str | None) -> int | None:
    try:
        return round(float(text or ""))
    except (ValueError, OverflowError):
        return None
