"""The region that is set, the table of all, and what people have signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from safelight.app.composition import Rooms
from safelight.consent.regions import COLUMNS, Region, all_regions, find_region
from safelight.consent.releases import Release
from safelight.model.consent import Purpose
from safelight.model.errors import UserError

NO_ADVICE = "A reading of the law by engineers. It is no legal advice."


@dataclass(frozen=True, slots=True)
class RegionCell:
    """One cell in words; `recheck` where nobody has read it at its source yet."""

    column: str
    title: str
    says: str
    source: str
    verified_on: date | None
    recheck: bool


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One row in words; `rules` are what the program adds there, each a sentence."""

    code: str
    name: str
    cells: tuple[RegionCell, ...]
    rules: tuple[str, ...]


class Regions:
    """Regions of one library.

    Args:
        settle: ends what a region rules out, or what a release was needed for and has lost.
    """

    def __init__(self, rooms: Rooms, settle: Callable[[], tuple[Purpose, ...]]) -> None:
        self._rooms = rooms
        self._settle = settle

    def here(self) -> RegionRow | None:
        """The region that is set; None for the baseline alone."""
        region = self._rooms.book.limits.region
        return _row(region) if region.code else None

    @property
    def fixed(self) -> bool:
        """Whether the settings say which region it is, so that it is not chosen in the app."""
        return bool(find_region(self._rooms.settings.region).code)

    def choose(self, code: str) -> tuple[Purpose, ...]:
        """Set the region, or none with an empty code; returns what it turned off and erased.

        Nothing is turned on, neither by a region nor by taking one back.

        Raises:
            UserError: there is no such region, or the settings say which it is.
        """
        if self.fixed:
            raise UserError("The setting “region” says where you live; change it there.")
        self._rooms.papers.residence.choose(find_region(code).code)
        return self._settle()

    def all(self) -> list[RegionRow]:
        """The whole table."""
        return [_row(region) for region in all_regions()]

    def releases(self) -> list[Release]:
        """Written releases, oldest first."""
        return self._rooms.papers.releases.all()

    def add_release(self, person: str, album: str, signed_on: date, by: str = "") -> Release:
        """Record that somebody has signed for the photos of an album.

        Raises:
            UserError: no name, a day yet to come, or no such album.
        """
        name = self._rooms.papers.albums.get(album).name
        return self._rooms.papers.releases.add(person, name, signed_on, by)

    def remove_release(self, number: int) -> bool:
        """Take a release back, and end what needed it."""
        removed = self._rooms.papers.releases.remove(number)
        self._settle()
        return removed


def _row(region: Region) -> RegionRow:
    cells = tuple(
        RegionCell(name, title, cell.says, cell.source, cell.verified_on, cell.needs_recheck)
        for name, title in COLUMNS.items()
        if (cell := region.cells.get(name)) is not None
    )
    return RegionRow(region.code, region.name, cells, _rules(region))


def _rules(region: Region) -> tuple[str, ...]:
    released = [
        f"The purpose “{purpose}” stays off unless it is limited to albums for which a written "
        "release of the people shown is recorded."
        for purpose in sorted(region.released)
    ]
    timed = [
        f"A permission for “{purpose}” ends by itself after {days} days."
        for purpose, days in sorted(region.most_days.items())
    ]
    return (*released, *timed)
