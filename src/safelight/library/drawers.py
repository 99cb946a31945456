"""Drawers: one encrypted SQLite file for each purpose, each with a key of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import apsw

from safelight.consent.ledger.locking import file_lock
from safelight.library.keys import KeyRing, Stamp
from safelight.library.migrations import migrate, scripts, version
from safelight.library.storage_errors import storage_errors
from safelight.model.consent import Purpose
from safelight.model.errors import UserError

_BUSY_MS = 10_000
_CACHE_KIB = 8_192
_CLOSE_S = 2.0


@dataclass(frozen=True, slots=True)
class DrawerSpec:
    """A drawer and the purpose whose withdrawal erases it; None for the consent book itself."""

    name: str
    owner: Purpose | None


def trail_name(purpose: Purpose) -> str:
    """The drawer that knows which assets were looked at for a purpose."""
    return f"trail-{purpose.value}"


DRAWERS: dict[str, DrawerSpec] = {
    spec.name: spec
    for spec in (
        DrawerSpec("consent", None),
        DrawerSpec("catalogue", Purpose.LIBRARY),
        DrawerSpec("previews", Purpose.LIBRARY),
        DrawerSpec("creations", Purpose.LIBRARY),
        DrawerSpec("places", Purpose.PLACES),
        DrawerSpec("content", Purpose.CONTENT),
        DrawerSpec("faces", Purpose.FACES),
        DrawerSpec("ideas", Purpose.SUGGEST),
        DrawerSpec("taste", Purpose.LEARN),
        DrawerSpec("restyled", Purpose.RESTYLE),
        DrawerSpec("remote", Purpose.REMOTE),
        DrawerSpec("erased", Purpose.LIBRARY),
        *(DrawerSpec(trail_name(purpose), purpose) for purpose in Purpose if purpose.grantable),
    )
}


def owned_by(*purposes: Purpose) -> tuple[str, ...]:
    """Names of the drawers that these purposes own."""
    return tuple(spec.name for spec in DRAWERS.values() if spec.owner in purposes)


@dataclass(slots=True)
class _Held:
    """One connection, the keys it was opened with, and the ring it was last compared with."""

    connection: apsw.Connection
    keys: dict[str, bytes | None]
    stamp: Stamp
    dead: bool = False
    thread: threading.Thread = field(default_factory=threading.current_thread)


class Drawers:
    """Opens the files in `HOME/drawers`; every thread has connections of its own."""

    def __init__(self, home: Path, keyring: KeyRing) -> None:
        self.folder = home / "drawers"
        self._keyring = keyring
        self._mine = threading.local()
        self._all: list[_Held] = []
        self._guard = threading.Lock()

    def path(self, name: str) -> Path:
        """A drawer's file."""
        return self.folder / f"{DRAWERS[name].name}.db"

    def size(self, name: str) -> int:
        """Bytes of a drawer's file, with what waits beside it to be written into it."""
        path = self.path(name)
        files = (path, path.with_name(path.name + "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def exists(self, name: str) -> bool:
        """Whether a drawer has a file and a key that opens it."""
        return self._keyring.key(name) is not None and self.path(name).exists()

    def connection(self, name: str) -> apsw.Connection:
        """This thread's connection to a drawer, made and migrated when it is first opened.

        Ask again for each piece of work: a drawer that was erased in the meantime, here or in
        another process, gives a fresh connection.

        Raises:
            UserError: the file or its key is damaged or missing; the message names it.
        """
        held = self._held((name,))
        if held is None:
            held = self._keep((name,), self._open(name), {name: self._keyring.key(name)})
        return held.connection

    def reader(self, names: Sequence[str]) -> apsw.Connection:
        """This thread's connection to several drawers: the first as main, the others attached.

        The others appear under their names; those that do not exist are left out.

        Raises:
            UserError: as `connection`.
        """
        chosen = tuple(names)
        held = self._held(chosen, reading=True)
        if held is None:
            main, others = chosen[0], chosen[1:]
            connection = self._open(main)
            keys = {main: self._keyring.key(main)}
            for name in others:
                keys[name] = self._attach(connection, name)
            held = self._keep(chosen, connection, keys, reading=True)
        return held.connection

    def erase(self, *names: str, also: Iterable[str] = ()) -> int:
        """Destroy the keys of drawers, then their files; returns how many bytes went.

        Keys named by `also`, which belong to no drawer, are destroyed in the same step.

        Connections of this process to them are stopped and closed; those of other processes
        are dropped when next asked for.
        """
        self._make_folder()
        with file_lock(self.folder / "lock"):
            self._close_holding(set(names))
            self._keyring.forget(*names, *also)
            return sum(self._remove_files(name) for name in names)

    def close(self) -> None:
        """Close every connection of this process."""
        self._close_holding(set(DRAWERS))

    # Opening

    def _open(self, name: str) -> apsw.Connection:
        until = time.monotonic() + _BUSY_MS / 1000
        with storage_errors(self.path(name)):
            while True:
                try:
                    return self._begin(name)
                except apsw.BusyError:
                    # Said at once, without the wait that is set, to those who begin a drawer
                    # together: each is in the other's way.
                    if time.monotonic() > until:
                        raise
                time.sleep(0.005)

    def _begin(self, name: str) -> apsw.Connection:
        key = self._keyring.key(name)
        if key is not None and self.path(name).exists():
            return self._connect(name, key)
        self._make_folder()
        with file_lock(self.folder / "lock"):
            return self._connect(name, self._key_for_new(name))

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"{self.folder} cannot be made ({error.strerror}).") from error

    def _key_for_new(self, name: str) -> bytes:
        """A new drawer's key, after what an unfinished erasure left of the old one is gone."""
        path = self.path(name)
        if self._keyring.key(name) is None and path.exists():
            if not self._keyring.forgotten(name):
                raise UserError(
                    f"{path} has no key in {self._keyring.path}. Put the key ring back from a "
                    "backup, or remove that file to start it anew."
                )
            self._remove_files(name)
        return self._keyring.create(name)

    def _connect(self, name: str, key: bytes) -> apsw.Connection:
        connection = apsw.Connection(str(self.path(name)))
        try:
            _prepare(connection, key)
            migrate(connection, name)
        except BaseException:
            connection.close()
            raise
        return connection

    def _attach(self, connection: apsw.Connection, name: str) -> bytes | None:
        if not self.exists(name):
            return None
        key = self._keyring.key(name)
        assert key is not None
        with storage_errors(self.path(name)):
            statement = f'attach ? as "{name}" key ?'
            connection.execute(statement, (str(self.path(name)), _raw(key)))
            connection.pragma("secure_delete", 1, schema=name)
            if version(connection, name) != len(scripts(name)):
                self.connection(name)  # brings it up to date, or says why it cannot
        return key

    # Keeping

    def _cache(self, reading: bool) -> dict[tuple[str, ...], _Held]:
        attribute = "readers" if reading else "writers"
        cache: dict[tuple[str, ...], _Held] | None = getattr(self._mine, attribute, None)
        if cache is None:
            cache = {}
            setattr(self._mine, attribute, cache)
        return cache

    def _held(self, names: tuple[str, ...], reading: bool = False) -> _Held | None:
        """What this thread holds, when it is still good."""
        cache = self._cache(reading)
        held = cache.get(names)
        if held is None:
            return None
        if not held.dead:
            stamp = self._keyring.stamp()
            if held.stamp == stamp or self._same_keys(held):
                held.stamp = stamp
                return held
        del cache[names]
        self._drop(held)
        return None

    def _same_keys(self, held: _Held) -> bool:
        return all(
            key == (self._keyring.key(name) if key or self.exists(name) else None)
            for name, key in held.keys.items()
        )

    def _keep(
        self,
        names: tuple[str, ...],
        connection: apsw.Connection,
        keys: dict[str, bytes | None],
        reading: bool = False,
    ) -> _Held:
        # No stamp yet: the keys are compared once more when the connection is next asked for.
        held = _Held(connection, keys, (-1, 0, 0, 0))
        self._cache(reading)[names] = held
        self._drop_abandoned()
        with self._guard:
            self._all.append(held)
        return held

    def _drop_abandoned(self) -> None:
        """Close what threads left behind that have ended: a server's come and go all day."""
        with self._guard:
            found = [held for held in self._all if not held.thread.is_alive()]
        for held in found:
            self._drop(held)

    # Closing

    def _drop(self, held: _Held) -> bool:
        held.dead = True
        try:
            held.connection.close()
        except apsw.Error:  # another thread is inside it; that thread drops it when next it asks
            return False
        with self._guard, suppress(ValueError):
            self._all.remove(held)
        return True

    def _close_holding(self, names: set[str]) -> None:
        with self._guard:
            found = [held for held in self._all if not names.isdisjoint(held.keys)]
        until = time.monotonic() + _CLOSE_S
        for held in found:
            while not self._drop(held) and time.monotonic() < until:
                # Only where it is busy: an interrupt would also keep an idle one from tidying up.
                with suppress(apsw.Error):
                    held.connection.interrupt()
                threading.Event().wait(0.01)

    def _remove_files(self, name: str) -> int:
        removed = 0
        for suffix in ("", "-wal", "-shm", "-journal"):
            path = self.path(name).with_name(self.path(name).name + suffix)
            with suppress(FileNotFoundError):
                size = path.stat().st_size
                path.unlink()
                removed += size
        return removed


def _prepare(connection: apsw.Connection, key: bytes) -> None:
    connection.set_busy_timeout(_BUSY_MS)
    connection.pragma("cipher", "chacha20")
    connection.pragma("key", _raw(key))
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DML, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DDL, 0)
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "normal")
    connection.pragma("secure_delete", 1)
    connection.pragma("foreign_keys", 1)
    connection.pragma("cache_size", -_CACHE_KIB)
    # Temporary files would hold rows in the clear.
    connection.pragma("temp_store", "memory")


def _raw(key: bytes) -> str:
    # The key is random already, so it needs no slow derivation at every opening.
    return f"raw:{key.hex()}"
