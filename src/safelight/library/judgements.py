"""How good pictures are and which stay out of ideas, in the `content` drawer."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import UTC, datetime
from typing import NamedTuple

from safelight.library.content_store import ContentStore
from safelight.library.packing import pack_quality, unpack_quality, whole
from safelight.model.assets import KeptOut
from safelight.model.consent import SqlCondition
from safelight.model.quality import Quality
from safelight.model.sights import Looks

_NEWEST = "order by a.taken_local is null, a.taken_local desc, a.key desc"


class Judged(NamedTuple):
    """A picture's quality, and why it stays out of ideas, None when its content does not say so."""

    asset: str
    quality: Quality
    kept_out: KeptOut | None
    why: str


class Likeness(NamedTuple):
    """A picture that looks like another: the best of their group, and why that one is."""

    asset: str
    best: str
    why: str | None


class SetAside(NamedTuple):
    """A picture that content keeps out of ideas; `best` is what a near-duplicate is like.

    `back` tells that the person brought it back all the same.
    """

    asset: str
    reason: KeptOut
    why: str
    best: str | None
    back: bool


class Judgements(ContentStore):
    """Quality figures, verdicts, which pictures are nearly the same, and the person's word."""

    # Writing

    def put_quality(self, items: Iterable[Judged]) -> None:
        """Keep quality figures and verdicts."""
        with self.connection:
            self.connection.executemany(
                "insert or replace into quality values (?, ?, ?, ?, ?)",
                [
                    (i.asset, i.quality.score, pack_quality(i.quality), i.kept_out, i.why)
                    for i in items
                ],
            )

    def replace_likeness(self, items: Iterable[Likeness]) -> None:
        """Put fresh groups of near-identical pictures in place of the old."""
        with self.connection:
            self.connection.execute("delete from alike")
            self.connection.execute("delete from due where work = 'likeness'")
            self.connection.executemany("insert into alike values (?, ?, ?)", list(items))

    def bring_back(self, asset: str, back: bool = True) -> None:
        """Remember that the person wants a kept-out picture in ideas, or no longer does."""
        if back:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self.connection.execute("insert or replace into kept_in values (?, ?)", (asset, now))
        else:
            self.connection.execute("delete from kept_in where asset = ?", (asset,))

    @property
    def due(self) -> bool:
        """Whether pictures were looked at since it was last worked out what is alike."""
        sql = "select 1 from due where work = 'likeness'"
        return self.exists and self.connection.execute(sql).fetchone() is not None

    # Reading

    def judged(self, asset: str) -> Judged | None:
        """One asset's quality and verdict."""
        row = self.connection.execute(
            "select figures, kept_out, why from quality where asset = ?", (asset,)
        ).fetchone()
        if row is None:
            return None
        return Judged(asset, unpack_quality(row[0]), KeptOut(row[1]) if row[1] else None, row[2])

    def looks(self, library: SqlCondition, content: SqlCondition) -> Looks:
        """Quality figures of every asset that may be seen."""
        source = "content.quality q join asset a on a.id = q.asset"
        rows = self._rows("q.asset, q.figures", source, library, content)
        names = [field.name for field in fields(Quality)]
        return Looks(
            [row[0] for row in rows], names, memoryview(b"".join(whole(row[1]) for row in rows))
        )

    def verdicts(self, library: SqlCondition, content: SqlCondition) -> dict[str, KeptOut]:
        """Assets that content keeps out of ideas; what the person brought back is not among them.

        A near-duplicate stays out for the best of its group.
        """
        judged = self._rows(
            "q.asset, q.kept_out",
            "content.quality q join asset a on a.id = q.asset"
            " left join content.kept_in k on k.asset = q.asset",
            library,
            content,
            "q.kept_out is not null and k.asset is null",
        )
        return {asset: KeptOut(reason) for asset, reason in judged}

    def kept_out_as(
        self,
        reason: KeptOut,
        library: SqlCondition,
        content: SqlCondition,
        among: Collection[str] | None = None,
    ) -> frozenset[str]:
        """Assets, of all or of some, that content keeps out for one reason, not brought back."""
        only = "1" if among is None else "q.asset in (select value from json_each(?))"
        some = () if among is None else (json.dumps(sorted(among)),)
        judged = self._rows(
            "q.asset",
            "content.quality q join asset a on a.id = q.asset"
            " left join content.kept_in k on k.asset = q.asset",
            library,
            content,
            f"q.kept_out = ? and k.asset is null and {only}",
            (reason.value, *some),
        )
        return frozenset(asset for (asset,) in judged)

    def scores(self, library: SqlCondition, content: SqlCondition) -> dict[str, float]:
        """Quality score of every asset that may be seen."""
        source = "content.quality q join asset a on a.id = q.asset"
        return dict(self._rows("q.asset, q.score", source, library, content))

    def likeness(self, library: SqlCondition, content: SqlCondition) -> list[Likeness]:
        """Near-identical pictures that may be seen, each with the best of its group.

        What the person brought back is not among them.
        """
        source = (
            "content.alike l join asset a on a.id = l.asset"
            " left join content.kept_in k on k.asset = l.asset"
        )
        found = self._rows("l.asset, l.best, l.why", source, library, content, "k.asset is null")
        return [Likeness(*row) for row in found]

    def set_aside(
        self, library: SqlCondition, content: SqlCondition, asset: str | None = None
    ) -> list[SetAside]:
        """All that content keeps out of ideas or would, newest first; or what concerns one."""
        only, params = ("1", ()) if asset is None else ("a.id = ?", (asset,))
        judged = self._rows(
            "q.asset, q.kept_out, q.why, null, k.asset is not null",
            "content.quality q join asset a on a.id = q.asset"
            " left join content.kept_in k on k.asset = q.asset",
            library,
            content,
            f"q.kept_out is not null and a.kept_out is null and {only}",
            params,
            _NEWEST,
        )
        alike = self._rows(
            "l.asset, 'duplicate', l.why, l.best, k.asset is not null",
            "content.alike l join asset a on a.id = l.asset"
            " left join content.kept_in k on k.asset = l.asset",
            library,
            content,
            f"a.kept_out is null and {only}",
            params,
            _NEWEST,
        )
        return [
            SetAside(asset, KeptOut(reason), why or "", best, bool(back))
            for asset, reason, why, best, back in (*judged, *alike)
        ]
