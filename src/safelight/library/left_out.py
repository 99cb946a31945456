"""Photos that were erased one by one: later scans pass over them, and nothing tells which."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import apsw

from safelight.library.stores import Store


@dataclass(frozen=True, slots=True)
class Photo:
    """What tells an erased photo: its files' paths, its content (digest and size)."""

    paths: tuple[str, ...]
    digest: bytes
    size: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The list as one scan reads it."""

    key: bytes
    macs: frozenset[bytes]

    def has_path(self, path: str) -> bool:
        """Whether a file of that name was erased."""
        return bool(self.macs) and _of_path(self.key, path) in self.macs

    def has_content(self, digest: bytes, size: int) -> bool:
        """Whether a photo with that content was erased, wherever it lies now."""
        return bool(self.macs) and _of_content(self.key, digest, size) in self.macs


class LeftOutList(Store):
    """Reads and writes the list in the `erased` drawer."""

    drawer = "erased"

    def load(self) -> LeftOut:
        """The list as it is now."""
        if not self.exists:
            return LeftOut(b"", frozenset())
        macs = frozenset(mac for (mac,) in self.connection.execute("select mac from left_out"))
        return LeftOut(self._key() if macs else b"", macs)

    def count(self) -> int:
        """How many photos are left out."""
        if not self.exists:
            return 0
        row = self.connection.execute("select count(distinct photo) from left_out").fetchone()
        return int(row[0]) if row else 0

    def add(self, photos: Iterable[Photo]) -> None:
        """Leave photos out from now on."""
        key = self._key()
        with self.connection as connection:
            for photo in photos:
                macs = [_of_path(key, path) for path in photo.paths]
                if photo.size:
                    macs.append(_of_content(key, photo.digest, photo.size))
                number = self._number(connection, macs)
                connection.executemany(
                    "insert or ignore into left_out values (?, ?)", [(mac, number) for mac in macs]
                )

    def lift(self, paths: Sequence[str]) -> int:
        """Let photos be read again; returns how many of these were left out."""
        if not self.exists:
            return 0
        key, before = self._key(), self.count()
        with self.connection as connection:
            connection.executemany(
                "delete from left_out where photo in (select photo from left_out where mac = ?)",
                [(_of_path(key, path),) for path in paths],
            )
        return before - self.count()

    def lift_all(self) -> int:
        """Let every photo be read again; returns how many were left out."""
        count = self.count()
        if count:
            with self.connection as connection:
                connection.execute("delete from left_out")
                connection.execute("delete from secret")
        return count

    def _key(self) -> bytes:
        row = self.connection.execute("select key from secret").fetchone()
        if row is None:
            self.connection.execute("insert into secret values (?)", (os.urandom(32),))
            return self._key()
        return bytes(row[0])

    def _number(self, connection: apsw.Connection, macs: Sequence[bytes]) -> int:
        """The number under which one of these is known already, or the next one."""
        for mac in macs:
            sql = "select photo from left_out where mac = ?"
            if row := connection.execute(sql, (mac,)).fetchone():
                return int(row[0])
        row = connection.execute("select coalesce(max(photo), 0) + 1 from left_out").fetchone()
        assert row is not None
        return int(row[0])


class ErasurePlans(Store):
    """What erasures under way have still to do, in the `erased` drawer."""

    drawer = "erased"

    def put(self, items: Iterable[tuple[str, str]]) -> str:
        """Keep a plan of (kind, id) and return the token that finds it again."""
        token = os.urandom(8).hex()
        with self.connection as connection:
            rows = [(token, kind, name) for kind, name in items]
            connection.executemany("insert or ignore into plan values (?, ?, ?)", rows)
        return token

    def get(self, token: str, kind: str) -> list[str]:
        """The ids of one kind."""
        if not self.exists:
            return []
        sql = "select id from plan where token = ? and kind = ?"
        return [name for (name,) in self.connection.execute(sql, (token, kind))]

    def drop(self, token: str) -> None:
        """Forget a plan that was carried out."""
        if self.exists:
            self.connection.execute("delete from plan where token = ?", (token,))

    def drop_others(self, tokens: Iterable[str]) -> None:
        """Forget plans that no entry of the ledger speaks of: a crash came before the entry."""
        if not self.exists:
            return
        known = set(tokens)
        found = self.connection.execute("select distinct token from plan")
        for token in [token for (token,) in found if token not in known]:
            self.drop(token)


def _of_path(key: bytes, path: str) -> bytes:
    return hmac.digest(key, b"path\0" + path.encode("utf-8", "surrogatepass"), "sha256")


def _of_content(key: bytes, digest: bytes, size: int) -> bytes:
    return hmac.digest(key, b"content\0%d\0" % size + digest, "sha256")
