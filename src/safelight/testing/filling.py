"""A library of any size without its files: rows written through the library's own stores.

A million real files take hours to write and to scan. What makers of ideas read are rows, so for
measuring them the rows are enough; nothing here has a picture behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from safelight.library.catalogue import Catalogue
from safelight.library.locations import Located, Locations
from safelight.library.observations import Observations
from safelight.library.records import NewAsset
from safelight.model.assets import (
    AssetKind,
    CaptureTime,
    FileRole,
    GeoPoint,
    MediaFile,
    Metadata,
    OffsetSource,
    TimeSource,
)
from safelight.model.creations import Box
from safelight.model.observations import Analyser, ContentResult, FaceBox, Label
from safelight.testing.lives_world import CITIES, Spot

LAST_DAY = date(2026, 10, 31)
"""The last day that a filled library has photos of."""

BATCH = 10_000

_A_DAY, _LONGEST_YEARS = 10, 60
_OUTING = 7.0
_FRAME_S, _PAUSE_S = 4.0, 240.0
_EPOCH = date(1970, 1, 1)
_MIDPOINT = datetime(1970, 1, 1)  # naive on purpose: wall-clock time
_ANALYSER = Analyser("filled", "1")
_WORDS = (
    *("trifle", "candle", "balloon", "sandbar", "beach", "mountain", "valley", "backpack"),
    *("tent", "ski", "castle", "church", "palace", "bridge", "zebra", "lion", "camel"),
    *("stage", "guitar", "plate", "wine glass", "daisy", "tulip", "dog", "cat", "fountain"),
    *("bridegroom", "gown", "suit", "lake", "car mirror", "street sign", "restaurant", "cradle"),
)
_EVERYDAY = (
    *("street", "tree", "building", "sky", "table", "chair", "window", "grass", "water", "wall"),
    *("desk", "sofa", "bicycle", "clock", "bottle", "bookcase", "lamp", "door", "bench", "fence"),
)
_TELLING = 0.15
"""Share of outings whose photos show what may make a theme."""

_KEYWORDS = ("family", "friends", "best", "birthday", "hiking", "garden", "summer", "work")


class Filled(NamedTuple):
    """One asset: its row, where it was taken, and what is seen in it."""

    asset: NewAsset
    point: GeoPoint | None
    spot: Spot
    seen: ContentResult


def fill(
    catalogue: Catalogue,
    locations: Locations,
    count: int,
    *,
    seed: int = 1,
    observations: Observations | None = None,
) -> None:
    """Write `count` assets of one long life; a source that cannot be reached stands behind them.

    Ten photos a day over as many years as that takes, sixty at most: then more on each day. They
    come in outings with pauses and bursts; a sixth of the weeks is away from home. With
    `observations`, what a recogniser might have seen is written too.
    """
    source = catalogue.add_source("folder", "/nowhere/filled")
    assets = _assets(count, seed, source)
    while batch := list(islice(assets, BATCH)):
        with catalogue.connection:
            names = [catalogue.save(filled.asset)[0] for filled in batch]
        pairs = list(zip(names, batch, strict=True))
        with locations.connection:
            locations.put(
                Located(name, f.point, f.spot.place if f.point else None, None) for name, f in pairs
            )
        if observations is not None:
            observations.put([(name, filled.seen) for name, filled in pairs])


@dataclass(frozen=True, slots=True)
class _Outing:
    """Some photos in one go, and what they have in common: `words` show in half of them."""

    spot: Spot
    start: float
    count: int
    usual: tuple[str, ...]
    words: tuple[str, ...]


def _assets(count: int, seed: int, source: int) -> Iterator[Filled]:
    rng = np.random.default_rng(seed)
    number = 0
    for outing in _outings(rng, count):
        for filled in _photos(rng, outing, number, source):
            yield filled
            number += 1


def _outings(rng: np.random.Generator, count: int) -> Iterator[_Outing]:
    days = max(1, min(count // _A_DAY, 365 * _LONGEST_YEARS))
    sizes = 1 + rng.poisson(_OUTING - 1, count)
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), count)) + 1]
    sizes[-1] -= int(sizes.sum()) - count
    first = (LAST_DAY - _EPOCH).days - days + 1
    day = first + np.sort(rng.integers(0, days, len(sizes)))
    hour = np.clip(rng.normal(14, 4, len(sizes)), 0.2, 23.0)
    start = np.sort(day * 86_400.0 + hour * 3_600.0)
    for begins, size in zip(start.tolist(), sizes.tolist(), strict=True):
        block = int(begins // 86_400 - first) // 9
        spot = CITIES[block % len(CITIES)] if block % 6 == 0 else CITIES[0]
        if size:
            usual = rng.choice(_EVERYDAY, 2, replace=False).tolist()
            words = rng.choice(_WORDS, 2, replace=False).tolist() if rng.random() < _TELLING else []
            yield _Outing(spot, begins, size, tuple(usual), tuple(words))


def _photos(
    rng: np.random.Generator, outing: _Outing, number: int, source: int
) -> Iterator[Filled]:
    shape = outing.count
    burst = rng.random(shape) < 0.25
    gaps = np.where(burst, rng.exponential(_FRAME_S, shape), rng.exponential(_PAUSE_S, shape))
    walls = outing.start + np.cumsum(gaps)
    chance = rng.random((shape, 4))
    moved = rng.normal(0, 0.008, (shape, 2))
    prints = rng.integers(0, 1 << 63, shape, dtype=np.int64)
    look = 0
    for at, wall in enumerate(walls.tolist()):
        look = look ^ (1 << at % 60) if burst[at] else int(prints[at])
        taken = _taken(wall, outing.spot, known=bool(chance[at, 0] < 0.9))
        metadata = _metadata(taken, look, chance[at], number + at)
        point = None
        if chance[at, 1] < 0.85:
            latitude = outing.spot.latitude + float(moved[at, 0])
            point = GeoPoint(latitude, outing.spot.longitude + float(moved[at, 1]))
        words = outing.usual + (outing.words if chance[at, 2] < 0.5 else ())
        seen = _seen(words, int(chance[at, 3] * 3))
        yield Filled(_asset(number + at, metadata, source), point, outing.spot, seen)


def _taken(wall: float, spot: Spot, *, known: bool) -> CaptureTime:
    minutes = int(spot.offset_s // 60) if known else None
    source = OffsetSource.WRITTEN if known else None
    local = _MIDPOINT + timedelta(seconds=round(wall))
    return CaptureTime(local, minutes, source, TimeSource.EXIF)


def _metadata(
    taken: CaptureTime, look: int, chance: npt.NDArray[np.float64], number: int
) -> Metadata:
    rated = chance[3] < 0.05
    return Metadata(
        media_type="image/jpeg",
        kind=AssetKind.VIDEO if chance[2] > 0.95 else AssetKind.PHOTO,
        width=4000 if chance[1] < 0.7 else 3000,
        height=3000 if chance[1] < 0.7 else 4000,
        taken=taken,
        camera=("Safelight Filled", "Safelight Other")[number // 20_000 % 2],
        keywords=(_KEYWORDS[number % len(_KEYWORDS)],) if chance[3] > 0.98 else (),
        rating=3 + number % 3 if rated else None,
        fingerprint=look,
        sharpness=float(chance[0]),
    )


def _asset(number: int, metadata: Metadata, source: int) -> NewAsset:
    assert metadata.taken is not None
    folder = f"/nowhere/filled/{metadata.taken.local:%Y/%m}"
    file = MediaFile(f"{folder}/IMG_{number:07}.jpg", FileRole.PRIMARY, 1_000_000 + number, 1)
    return NewAsset(source, folder, (file,), number.to_bytes(16, "big"), metadata, None, None)


def _seen(words: tuple[str, ...], faces: int) -> ContentResult:
    labels = tuple(Label(word, 0.7, "object") for word in words)
    face = FaceBox(Box(0.4, 0.3, 0.1, 0.1), 0.9, *[(0.45, 0.35)] * 6)
    return ContentResult(_ANALYSER, labels, faces=(face,) * faces)
