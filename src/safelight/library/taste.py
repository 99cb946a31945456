"""Themes that the person taught and what they want more or fewer of, in the `taste` drawer.

It goes when `learn` is withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from safelight.library.stores import Store

FEWEST = 3
"""Photos that a theme is taught by at least."""


class OwnTheme(NamedTuple):
    """A taught theme as it is kept; `weights` are float32, little-endian.

    Empty weights are to be learnt again: what they were learnt from was erased.
    """

    name: str
    model: str
    weights: bytes
    threshold: float
    scale: float
    liked: tuple[str, ...]


class Weight(NamedTuple):
    """How much of a subject is wanted in ideas: 1 is usual, less is fewer, more is more."""

    subject: str
    label: str
    share: float


class Taste(Store):
    """Reads and writes own themes and weights; open it only while `learn` is on."""

    drawer = "taste"

    def stamp(self) -> tuple[int, int] | None:
        """Changes whenever anything here changes, in this process or another."""
        if not self.exists:
            return None
        return int(self.connection.pragma("data_version")), int(self.connection.total_changes())

    def put(self, theme: OwnTheme) -> None:
        """Keep a theme, replacing the one of that name."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.connection.execute(
            "insert or replace into own_theme values (?, ?, ?, ?, ?, ?, ?)",
            (*theme[:5], json.dumps(theme.liked), now),
        )

    def all(self) -> list[OwnTheme]:
        """Every taught theme, by name."""
        if not self.exists:
            return []
        found = self.connection.execute(
            "select name, model, weights, threshold, scale, liked from own_theme order by name"
        )
        return [
            OwnTheme(name, model, bytes(weights), threshold, scale, tuple(json.loads(liked)))
            for name, model, weights, threshold, scale, liked in found
        ]

    def unlearn_numbers(self, assets: Collection[str] | None = None) -> None:
        """Forget the numbers of themes, of all or of those that learnt from one of these assets.

        Their names stay, and the photos that taught them; without numbers they find nothing.
        """
        if not self.exists:
            return
        for theme in self.all():
            if assets is None or not set(assets).isdisjoint(theme.liked):
                sql = "update own_theme set weights = x'', threshold = 0, scale = 0 where name = ?"
                self.connection.execute(sql, (theme.name,))

    def forget(self, name: str) -> bool:
        """Forget one theme; False where there was none."""
        self.connection.execute("delete from own_theme where name = ?", (name,))
        return bool(self.connection.changes())

    def weigh(self, weight: Weight) -> None:
        """Keep how much of a subject is wanted; the usual share is not kept."""
        if weight.share == 1:
            self.connection.execute("delete from weight where subject = ?", (weight.subject,))
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        self.connection.execute("insert or replace into weight values (?, ?, ?, ?)", (*weight, now))

    def weights(self) -> list[Weight]:
        """Every weight, the latest first."""
        if not self.exists:
            return []
        found = self.connection.execute(
            "select subject, label, share from weight order by said_at desc, subject"
        )
        return [Weight(*row) for row in found]

    def lean(self, idea: str, subject: str, liked: bool | None) -> None:
        """Keep that an idea was liked or dismissed, an example of its subject; None forgets it."""
        if liked is None:
            self.connection.execute("delete from leaning where idea = ?", (idea,))
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        self.connection.execute(
            "insert or replace into leaning values (?, ?, ?, ?)", (idea, subject, liked, now)
        )

    def leanings(self) -> dict[str, tuple[int, int]]:
        """How many ideas of each subject were liked and dismissed, the latest subject first."""
        if not self.exists:
            return {}
        found = self.connection.execute(
            "select subject, sum(liked), sum(not liked) from leaning"
            " group by subject order by max(said_at) desc, subject"
        )
        return {subject: (int(liked), int(dismissed)) for subject, liked, dismissed in found}

    def unweigh(self, subject: str | None = None) -> None:
        """Forget what was learnt of one subject, or of all."""
        if not self.exists:
            return
        for table in ("weight", "leaning"):
            sql = f"delete from {table} where ? is null or subject = ?"  # noqa: S608  # ours
            self.connection.execute(sql, (subject, subject))

    def assets(self) -> set[str]:
        """Every asset that a theme here learnt from."""
        return {asset for theme in self.all() for asset in theme.liked}

    def recall_assets(self, assets: Sequence[str]) -> int:
        """Forget what themes learnt from assets that are no more; returns how many did.

        A theme is learnt again from the photos that are left, and goes where they are too few.
        """
        gone = set(assets)
        themes = [theme for theme in self.all() if gone.intersection(theme.liked)]
        for theme in themes:
            left = tuple(asset for asset in theme.liked if asset not in gone)
            if len(left) < FEWEST:
                self.forget(theme.name)
            else:
                self.put(theme._replace(weights=b"", threshold=0.0, scale=0.0, liked=left))
        return len(themes)
