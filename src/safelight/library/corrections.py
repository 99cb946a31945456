"""What a person said about people, in order, and how to take it back; in the faces drawer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from safelight.library.catalogue import Row, rows
from safelight.library.people import PeopleStore, now


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing said.

    Attributes:
        said: what it was about.
        before: rows as they were: `faces` as [id, person, confirmed], `people` as [id, name,
            hidden, created_at], `refusals` as [face, person], `rests` as [person, wish].
    """

    number: int
    kind: str
    people: tuple[str, ...]
    said: dict[str, Any]
    before: dict[str, Any]

    @property
    def faces(self) -> list[str]:
        """Ids of the faces it touched."""
        touched = [face for face, *_ in self.before.get("faces", ())]
        return touched or list(self.said.get("faces", ()))


class Corrections:
    """The log of corrections. Nothing is ever changed in it but the note that it was undone."""

    def __init__(self, store: PeopleStore) -> None:
        self._store = store

    @contextmanager
    def saying(
        self, kind: str, people: Sequence[str], faces: Sequence[Row], said: dict[str, Any]
    ) -> Iterator[None]:
        """Log a correction and carry it out, both or neither."""
        with self._store.connection:
            before = {
                "faces": [[f["id"], f["person"], f["confirmed"]] for f in faces],
                "people": [self._person(person) for person in people],
                "refusals": self._refusals(people),
                "rests": [[p, *wish[1:]] for p in people if (wish := self._rest(p))],
            }
            self.add(kind, people, said, before)
            yield
            self._store.regroup_later()

    def add(
        self, kind: str, people: Sequence[str], said: dict[str, Any], before: dict[str, Any]
    ) -> None:
        """Log a correction."""
        self._store.connection.execute(
            "insert into correction (at, kind, people, said, before) values (?, ?, ?, ?, ?)",
            (now(), kind, json.dumps(people), json.dumps(said), json.dumps(before)),
        )

    def last(self) -> Correction | None:
        """The latest that was not taken back."""
        sql = "select * from correction where undone_at is null order by number desc limit 1"
        return next((_correction(row) for row in rows(self._store.connection, sql)), None)

    def take_back(self, correction: Correction) -> None:
        """Restore what it changed; faces that came since stay where they are."""
        connection = self._store.connection
        if correction.kind == "exclude":
            self._bring_back(correction)
        people = correction.before.get("people", [])
        connection.executemany(
            "insert into person (id, name, hidden, created_at) values (?, ?, ?, ?)"
            " on conflict (id) do update set name = excluded.name, hidden = excluded.hidden",
            [tuple(row) for row in people if len(row) > 1],
        )
        connection.executemany(
            "update face set person = ?, confirmed = ? where id = ?",
            [(person, sure, face) for face, person, sure in correction.before.get("faces", [])],
        )
        self._restore_refusals(correction)
        if correction.kind == "merge":
            self._part_rests(correction)
        for row in people:
            if len(row) == 1:  # it did not exist before
                self.drop_person(row[0])
        connection.execute(
            "update correction set undone_at = ? where number = ?", (now(), correction.number)
        )
        self._store.regroup_later()

    def drop_person(self, person: str) -> None:
        """Remove a person who became another; what was said stays."""
        self._store.connection.execute("delete from person where id = ?", (person,))
        self._store.connection.execute("delete from wish where subject = ?", (f"person:{person}",))

    def share_rest(self, person: str, other: str) -> None:
        """Where `person` rests from ideas, `other` does too, to the later of their days."""
        mine, theirs = self._rest(person), self._rest(other)
        if mine is not None and (theirs is None or theirs[3] < mine[3]):
            self._put_rest(other, mine[1:])

    def withdraw_refusals(self, faces: Sequence[str], person: str) -> None:
        """What is said now outweighs "not this person" of before."""
        self._store.connection.executemany(
            "delete from refusal where face = ? and person = ?", [(face, person) for face in faces]
        )

    def move_refusals(self, gone: str, person: str) -> None:
        """Faces that are not one person are not the other either, now that they are one."""
        self._store.connection.execute(
            "insert or ignore into refusal select face, ? from refusal where person = ?"
            " and face not in (select id from face where person = ?)",
            (person, gone, person),
        )

    def _bring_back(self, correction: Correction) -> None:
        """Photos of somebody who was never to be grouped are looked at again."""
        connection = self._store.connection
        faces = [(face,) for face in correction.said["faces"]]
        connection.execute("delete from outcast where id = ?", (correction.said["outcast"],))
        connection.executemany(
            "delete from looked where asset = (select asset from face where id = ?)", faces
        )
        connection.executemany("delete from face where id = ? and template is null", faces)

    def _restore_refusals(self, correction: Correction) -> None:
        connection = self._store.connection
        connection.executemany(
            "delete from refusal where person = ?", [(p,) for p in correction.people]
        )
        connection.executemany(
            "insert or ignore into refusal select ?, ? where exists"
            " (select 1 from face where id = ?) and exists (select 1 from person where id = ?)",
            [(f, p, f, p) for f, p in correction.before.get("refusals", [])],
        )

    def _part_rests(self, merge: Correction) -> None:
        """Each of two who were one rests as before, unless somebody said otherwise since."""
        kept, gone = merge.people
        before = {person: columns for person, *columns in merge.before.get("rests", ())}
        days = [columns[2] for columns in before.values()]
        now_ = self._rest(kept)
        if now_ is not None and days and now_[3] == max(days):
            self._store.connection.execute(
                "delete from wish where subject = ?", (f"person:{kept}",)
            )
            if kept in before:
                self._put_rest(kept, before[kept])
        if gone in before:
            self._put_rest(gone, before[gone])

    def _rest(self, person: str) -> tuple[Any, ...] | None:
        """The wish that a person rests, as its row; None where they do not."""
        sql = "select * from wish where subject = ? and until is not null"
        row: tuple[Any, ...] | None = self._store.connection.execute(
            sql, (f"person:{person}",)
        ).fetchone()
        return row

    def _put_rest(self, person: str, columns: Sequence[Any]) -> None:
        self._store.connection.execute(
            "insert or replace into wish values (?, ?, ?, ?, ?)", (f"person:{person}", *columns)
        )

    def _person(self, person: str) -> list[Any]:
        row = self._store.person(person)
        columns = ("id", "name", "hidden", "created_at")
        return [row[column] for column in columns] if row else [person]

    def _refusals(self, people: Sequence[str]) -> list[tuple[str, str]]:
        return [(face, person) for face, person in self._store.refusals() if person in people]


def _correction(row: Row) -> Correction:
    return Correction(
        row["number"],
        row["kind"],
        tuple(json.loads(row["people"])),
        json.loads(row["said"]),
        json.loads(row["before"]),
    )
