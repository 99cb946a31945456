"""Lists over several drawers at once, filtered by consent inside the query.

The catalogue is read together with the places drawer where that purpose is on; where it is off
the drawer is not even opened, and its columns are absent.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import apsw

from safelight.library.catalogue import Row, rows
from safelight.library.clocks import assume_offsets, wall_seconds
from safelight.library.drawers import Drawers
from safelight.library.records import capture_time, unsigned
from safelight.model.assets import AssetKind, KeptOut, Shot
from safelight.model.consent import SqlCondition
from safelight.model.places import Place

_PLACE_COLUMNS = (
    ", l.latitude, l.longitude, l.altitude, l.offset_minutes as place_offset,"
    " l.city, l.region, l.country, l.country_code"
)
# The clock on the wall as seconds, worked out by SQLite: a million dates are parsed in C.
_SHOT_COLUMNS = (
    "a.id, unixepoch(a.taken_local, 'subsec'), a.camera, a.offset_minutes, a.trusted, a.kind,"
    " a.width, a.height, a.rating, a.keywords, a.folder, a.kept_out, a.duplicate_of,"
    " a.fingerprint, a.sharpness"
)
_PLACES_AT = 15
_KINDS = {kind.value: kind for kind in AssetKind}


@dataclass(frozen=True, slots=True)
class View:
    """What may be seen now, as conditions; `places` is None where that purpose is off."""

    library: SqlCondition
    places: SqlCondition | None


class Listing:
    """Reads assets for lists and for makers of ideas."""

    def __init__(self, drawers: Drawers) -> None:
        self._drawers = drawers

    def assets(
        self,
        view: View,
        where: str = "1",
        params: tuple[Any, ...] = (),
        tail: str = "",
        columns: str = "a.*",
    ) -> Iterator[Row]:
        """Rows of assets, with places where allowed.

        Args:
            where, tail, columns: SQL of this program's own, never of a request.
            params: what `where` and `tail` bind.
        """
        return rows(*self._query(view, where, params, tail, columns))

    def _query(
        self, view: View, where: str, params: tuple[Any, ...], tail: str, columns: str
    ) -> tuple[apsw.Connection, str, list[Any]]:
        bound: list[Any] = []
        names = ["catalogue"]
        join = ""
        if view.places is not None and self._drawers.exists("places"):
            names.append("places")
            columns += _PLACE_COLUMNS
            join = f" left join places.location l on l.asset = a.id and ({view.places.sql})"
            bound += view.places.params
        sql = (
            f"select {columns} from asset a{join}"  # noqa: S608  # fragments are this program's
            f" where ({view.library.sql}) and ({where}) {tail}"
        )
        return self._drawers.reader(names), sql, [*bound, *view.library.params, *params]

    def months(self, view: View) -> list[tuple[str | None, int]]:
        """How many assets each month ("2015-06", None undated) holds, newest first."""
        sql = (
            "select substr(a.taken_on, 1, 7) as month, count(*) from asset a"  # noqa: S608
            f" where ({view.library.sql}) and a.error is null"
            " group by month order by month is null, month desc"
        )
        connection = self._drawers.reader(["catalogue"])
        return list(connection.execute(sql, view.library.params))

    def shots(self, view: View) -> list[Shot]:
        """Every dated asset that may be seen, as makers see it, oldest first."""
        dated = "a.error is null and a.taken_local is not null"
        connection, sql, bound = self._query(view, dated, (), "", _SHOT_COLUMNS)
        # Plain tuples: a dictionary a row would cost as much as everything else here.
        found: list[tuple[Any, ...]] = connection.execute(sql, bound).fetchall()
        offsets = assume_offsets([(row[1], _known_offset(row), row[2]) for row in found])
        seen = _Seen({}, {})
        shots = [_shot(row, offset, seen) for row, offset in zip(found, offsets, strict=True)]
        shots.sort(key=lambda shot: (shot.utc, shot.id))
        return shots


@dataclass(frozen=True, slots=True)
class _Seen:
    """Values that many rows share, each made once."""

    places: dict[tuple[Any, ...], Place]
    folders: dict[str, str]


def in_order(found: list[Row]) -> list[Row]:
    """Rows by the instant they were taken, as well as it is known; undated ones last."""
    times = [capture_time(row) for row in found]
    dated = [(row, taken) for row, taken in zip(found, times, strict=True) if taken is not None]
    walls = [wall_seconds(taken) for _, taken in dated]
    offsets = assume_offsets(
        [
            (wall, taken.offset_minutes, row["camera"])
            for wall, (row, taken) in zip(walls, dated, strict=True)
        ]
    )
    instants = {
        row["key"]: wall - offset * 60
        for (row, _), wall, offset in zip(dated, walls, offsets, strict=True)
    }
    return sorted(found, key=lambda row: (instants.get(row["key"], math.inf), row["key"]))


def _known_offset(row: tuple[Any, ...]) -> int | None:
    own: int | None = row[3]
    if own is None and len(row) > _PLACES_AT:
        own = row[_PLACES_AT + 3]
    return own


def kept_out(row: Row) -> KeptOut | None:
    """Why an asset stays out of ideas."""
    if row["kept_out"]:
        return KeptOut(row["kept_out"])
    return KeptOut.DUPLICATE if row["duplicate_of"] else None


def place_of(row: Row, known: dict[tuple[Any, ...], Place]) -> Place | None:
    """The place that a row names; equal places become one object through `known`."""
    if row.get("country_code") is None:
        return None
    names = (row["city"], row["region"], row["country"], row["country_code"])
    return known.setdefault(names, Place(*names))


def _shot(row: tuple[Any, ...], offset: int, seen: _Seen) -> Shot:
    asset, wall, camera, _, trusted, kind, width, height, rating, keywords, folder = row[:11]
    out, first, fingerprint, sharpness, *where = row[11:]
    latitude, longitude, place = None, None, None
    if where and where[0] is not None:
        latitude, longitude = where[0], where[1]
    if where and where[7] is not None:
        names = tuple(where[4:8])
        place = seen.places.get(names) or seen.places.setdefault(names, Place(*names))
    if folder not in seen.folders:
        seen.folders[folder] = PurePath(folder).name
    return Shot(
        *(asset, wall - offset * 60, wall, bool(trusted), _KINDS[kind], width, height),
        *(latitude, longitude, place, camera, rating),
        keywords=tuple(json.loads(keywords)) if keywords != "[]" else (),
        folder=seen.folders[folder],
        kept_out=KeptOut(out) if out else KeptOut.DUPLICATE if first else None,
        fingerprint=unsigned(fingerprint),
        sharpness=sharpness,
    )
