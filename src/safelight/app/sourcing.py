"""Where the photos of one library come from."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from safelight.app.composition import Rooms
from safelight.app.views import SourceRow
from safelight.library.catalogue import Row
from safelight.library.drawers import DRAWERS
from safelight.library.scrubbing import empty_logs
from safelight.model.errors import UserError
from safelight.model.names import shown, storable, system_path, typed


class Sourcing:
    """Sources of one library.

    Args:
        quietly: entered while data goes: pauses scans and drops what is in memory.
    """

    def __init__(self, rooms: Rooms, quietly: Callable[[], AbstractContextManager[None]]) -> None:
        self._rooms = rooms
        self._quietly = quietly

    def all(self) -> list[SourceRow]:
        """Every source, in the order in which they were added."""
        return [_source(row) for row in self._rooms.catalogue.sources()]

    def add_folder(self, path: str) -> SourceRow:
        """Add a folder of photos. Nothing in it is read until `library` is allowed.

        Raises:
            UserError: there is no such folder, or it is Safelight's own.
        """
        folder = typed(path)
        if not os.path.isdir(folder):  # noqa: PTH112  # the other fails where a name is too long
            raise UserError(f"There is no folder {shown(str(folder))}.")
        if folder.is_relative_to(self._rooms.settings.home):
            raise UserError(f"{folder} is Safelight's own folder; choose one with your photos.")
        number = self._rooms.catalogue.add_source("folder", storable(str(folder)))
        return next(row for row in self.all() if row.id == number)

    def holds(self, path: str) -> bool:
        """Whether a path lies in one of the sources, also by way of a link."""
        real = Path(path).resolve()
        sources = (Path(system_path(row.location)).resolve() for row in self.all())
        return any(real.is_relative_to(source) for source in sources)

    def remove(self, number: int) -> int:
        """Forget a source and what was catalogued of it; returns how many assets went.

        Raises:
            UserError: there is no such source.
        """
        if all(row.id != number for row in self.all()):
            raise UserError(f"There is no source number {number}.")
        with self._quietly():
            gone = self._rooms.catalogue.assets_of(number)
            self._rooms.forget_assets(gone)  # first: killed between, it can be removed again
            self._rooms.catalogue.remove_source(number)
            empty_logs(self._rooms.drawers, DRAWERS)
        return len(gone)


def _source(row: Row) -> SourceRow:
    return SourceRow(
        row["id"],
        row["kind"],
        row["location"],
        datetime.fromisoformat(row["added_at"]),
        bool(row["reachable"]),
        row["note"],
    )
