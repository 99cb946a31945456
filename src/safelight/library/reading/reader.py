"""Reading one asset: its kind, its facts, its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PIL import Image
from PIL.ImageFile import ImageFile

from safelight.library.reading import gathering
from safelight.library.reading.facts import Facts, picture_facts, undecoded_facts, video_facts
from safelight.library.reading.gathering import FileFacts
from safelight.library.reading.likeness import fingerprint, sharpness
from safelight.library.reading.posters import poster_frame
from safelight.library.reading.raster import Wish, decode, fitted, open_picture, upright_size
from safelight.library.reading.regions import named_regions
from safelight.library.reading.sniffing import refuse_undecodable, sniff
from safelight.model.assets import AssetKind, CaptureTime, Metadata, NamedRegion
from safelight.model.errors import AnalysisError
from safelight.model.formats import VIDEO_SUFFIXES, suffix

UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be read of one asset, and how.

    Attributes:
        data, sidecars: bytes of the primary file and of its XMP sidecars, most exact first.
        want_places: whether coordinates are read (purpose `places`).
        since, until: first and last capture day wanted, both included.
    """

    data: bytes
    sidecars: tuple[bytes, ...]
    file: FileFacts
    live: bool
    want_places: bool
    wish: Wish
    quality: int
    since: date | None
    until: date | None

    def covers(self, taken: CaptureTime | None) -> bool:
        """Whether a capture time lies in the wanted days; without one only if all are wanted."""
        if self.since is None and self.until is None:
            return True
        if taken is None:
            return False
        day = taken.local.date()
        return (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True, slots=True)
class Opened:
    """An asset whose head was read; `image` is None for videos and for what cannot be opened."""

    order: Order
    media_type: str | None
    facts: Facts
    image: ImageFile | None
    damage: str | None


def open_asset(order: Order) -> Opened:
    """Find out what it is and read what it says; no pixel is decoded."""
    media_type = sniff(order.data, order.file.name)
    if (media_type or "").startswith("video/"):
        return Opened(order, media_type, video_facts(order.data, order.sidecars), None, None)
    try:
        refuse_undecodable(order.data, media_type)
        image = open_picture(order.data, media_type or "")
    except AnalysisError as error:
        facts = undecoded_facts(
            order.data, media_type, order.sidecars, want_places=order.want_places
        )
        return Opened(order, media_type, facts, None, str(error))
    facts = picture_facts(image, order.sidecars, want_places=order.want_places)
    return Opened(order, media_type, facts, image, None)


def describe(opened: Opened) -> Metadata:
    """All that the files say."""
    facts, order = opened.facts, opened.order
    place = gathering.location(facts) if order.want_places else None
    names = {each.name.casefold() for each in named_faces(opened) if each.name}
    width, height = _size(opened)
    return Metadata(
        media_type=opened.media_type or UNKNOWN,
        kind=_kind(opened),
        width=width,
        height=height,
        orientation=facts.exif.orientation,
        taken=gathering.capture_time(facts, order.file, place),
        location=place,
        camera=gathering.camera(facts),
        lens=gathering.lens(facts),
        title=gathering.title(facts),
        description=gathering.description(facts),
        # A keyword that repeats whose face is in the picture is for `faces`, like the name.
        keywords=tuple(w for w in gathering.keywords(facts) if w.casefold() not in names),
        names_written=bool(names),
        fix_utc=gathering.fix_utc(facts),
        rating=gathering.rating(facts),
        duration_s=facts.movie.duration_s if facts.movie else None,
        content_id=facts.movie.tags.get("content.identifier") if facts.movie else None,
    )


def show(opened: Opened, metadata: Metadata) -> tuple[Metadata, Image.Image]:
    """The upright preview, and the metadata with what only the picture tells.

    Raises:
        AnalysisError: there is no picture; the message says why, in words for the person.
    """
    order, movie = opened.order, opened.facts.movie
    if movie is not None:
        frame = poster_frame(order.data, movie.duration_s)
        # What is presented may differ from what is there; the frame is what is there.
        metadata = replace(metadata, width=frame.width, height=frame.height)
        size = fitted(frame.size, order.wish.edge)
        image = frame.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    elif opened.image is not None:
        image = decode(order.data, opened.image, opened.facts.exif.orientation, order.wish)
    else:
        raise AnalysisError(opened.damage or "The picture cannot be decoded.")
    light = image.convert("L")
    measured = replace(metadata, fingerprint=fingerprint(light), sharpness=sharpness(light))
    return measured, image


def _kind(opened: Opened) -> AssetKind:
    by_name = opened.media_type is None and suffix(opened.order.file.name) in VIDEO_SUFFIXES
    if opened.facts.movie is not None or by_name:
        return AssetKind.VIDEO
    return AssetKind.LIVE if opened.order.live else AssetKind.PHOTO


def _size(opened: Opened) -> tuple[int, int]:
    """Pixels of the upright picture; 0 x 0 where none can be shown."""
    movie = opened.facts.movie
    if movie is not None:
        turned = movie.rotation in {90, 270}
        return (movie.height, movie.width) if turned else (movie.width, movie.height)
    if opened.image is None:
        return 0, 0
    return upright_size(opened.image.size, opened.facts.exif.orientation)


def named_faces(opened: Opened) -> tuple[NamedRegion, ...]:
    """Faces that other programs named, in the first packet that has regions."""
    stored: Sequence[int] = opened.image.size if opened.image is not None else (0, 0)
    for packet in opened.facts.packets:
        found = named_regions(packet, opened.facts.exif.orientation, (stored[0], stored[1]))
        if found:
            return tuple(each for each in found if each.name and each.kind == "face")
    return ()
