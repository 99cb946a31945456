"""The key ring: one data key a drawer, wrapped by one master key that erasure replaces."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from safelight.consent.ledger.locking import file_lock
from safelight.consent.ledger.ondisk import replace_file, shred_file, write_file
from safelight.library.keystore import KeyStore, find_key_store
from safelight.library.ring import Ring, read_ring
from safelight.library.sealing import Ask, Lock, new_lock, passphrase_from_environment, unseal
from safelight.model.consent import Purpose
from safelight.model.errors import UserError

Stamp = tuple[int, int, int, int]
_TRIES = 5
LOG_KEY = "sign:ledger"
"""The name under which the ring holds what signs the ledger; no purpose's end destroys it."""


class KeyRing:
    """Data keys by name, in `HOME/keys/ring.json`; safe between threads and processes.

    The master key lives in the system's key store, behind a passphrase in
    `HOME/keys/master.ID.sealed`, or in `HOME/keys/master.ID.key`; the ring names it. Replacing
    the ring is the one step that makes a new master key count, so a crash before it leaves the
    old state and a crash after it the new one; what is left over is destroyed when the ring is
    next used.

    Args:
        home: the library's own folder.
        key_store: the setting: "auto", "keyring" or "file"; where a new library's key goes.
        find: gives the system's key store, or None.
        ask: gives the passphrase, where there is one; asked once.
    """

    def __init__(
        self,
        home: Path,
        key_store: str = "auto",
        find: Callable[[], KeyStore | None] = find_key_store,
        ask: Ask = passphrase_from_environment,
    ) -> None:
        self.folder = home / "keys"
        self.path = self.folder / "ring.json"
        self._wanted = key_store
        self._find = find
        self._ask = ask
        self._lock_with: Lock | None = None
        self._lock = threading.RLock()
        self._changes = 0
        self._seen: tuple[Stamp | None, Ring, dict[str, bytes]] = (None, Ring(), {})

    @property
    def store(self) -> str:
        """Where the master key is, or would go: "keyring", "passphrase" or "file"."""
        ring = self._current()[0]
        if ring.master:
            return ring.store
        return "keyring" if self._store("") is not None else "file"

    @property
    def has_key_store(self) -> bool:
        """Whether this system has a key store that can be used."""
        return self._find() is not None

    @property
    def where(self) -> str:
        """Where the master key is, in words, and what that means."""
        store = self.store
        if store == "passphrase":
            return (
                "The master key is behind your passphrase. A copy of Safelight's folder opens "
                "nothing without it; whoever has both can open everything."
            )
        if store == "keyring":
            return (
                "The master key is in this system's key store. A copy of Safelight's folder alone "
                "opens nothing."
            )
        return (
            f"The master key is in a file in {self.folder}, readable by your user alone. Whoever "
            "copies the whole folder, as a backup does, can open what is in it."
        )

    def stamp(self) -> Stamp:
        """Changes whenever the ring does, in this process or another; costs one `stat`."""
        try:
            found = os.stat(self.path)  # noqa: PTH116  # called for every connection handed out
        except FileNotFoundError:
            return (self._changes, 0, 0, 0)
        return (self._changes, found.st_mtime_ns, found.st_ino, found.st_size)

    def key(self, name: str) -> bytes | None:
        """A data key of 32 bytes, or None when there is none of that name.

        Raises:
            UserError: the master key cannot be had, or the ring is damaged.
        """
        return self._current()[1].get(name)

    def names(self) -> frozenset[str]:
        """The keys there are."""
        return frozenset(self._current()[0].keys)

    def forgotten(self, name: str) -> bool:
        """Whether a key of that name was destroyed on purpose and not made again since."""
        return name in self._current()[0].forgotten

    def create(self, name: str) -> bytes:
        """The key of that name, made when missing."""
        with self._changing():
            ring, keys = self._current()
            if name in keys:
                return keys[name]
            master = self._master(ring) if ring.master else self._mint(ring)
            key = ChaCha20Poly1305.generate_key()
            ring.add(master, name, key)
            self._save(ring)
            return key

    def secret(self, name: str) -> bytes:
        """The key of that name, made at the first call."""
        return self.key(name) or self.create(name)

    def forget(self, *names: str) -> bool:
        """Destroy keys: a new master key wraps the others, and the old one is no more.

        A copy of the old ring then opens nothing, unless the old master key was copied with it.

        Returns:
            False when none of the names had a key.
        """
        with self._changing():
            ring, keys = self._current()
            gone = set(names) & set(keys)
            if not gone:
                return False
            self._rotate(ring, keys, gone, ring.chosen)
            return True

    def move(self, store: str, passphrase: str = "") -> None:
        """Put a new master key elsewhere and destroy the old one; the data keys stay.

        The same place again only makes a new master key, and behind a passphrase a new lock.

        Args:
            store: "keyring", "passphrase" or "file"; from now on it stays there.

        Raises:
            UserError: the key store cannot be used, or the passphrase is too short.
        """
        with self._changing():
            ring, keys = self._current()
            if store == "keyring" and self._find() is None:
                raise UserError("The system's key store cannot be used here.")
            if store == "passphrase":
                self._lock_with = new_lock(passphrase)
            self._rotate(ring, keys, set(), store)

    def _rotate(self, ring: Ring, keys: dict[str, bytes], gone: set[str], chosen: str) -> None:
        fresh = Ring(
            generation=ring.generation,
            retired=[*ring.retired, *([(ring.store, ring.master)] if ring.master else [])],
            forgotten=ring.forgotten | gone,
            chosen=chosen,
        )
        master = self._mint(fresh)
        for name in sorted(keys.keys() - gone):
            fresh.add(master, name, keys[name])
        self._save(fresh)
        self._destroy_retired(fresh)

    def finish_pending(self) -> None:
        """Destroy old master keys that a crash left behind."""
        with self._changing():
            ring = self._current()[0]
            if ring.retired:
                self._destroy_retired(ring)
            mine = (self._master_path(ring.master), self._sealed_path(ring.master))
            for path in self.folder.glob("master.*.*"):
                if path not in mine:
                    shred_file(path)

    def _changing(self) -> _Changing:
        return _Changing(self)

    def _current(self) -> tuple[Ring, dict[str, bytes]]:
        """The ring and its open keys, read again when the file has changed."""
        with self._lock:
            for attempt in range(_TRIES):
                stamp = self.stamp()
                if self._seen[0] != stamp:
                    try:
                        ring = read_ring(self.path)
                        self._seen = (stamp, ring, self._open(ring))
                    except UserError:
                        # Another process may have replaced the master key between two reads.
                        if attempt + 1 == _TRIES or self.stamp() == stamp:
                            raise
                        continue
                return self._seen[1].copy(), self._seen[2]
        raise AssertionError("unreachable")

    def _open(self, ring: Ring) -> dict[str, bytes]:
        if not ring.keys:
            return {}
        master = self._master(ring)
        try:
            return {name: ring.unwrap(master, name) for name in ring.keys}
        except InvalidTag as error:
            raise UserError(f"{self.path} is damaged: its keys do not open.") from error

    def _master(self, ring: Ring) -> bytes:
        if ring.store == "keyring":
            store = self._find()
            secret = store.get(self._label(ring.master)) if store else None
            if secret is None:
                raise UserError(
                    "The key to this library is in the system's key store, which cannot be read "
                    "here. Unlock it, or run Safelight in the session in which it was set up."
                )
            return secret
        sealed = ring.store == "passphrase"
        path = self._sealed_path(ring.master) if sealed else self._master_path(ring.master)
        try:
            return self._unseal(path) if sealed else path.read_bytes()
        except OSError as error:
            raise UserError(
                f"{path}, the key to this library, cannot be read ({error.strerror}). Put it back "
                "from a backup; without it nothing here can be opened."
            ) from error

    def _unseal(self, path: Path) -> bytes:
        try:
            secret, self._lock_with = unseal(path.read_bytes(), self._ask, self._lock_with)
        except ValueError as error:
            raise UserError(f"{path} is damaged. Put it back from a backup.") from error
        return secret

    def _mint(self, ring: Ring) -> bytes:
        """A new master key, kept safe before any ring names it."""
        master = ChaCha20Poly1305.generate_key()
        ring.master = os.urandom(8).hex()
        if ring.chosen == "passphrase":
            assert self._lock_with is not None  # it was opened to get here
            ring.store = "passphrase"
            write_file(self._sealed_path(ring.master), self._lock_with.seal(master))
            return master
        store = self._store(ring.chosen)
        if store is not None and store.put(self._label(ring.master), master):
            ring.store = "keyring"
            return master
        if "keyring" in (ring.chosen, self._wanted) and ring.chosen != "file":
            raise UserError(
                'The setting key_store is "keyring", but the system\'s key store cannot be used. '
                'Set it to "file" or "auto" to keep the key in a file.'
            )
        ring.store = "file"
        write_file(self._master_path(ring.master), master)
        return master

    def _store(self, chosen: str) -> KeyStore | None:
        return None if (chosen or self._wanted) == "file" else self._find()

    def _save(self, ring: Ring) -> None:
        ring.generation += 1
        replace_file(self.path, ring.to_bytes())
        self._changes += 1
        self._seen = (None, Ring(), {})

    def _destroy_retired(self, ring: Ring) -> None:
        kept = [item for item in ring.retired if not self._destroy(*item)]
        if kept != ring.retired:
            ring.retired = kept
            self._save(ring)

    def _destroy(self, store: str, master: str) -> bool:
        if store in ("file", "passphrase"):
            path = self._master_path(master) if store == "file" else self._sealed_path(master)
            shred_file(path)
            return True
        found = self._find()
        return found is not None and found.remove(self._label(master))

    def _master_path(self, master: str) -> Path:
        return self.folder / f"master.{master}.key"

    def _sealed_path(self, master: str) -> Path:
        return self.folder / f"master.{master}.sealed"

    def _label(self, master: str) -> str:
        return f"master key {master}"


class _Changing:
    """The lock around a change: this process's threads, then the other processes."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def __enter__(self) -> None:
        ring = self._ring
        with ExitStack() as held:
            held.enter_context(ring._lock)
            try:
                ring.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                held.enter_context(file_lock(ring.folder / "lock"))
            except OSError as error:
                words = f"{ring.folder} cannot be written ({error.strerror})."
                raise UserError(words) from error
            self._held = held.pop_all()

    def __exit__(self, _: object, fault: BaseException | None, __: object) -> None:
        self._held.close()
        if isinstance(fault, OSError):
            words = f"{self._ring.path} cannot be written ({fault.strerror})."
            raise UserError(words) from fault


class PurposeKeys:
    """Keys for the ledger's digests, one a purpose, in the same ring as the drawers' keys."""

    def __init__(self, keyring: KeyRing) -> None:
        self._keyring = keyring

    def key(self, purpose: Purpose) -> bytes:
        """32 bytes, made at the first call."""
        return self._keyring.secret(digest_key_name(purpose))


def digest_key_name(purpose: Purpose) -> str:
    """The name under which the ring holds a purpose's digest key."""
    return f"digest:{purpose.value}"


SIGNING_KEY = "signing"
"""The name under which the ring holds the secret that a library's signatures come from."""
