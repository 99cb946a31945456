"""Stores: what each reads and writes in one drawer."""

from __future__ import annotations

from typing import ClassVar

import apsw

from safelight.library.drawers import Drawers


class Store:
    """Tables of one drawer; open it only while the purpose that owns the drawer is on.

    Args:
        drawer: its name; that of the class unless told.
    """

    drawer: ClassVar[str] = ""

    def __init__(self, drawers: Drawers, drawer: str = "") -> None:
        self._drawers = drawers
        self._drawer = drawer or self.drawer

    @property
    def connection(self) -> apsw.Connection:
        """This thread's connection; also the transaction context for a batch of writes."""
        return self._drawers.connection(self._drawer)

    @property
    def exists(self) -> bool:
        """Whether anything was ever kept in the drawer."""
        return self._drawers.exists(self._drawer)
