"""Every dated asset as makers of ideas see it: a lean row each, read once for a whole library.

Made for a million rows. The drawers are read one after the other, each in the order in which it
lies on the disk, and put together here: joined by SQLite, every row would decrypt a page of its
own. Work goes by columns, and values that many rows share become one object.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from operator import attrgetter
from pathlib import PurePath
from typing import Any

import apsw

from safelight.library.clocks import assume_offsets
from safelight.library.records import unsigned
from safelight.model.assets import AssetKind, KeptOut, Shot
from safelight.model.consent import SqlCondition
from safelight.model.places import Place

# The clock on the wall as seconds, worked out by SQLite: a million dates are parsed in C.
_COLUMNS = (
    "a.id, unixepoch(a.taken_local, 'subsec'), a.trusted, a.kind, a.width, a.height, a.camera,"
    " a.rating, a.keywords, a.folder,"
    f" coalesce(a.kept_out, iif(a.duplicate_of is null, null, '{KeptOut.DUPLICATE}')),"
    " a.fingerprint, a.sharpness, a.offset_minutes"
)
_PLACE_COLUMNS = "asset, latitude, longitude, offset_minutes, city, region, country, country_code"

_BATCH = 10_000
_Spot = tuple[float | None, float | None, Place | None, int | None]
_NOWHERE: _Spot = (None, None, None, None)


def read_shots(
    connection: apsw.Connection, library: SqlCondition, places: SqlCondition | None
) -> list[Shot]:
    """Every dated asset that may be seen, oldest first.

    Args:
        connection: to the catalogue, with the places drawer attached where `places` is given.
    """
    with connection:  # one transaction: both drawers as they were at the same time
        spots = _spots(connection) if places is not None else {}
        covered = places.sql if places is not None else "0"
        bound = places.params if places is not None else ()
        sql = (
            f"select {_COLUMNS}, ({covered}) from asset a"  # noqa: S608  # this program's own
            f" where ({library.sql}) and a.error is null and a.taken_local is not null"
        )
        columns = _Columns(spots)
        columns.read(connection.execute(sql, (*bound, *library.params)))
    return sorted(columns.shots(), key=attrgetter("utc", "id"))


def _spots(connection: apsw.Connection) -> dict[str, _Spot]:
    """Where each asset was taken; those of which nothing is known are left out."""
    places = _Made(lambda names: Place(*names) if names[3] is not None else None)
    sql = (
        f"select {_PLACE_COLUMNS} from places.location"  # noqa: S608  # this program's own
        " where latitude is not null or offset_minutes is not null"
    )
    found: dict[str, _Spot] = {}
    for asset, latitude, longitude, offset, *names in connection.execute(sql):
        found[asset] = (latitude, longitude, places[tuple(names)], offset)
    return found


class _Made(dict[Any, Any]):
    """What was made of each value so far; many rows share few values."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self._make(value)
        return made


class _Columns:
    """Rows as columns, in batches, until every instant is known and shots can be made of them."""

    def __init__(self, spots: dict[str, _Spot]) -> None:
        self._spots = spots
        self._batches: list[tuple[Iterable[Any], ...]] = []
        self._walls = array("d")
        self._offsets: list[int | None] = []
        self._cameras: list[str | None] = []
        self._kind = _Made(AssetKind)
        self._camera = _Made(lambda camera: camera)
        self._words = _Made(lambda keywords: tuple(json.loads(keywords)))
        self._folder = _Made(lambda folder: PurePath(folder).name)
        self._out = _Made(lambda reason: KeptOut(reason) if reason else None)

    def read(self, rows: Iterator[tuple[Any, ...]]) -> None:
        """Take rows of `_COLUMNS` and whether `places` covers them."""
        while batch := list(islice(rows, _BATCH)):
            self._add(*zip(*batch, strict=True))

    def _add(self, *columns: tuple[Any, ...]) -> None:
        assets, walls, trusted, kinds, wide, high, cameras, ratings, words, *rest = columns
        folders, out, prints, sharpness, own, covered = rest
        spots = [
            self._spots.pop(asset, _NOWHERE) if may else _NOWHERE
            for asset, may in zip(assets, covered, strict=True)
        ]
        *where, theirs = zip(*spots, strict=True)
        cameras = tuple(map(self._camera.__getitem__, cameras))
        self._walls.extend(walls)
        self._offsets += [b if a is None else a for a, b in zip(own, theirs, strict=True)]
        self._cameras += cameras
        self._batches.append(
            (
                *(assets, walls, list(map(bool, trusted)), self._all(self._kind, kinds)),
                *(wide, high, *where, cameras, ratings, self._all(self._words, words)),
                *(self._all(self._folder, folders), self._all(self._out, out)),
                *(list(map(unsigned, prints)), sharpness),
            )
        )

    def shots(self) -> Iterator[Shot]:
        """A shot a row, in the order of the rows; the columns are given up on the way."""
        offsets = iter(assume_offsets(self._walls, self._offsets, self._cameras))
        while self._batches:
            assets, walls, *rest = self._batches.pop(0)
            utc = [wall - 60 * offset for wall, offset in zip(walls, offsets, strict=False)]
            yield from map(_Draft, assets, utc, walls, *rest)

    @staticmethod
    def _all(made: _Made, values: tuple[Any, ...]) -> list[Any]:
        return list(map(made.__getitem__, values))


class _Draft:
    """A `Shot` while it is filled, and one from then on: the same slots under a frozen class.

    A frozen dataclass sets each field by a call, which takes four times as long, and a library
    may have a million shots.
    """

    __slots__ = tuple(Shot.__slots__)

    def __init__(
        self,
        id: str,  # noqa: A002  # as the shot has it
        utc: float,
        local: float,
        trusted: bool,
        kind: AssetKind,
        width: int,
        height: int,
        latitude: float | None,
        longitude: float | None,
        place: Place | None,
        camera: str | None,
        rating: int | None,
        keywords: tuple[str, ...],
        folder: str,
        kept_out: KeptOut | None,
        fingerprint: int | None,
        sharpness: float | None,
    ) -> None:
        self.id = id
        self.utc = utc
        self.local = local
        self.trusted = trusted
        self.kind = kind
        self.width = width
        self.height = height
        self.latitude = latitude
        self.longitude = longitude
        self.place = place
        self.camera = camera
        self.rating = rating
        self.keywords = keywords
        self.folder = folder
        self.kept_out = kept_out
        self.fingerprint = fingerprint
        self.sharpness = sharpness
        self.__class__ = Shot  # type: ignore[assignment]
