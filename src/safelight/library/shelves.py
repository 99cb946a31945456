"""Shelves: ideas and creations, as they are kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import apsw

from safelight.library.catalogue import Row, rows
from safelight.library.drawers import Drawers
from safelight.library.stores import Store
from safelight.library.wishes import IdeaTitles
from safelight.model.consent import Purpose
from safelight.model.creations import Box, Cell, Creation, CreationKind
from safelight.model.ideas import Idea, IdeaKind, Part, PhotoReason, Reason, Shown


class IdeaShelf(Store):
    """Ideas in one drawer: `catalogue` for those asked for, `ideas` for those that came unasked."""

    def replace(self, ideas: Sequence[Idea], offered: Sequence[str]) -> None:
        """Put a fresh set of ideas in place of the old; `offered` are ids, best first."""
        rank = {idea: number for number, idea in enumerate(offered, 1)}
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with self.connection as connection:
            connection.execute("delete from idea")
            connection.executemany(
                "insert into idea values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (*_idea_columns(idea), rank.get(idea.id, 0), now, _details(idea))
                    for idea in ideas
                ],
            )

    def made_at(self) -> datetime | None:
        """When the ideas here were made; None where there are none."""
        row = self.connection.execute("select max(made_at) from idea").fetchone()
        return datetime.fromisoformat(row[0]) if row and row[0] else None

    def all(self) -> list[tuple[Idea, int]]:
        """Ideas with their rank in the offering: ranked first, then by score."""
        found = rows(
            self.connection, "select * from idea order by offered = 0, offered, score desc, id"
        )
        return [(_idea(row), row["offered"]) for row in found]

    def get(self, idea: str) -> Idea | None:
        """One idea."""
        found = rows(self.connection, "select * from idea where id = ?", (idea,))
        return next((_idea(row) for row in found), None)

    def assets(self) -> set[str]:
        """Every asset that an idea here uses."""
        return {asset for idea, _ in self.all() for asset in idea.assets}

    def take_back(self, unwanted: Callable[[Idea], bool], *, titles: bool = True) -> list[str]:
        """Remove ideas, with the titles that the person gave them; returns their ids."""
        gone = [idea.id for idea, _ in self.all() if unwanted(idea)]
        self.connection.executemany("delete from idea where id = ?", [(i,) for i in gone])
        if titles:
            IdeaTitles(self._drawers).forget(gone)
        return gone

    def recall(self, purpose: Purpose, using: Collection[str] | None = None) -> int:
        """Remove the ideas that stand on a purpose; returns how many.

        Args:
            using: only those that use one of these assets.
        """
        some = None if using is None else frozenset(using)
        return len(
            self.take_back(
                lambda idea: (
                    purpose in idea.purposes and (some is None or not some.isdisjoint(idea.assets))
                )
            )
        )

    def recall_assets(self, assets: Collection[str], *, titles: bool = True) -> int:
        """Remove the ideas that use one of these assets; returns how many.

        Args:
            titles: with those that the person gave them.
        """
        some = frozenset(assets)
        gone = self.take_back(lambda idea: not some.isdisjoint(idea.assets), titles=titles)
        return len(gone)


def idea_shelves(drawers: Drawers) -> list[IdeaShelf]:
    """Every shelf of ideas that there is."""
    shelves = (IdeaShelf(drawers, name) for name in ("catalogue", "ideas"))
    return [shelf for shelf in shelves if shelf.exists]


class IdeaStates(Store):
    """What the person said about ideas, and when they were shown; in the catalogue drawer."""

    drawer = "catalogue"

    def set(self, idea: str, state: str | None) -> None:
        """Remember `liked`, `dismissed` or `hidden`; None takes it back."""
        if state is None:
            self.connection.execute("delete from idea_state where id = ?", (idea,))
            return
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.connection.execute(
            "insert or replace into idea_state values (?, ?, ?)", (idea, state, now)
        )

    def all(self) -> dict[str, str]:
        """State by idea id."""
        return dict(self.connection.execute("select id, state from idea_state"))

    def shown(self) -> Shown:
        """The last day on which each idea, photo and kind of idea was offered."""
        ideas, assets, kinds = (
            {name: date.fromisoformat(day) for name, day in self.connection.execute(sql)}
            for sql in (
                "select id, on_day from idea_shown",
                "select asset, on_day from photo_shown",
                "select kind, on_day from kind_shown",
            )
        )
        return Shown(ideas, assets, {IdeaKind(kind): day for kind, day in kinds.items()})

    def mark_shown(self, ideas: Iterable[Idea], day: date) -> None:
        """Remember that ideas were offered on a day, with their photos and kinds."""
        found, on_day = list(ideas), day.isoformat()
        assets = {asset for idea in found for asset in idea.assets}
        names = (
            ("idea_shown (id, on_day)", "id", {idea.id for idea in found}),
            ("photo_shown (asset, on_day)", "asset", assets),
            ("kind_shown (kind, on_day)", "kind", {idea.kind for idea in found}),
        )
        with self.connection as connection:
            for table, key, values in names:
                connection.executemany(
                    f"insert into {table} values (?, ?) on conflict ({key})"  # noqa: S608  # names are ours
                    " do update set on_day = max(on_day, excluded.on_day)",
                    [(value, on_day) for value in sorted(values)],
                )

    def forget_assets(self, assets: Iterable[str]) -> None:
        """Forget when photos that are no more were offered."""
        self.connection.executemany(
            "delete from photo_shown where asset = ?", [(asset,) for asset in assets]
        )


_RESTYLED = "restyled"
_DRAWERS = ("creations", _RESTYLED)


class CreationShelf:
    """Made files: what a model painted in the `restyled` drawer, all else in `creations`."""

    def __init__(self, drawers: Drawers) -> None:
        self._drawers = drawers

    def put(
        self,
        creation: Creation,
        purposes: frozenset[Purpose],
        content: bytes,
        poster: bytes = b"",
    ) -> None:
        """Keep a creation with the purposes it stands on.

        Args:
            poster: a JPEG that stands for what moves.
        """
        c = creation
        drawer = _RESTYLED if Purpose.RESTYLE in purposes else _DRAWERS[0]
        self._drawers.connection(drawer).execute(
            "insert or replace into creation values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(c.id, c.kind, c.title, c.media_type, c.width, c.height),
                *(json.dumps(c.used), json.dumps([_cell_list(cell) for cell in c.cells])),
                *(json.dumps(c.recipe), json.dumps(sorted(purposes)), c.idea, c.made_at, content),
                poster,
            ),
        )

    def all(self) -> list[Creation]:
        """Creations, newest first, without their content."""
        found = [
            row
            for connection in self._connections()
            for row in rows(
                connection,
                "select id, kind, title, media_type, width, height, used, cells, recipe, idea,"
                " made_at from creation",
            )
        ]
        found.sort(key=lambda row: row["id"])
        found.sort(key=lambda row: row["made_at"], reverse=True)
        return [_creation(row) for row in found]

    def standing(self) -> list[tuple[Creation, frozenset[Purpose]]]:
        """Creations with the purposes they stand on."""
        purposes = {
            name: frozenset(map(Purpose, json.loads(text)))
            for connection in self._connections()
            for name, text in connection.execute("select id, purposes from creation")
        }
        made = self.all()
        return [(each, purposes[each.id]) for each in made if each.id in purposes]

    def purposes(self, creation: str) -> frozenset[Purpose]:
        """The purposes that one creation stands on; empty where there is none."""
        sql = "select purposes from creation where id = ?"
        for connection in self._connections():
            for (text,) in connection.execute(sql, (creation,)):
                return frozenset(map(Purpose, json.loads(text)))
        return frozenset()

    def get(self, creation: str) -> tuple[Creation, bytes] | None:
        """One creation with its file."""
        for connection in self._connections():
            for row in rows(connection, "select * from creation where id = ?", (creation,)):
                return _creation(row), bytes(row["content"])
        return None

    def poster(self, creation: str) -> bytes | None:
        """The picture that stands for a creation; None where there is none."""
        for connection in self._connections():
            found = "select poster from creation where id = ?"
            for (poster,) in connection.execute(found, (creation,)):
                return bytes(poster) or None
        return None

    def remove(self, creation: str) -> bool:
        """Delete a creation; False where there was none."""
        gone = 0
        for connection in self._connections():
            connection.execute("delete from creation where id = ?", (creation,))
            gone += connection.changes()
        return gone > 0

    def recall(self, purpose: Purpose, using: Collection[str] | None = None) -> int:
        """Remove the creations that stand on a purpose; returns how many.

        Args:
            using: only those that used one of these assets.
        """
        gone = [
            creation.id
            for creation, purposes in self.standing()
            if purpose in purposes and (using is None or not set(using).isdisjoint(creation.used))
        ]
        return sum(self.remove(name) for name in gone)

    def recall_assets(self, assets: set[str]) -> int:
        """Remove the creations that used one of these assets; returns how many."""
        gone = [c.id for c in self.all() if not assets.isdisjoint(c.used)]
        return sum(self.remove(name) for name in gone)

    def _connections(self) -> Iterator[apsw.Connection]:
        for drawer in _DRAWERS:
            if self._drawers.exists(drawer):
                yield self._drawers.connection(drawer)


def _idea_columns(idea: Idea) -> tuple[Any, ...]:
    return (
        *(idea.id, idea.kind, idea.title, idea.subtitle, json.dumps(idea.assets), idea.cover),
        json.dumps([[r.signal, r.text, r.purpose] for r in idea.reasons]),
        *(idea.score, json.dumps(idea.makes)),
        idea.start.isoformat() if idea.start else None,
        idea.end.isoformat() if idea.end else None,
    )


def _details(idea: Idea) -> str:
    return json.dumps(
        {
            "about": idea.about,
            "photos": [[p.asset, p.text, p.purpose] for p in idea.photos],
            "parts": [[part.name, part.value, part.adds] for part in idea.parts],
        }
    )


def _idea(row: Row) -> Idea:
    details = json.loads(row["details"])
    return Idea(
        id=row["id"],
        kind=IdeaKind(row["kind"]),
        title=row["title"],
        subtitle=row["subtitle"],
        assets=tuple(json.loads(row["assets"])),
        cover=row["cover"],
        reasons=tuple(
            Reason(signal, text, Purpose(purpose))
            for signal, text, purpose in json.loads(row["reasons"])
        ),
        score=row["score"],
        makes=tuple(json.loads(row["makes"])),
        start=_moment(row["starts"]),
        end=_moment(row["ends"]),
        about=tuple(details.get("about", ())),
        photos=tuple(
            PhotoReason(asset, text, Purpose(purpose))
            for asset, text, purpose in details.get("photos", ())
        ),
        parts=tuple(Part(*part) for part in details.get("parts", ())),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _cell_list(cell: Cell) -> list[Any]:
    boxes = _box_list(cell.source), _box_list(cell.placed)
    return [cell.asset, *boxes, list(cell.size), cell.angle]


def _box_list(box: Box) -> list[float]:
    return [box.x, box.y, box.width, box.height]


def _cells(row: Row) -> tuple[Cell, ...]:
    """The cells of a creation; kept without angles once, which then stand in its recipe only."""
    cells = json.loads(row["cells"])
    told = json.loads(row["recipe"]).get("cells", ())
    for cell, other in zip(cells, told if any(len(c) < 5 for c in cells) else (), strict=False):
        cell.append(other.get("angle", 0.0))
    return tuple(
        Cell(asset, Box(*source), Box(*placed), (size[0], size[1]), *angle)
        for asset, source, placed, size, *angle in cells
    )


def _creation(row: Row) -> Creation:
    return Creation(
        id=row["id"],
        kind=CreationKind(row["kind"]),
        title=row["title"],
        media_type=row["media_type"],
        width=row["width"],
        height=row["height"],
        used=tuple(json.loads(row["used"])),
        cells=_cells(row),
        recipe=json.loads(row["recipe"]),
        made_at=row["made_at"],
        idea=row["idea"],
    )
