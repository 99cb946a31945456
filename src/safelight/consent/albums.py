"""Albums: photos and folders that a person picked, so that a grant can mean only these."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import apsw

from safelight.consent.clock import Clock, utc_now
from safelight.consent.ledger import Ledger
from safelight.consent.members import AlbumContent
from safelight.consent.scopes import tidy_folder
from safelight.model.consent import Purpose
from safelight.model.errors import UserError

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Album:
    """One album as it is now.

    Attributes:
        files, folders: absolute paths, in order of name.
        reference: what a grant made now would name.
    """

    name: str
    files: tuple[str, ...]
    folders: tuple[str, ...]
    made_at: datetime
    reference: str


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
        return [self._album(name, made_at) for name, made_at in found.fetchall()]

    def get(self, name: str) -> Album:
        """One album.

        Raises:
            UserError: there is none of that name.
        """
        sql = "select name, made_at from album where name = ?"
        row = self._connect().execute(sql, (name,)).fetchone()
        if row is None:
            raise UserError(f"There is no album “{name}”.")
        return self._album(*row)

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
                "insert or ignore into album_member"
                " select ?, ?, ?, number from album_counter",
                [(name, path, is_folder) for path, is_folder in rows],
            )
        return self.get(name)

    def take_out(self, name: str, paths: Iterable[str]) -> int:
        """Take photos and folders out; returns how many were in it. Grants shrink with it."""
        self.get(name)
        rows = [(name, path) for path in paths]
        self._ledger.append("album", None, {"out": len(rows)})
        with self._connect() as connection:
            before = connection.total_changes()
            connection.executemany("delete from album_member where album = ? and path = ?", rows)
            return connection.total_changes() - before

    def remove(self, name: str) -> None:
        """Forget an album. A grant that names it covers nothing from then on.

        Raises:
            UserError: there is none of that name.
        """
        album = self.get(name)
        self._ledger.append("album", None, {"out": len(album.files) + len(album.folders)})
        self._connect().execute("delete from album where name = ?", (name,))

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
        sql = "select path, is_folder from album_member where album = ? and number <= ?"
        members = connection.execute(sql, (name, number)).fetchall()
        files = frozenset(path for path, is_folder in members if not is_folder)
        return AlbumContent(files, tuple(sorted(path for path, folder in members if folder)))

    def _album(self, name: str, made_at: str) -> Album:
        sql = "select path, is_folder, number from album_member where album = ? order by path"
        members = self._connect().execute(sql, (name,)).fetchall()
        number = max((number for _, _, number in members), default=0)
        return Album(
            name,
            tuple(path for path, is_folder, _ in members if not is_folder),
            tuple(path for path, is_folder, _ in members if is_folder),
            datetime.fromisoformat(made_at),
            f"{name}@{number}",
        )


def parse_reference(ref: str) -> tuple[str, int]:
    """An album's name, and the number up to which it counts."""
    name, _, number = ref.rpartition("@")
    return name, int(number) if number.isdecimal() else 0


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise UserError(f"An album needs a name of at most {_LONGEST} characters.")
    return name
