"""Albums: photos and folders that a person picked, so that a grant can mean only these."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime

import apsw

from safelight.consent.clock import Clock, utc_now
from safelight.consent.ledger import Ledger
from safelight.consent.members import AlbumContent
from safelight.consent.scopes import tidy_folder
from safelight.model.consent import Album, Purpose
from safelight.model.errors import UserError

_LONGEST = 80


class Albums:
    """Albums in the `consent` drawer, because grants are limited by them.

    A grant names an album with a number. What is added later gets a higher number and is not
    covered until the person allows it; what is taken out is not covered from that moment.

    Args:
        connect: gives the calling thread's connection to the `consent` drawer.
    """

    def __init__(
        self, connect: Callable[[], apsw.Connection], ledger: Ledger, clock: Clock = utc_now
    ) -> None:
        self._connect = connect
        self._ledger = ledger
        self._clock = clock
        self._seen = threading.local()

    def all(self) -> list[Album]:
        """Every album, by name."""
        found = self._connect().execute("select name, made_at from album order by name")
        return [self._album(str(name), str(made_at)) for name, made_at in found.fetchall()]

    def get(self, name: str) -> Album:
        """One album.

        Raises:
            UserError: there is none of that name.
        """
        sql = "select name, made_at from album where name = ?"
        row = self._connect().execute(sql, (name,)).fetchone()
        if row is None:
            raise UserError(f"There is no album “{name}”.")
        return self._album(str(row[0]), str(row[1]))

    def put(self, name: str, files: Iterable[str], folders: Iterable[str] = ()) -> Album:
        """Put photos and folders into an album, which is made when there is none.

        It widens no permission: a grant keeps covering what the album held when it was given.

        Raises:
            UserError: the name cannot be kept, or a path is not absolute.
        """
        name = _name(name)
        rows = [(path, 0) for path in files] + [(tidy_folder(path), 1) for path in folders]
        if not rows:
            raise UserError("Choose at least one photo or folder.")
        self._ledger.append("album", None, {"in": len(rows)})
        with self._connect() as connection:
            connection.execute(
                "insert or ignore into album values (?, ?)", (name, self._clock().isoformat())
            )
            connection.execute("update album_counter set number = number + 1")
            connection.executemany(
                "insert or ignore into album_member select ?, ?, ?, number from album_counter",
                [(name, path, is_folder) for path, is_folder in rows],
            )
        return self.get(name)

    def take_out(self, name: str, paths: Iterable[str]) -> int:
        """Take photos and folders out; returns how many were in it. Grants shrink with it."""
        self.get(name)
        rows = [(name, path) for path in paths]
        self._ledger.append("album", None, {"out": len(rows)})
        connection = self._connect()
        before = connection.total_changes()
        with connection:
            connection.executemany("delete from album_member where album = ? and path = ?", rows)
        return connection.total_changes() - before

    def forget(self, paths: Iterable[str]) -> None:
        """Take photos out of every album; whoever erases them has recorded it."""
        connection = self._connect()
        connection.executemany("delete from album_member where path = ?", [(p,) for p in paths])

    def remove(self, name: str) -> None:
        """Forget an album. A grant that names it covers nothing from then on.

        Raises:
            UserError: there is none of that name.
        """
        album = self.get(name)
        self._ledger.append("album", None, {"out": len(album.files) + len(album.folders)})
        with self._connect() as connection:
            connection.execute("delete from album_member where album = ?", (name,))
            connection.execute("delete from album where name = ?", (name,))

    def content(self, ref: str) -> AlbumContent | None:
        """What a reference covers now; None where the album is gone."""
        connection = self._connect()
        stamp = (id(connection), connection.pragma("data_version"), connection.total_changes())
        if getattr(self._seen, "stamp", None) != stamp:
            self._seen.stamp, self._seen.contents = stamp, {}
        contents: dict[str, AlbumContent | None] = self._seen.contents
        if ref not in contents:
            contents[ref] = self._read(ref)
        return contents[ref]

    def consent_changed(
        self, connection: apsw.Connection, *, allowed: Purpose | None, ended: Purpose | None
    ) -> None:
        """Albums hold file names, so they go with the library."""
        if ended is Purpose.LIBRARY:
            connection.execute("delete from album_member")
            connection.execute("delete from album")

    def _read(self, ref: str) -> AlbumContent | None:
        name, number = parse_reference(ref)
        connection = self._connect()
        if connection.execute("select 1 from album where name = ?", (name,)).fetchone() is None:
            return None
        sql = (
            "select path from album_member where album = ? and number <= ? and is_folder = ?"
            " order by path"
        )
        files, folders = (
            [str(path) for (path,) in connection.execute(sql, (name, number, kind))]
            for kind in (0, 1)
        )
        return AlbumContent(frozenset(files), tuple(folders))

    def _album(self, name: str, made_at: str) -> Album:
        sql = "select coalesce(max(number), 0) from album_member where album = ?"
        row = self._connect().execute(sql, (name,)).fetchone()
        reference = f"{name}@{row[0] if row else 0}"
        found = self._read(reference) or AlbumContent()
        files = tuple(sorted(found.files))
        return Album(name, files, found.folders, datetime.fromisoformat(made_at), reference)


def parse_reference(ref: str) -> tuple[str, int]:
    """An album's name, and the number up to which it counts."""
    name, _, number = ref.rpartition("@")
    return name, int(number) if number.isdecimal() else 0


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise UserError(f"An album needs a name of at most {_LONGEST} characters.")
    return name
