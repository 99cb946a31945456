"""Lists over several drawers at once, filtered by consent inside the query.

The catalogue is read together with the places drawer where that purpose is on; where it is off
the drawer is not even opened, and its columns are absent.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import apsw

from safelight.library.catalogue import Row, rows
from safelight.library.clocks import assume_offsets, wall_seconds
from safelight.library.drawers import Drawers
from safelight.library.records import capture_time
from safelight.library.shots import read_shots
from safelight.model.assets import KeptOut, Shot
from safelight.model.consent import SqlCondition
from safelight.model.places import Place

_PLACE_COLUMNS = (
    ", l.latitude, l.longitude, l.altitude, l.offset_minutes as place_offset,"
    " l.city, l.region, l.country, l.country_code"
)


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
        places = view.places if self._drawers.exists("places") else None
        names = ["catalogue"] if places is None else ["catalogue", "places"]
        return read_shots(self._drawers.reader(names), view.library, places)


def in_order(found: list[Row]) -> list[Row]:
    """Rows by the instant they were taken, as well as it is known; undated ones last."""
    times = [capture_time(row) for row in found]
    dated = [(row, taken) for row, taken in zip(found, times, strict=True) if taken is not None]
    walls = [wall_seconds(taken) for _, taken in dated]
    offsets = assume_offsets(
        walls, [taken.offset_minutes for _, taken in dated], [row["camera"] for row, _ in dated]
    )
    instants = {
        row["key"]: wall - offset * 60
        for (row, _), wall, offset in zip(dated, walls, offsets, strict=True)
    }
    return sorted(found, key=lambda row: (instants.get(row["key"], math.inf), row["key"]))


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
