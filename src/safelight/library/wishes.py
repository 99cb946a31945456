"""What the person wants no ideas of: their own words, in the `catalogue` or `faces` drawer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import apsw

from safelight.library.drawers import Drawers


class Wish(NamedTuple):
    """A subject that is hidden from ideas, or rests until a day.

    `details` is what JSON can hold: a place's fields, else None.
    """

    subject: str
    label: str
    details: Any
    until: date | None


class Wishes:
    """Wishes in one drawer: `faces` for those about people, `catalogue` for all others."""

    def __init__(self, drawers: Drawers, drawer: str) -> None:
        self._drawers = drawers
        self._drawer = drawer

    @property
    def connection(self) -> apsw.Connection:
        """This thread's connection."""
        return self._drawers.connection(self._drawer)

    def put(self, wish: Wish) -> None:
        """Keep a wish, replacing the one about the same subject."""
        until = wish.until.isoformat() if wish.until else None
        self.connection.execute(
            "insert or replace into wish values (?, ?, ?, ?, ?)",
            (wish.subject, wish.label, json.dumps(wish.details), until, _now()),
        )

    def all(self) -> list[Wish]:
        """Every wish, the latest first."""
        if not self._drawers.exists(self._drawer):
            return []
        found = self.connection.execute(
            "select subject, label, details, until from wish order by said_at desc, subject"
        )
        return [
            Wish(subject, label, json.loads(details), date.fromisoformat(until) if until else None)
            for subject, label, details, until in found
        ]

    def remove(self, subject: str) -> bool:
        """Take a wish back; False where there was none."""
        if not self._drawers.exists(self._drawer):
            return False
        self.connection.execute("delete from wish where subject = ?", (subject,))
        return bool(self.connection.changes())

    def forget_assets(self, assets: Iterable[str]) -> None:
        """Forget wishes about photos that are no more."""
        self.connection.executemany(
            "delete from wish where subject = ?", [(f"photo:{asset}",) for asset in assets]
        )


class IdeaTitles:
    """Titles that the person wrote over ours, by idea; in the catalogue drawer."""

    def __init__(self, drawers: Drawers) -> None:
        self._drawers = drawers

    def put(self, idea: str, title: str) -> None:
        """Keep a title; an empty one gives the idea its own title back."""
        connection = self._drawers.connection("catalogue")
        if title:
            connection.execute("insert or replace into idea_title values (?, ?)", (idea, title))
        else:
            connection.execute("delete from idea_title where id = ?", (idea,))

    def all(self) -> dict[str, str]:
        """Title by idea id."""
        connection = self._drawers.connection("catalogue")
        return dict(connection.execute("select id, title from idea_title"))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
