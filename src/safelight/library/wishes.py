"""What the person wants no ideas of, and titles that they wrote: their own words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from safelight.library.stores import Store


class Wish(NamedTuple):
    """A subject that is hidden from ideas, or rests until a day.

    `details` is what JSON can hold: a place's fields, else None.
    """

    subject: str
    label: str
    details: Any
    until: date | None


class Wishes(Store):
    """Wishes in one drawer: `faces` for people, `places` for places, `catalogue` for the rest."""

    def put(self, wish: Wish) -> None:
        """Keep a wish, replacing the one about the same subject."""
        until = wish.until.isoformat() if wish.until else None
        self.connection.execute(
            "insert or replace into wish values (?, ?, ?, ?, ?)",
            (wish.subject, wish.label, json.dumps(wish.details), until, _now()),
        )

    def all(self) -> list[Wish]:
        """Every wish, the latest first."""
        if not self.exists:
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
        if not self.exists:
            return False
        self.connection.execute("delete from wish where subject = ?", (subject,))
        return bool(self.connection.changes())

    def forget_assets(self, assets: Iterable[str]) -> None:
        """Forget wishes about photos that are no more."""
        self.connection.executemany(
            "delete from wish where subject = ?", [(f"photo:{asset}",) for asset in assets]
        )


class IdeaTitles(Store):
    """Titles that the person wrote over ours, by idea; in the catalogue drawer."""

    drawer = "catalogue"

    def put(self, idea: str, title: str) -> None:
        """Keep a title; an empty one gives the idea its own title back."""
        if not title:
            self.forget([idea])
            return
        self.connection.execute("insert or replace into idea_title values (?, ?)", (idea, title))

    def all(self) -> dict[str, str]:
        """Title by idea id."""
        return dict(self.connection.execute("select id, title from idea_title"))

    def forget(self, ideas: Iterable[str]) -> None:
        """Forget the titles of ideas that are taken back: they may say what is not to be kept."""
        if self.exists:
            rows = [(idea,) for idea in ideas]
            self.connection.executemany("delete from idea_title where id = ?", rows)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
