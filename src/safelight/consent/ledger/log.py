"""The log itself: one file of lines, extended under a lock and on disk before it is believed."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from safelight.consent.clock import Clock, utc_now
from safelight.consent.ledger.entry import decode, encode
from safelight.consent.ledger.head import Head, load_head, save_head
from safelight.consent.ledger.locking import file_lock
from safelight.consent.ledger.verify import VerifyReport, verify_log
from safelight.model.consent import LedgerEntry, Purpose
from safelight.model.errors import UserError


class Ledger:
    """Append-only record in `HOME/ledger/log.jsonl`; several processes may append.

    A body holds counts, versions and keyed digests only: never a file name, and never a plain
    digest of content (see `digest_items`).
    """

    def __init__(self, home: Path, clock: Clock = utc_now) -> None:
        self.folder = home / "ledger"
        self.log = self.folder / "log.jsonl"
        self.head = self.folder / "head.json"
        self._clock = clock
        self._state: Head | None = None

    def append(self, event: str, purpose: Purpose | None, body: dict[str, object]) -> int:
        """Record one act; returns its index once it is on disk.

        Raises:
            UserError: it could not be written, so what was to follow must not happen.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with file_lock(self.folder / "lock"), self._opened() as log:
                state = self._catch_up(log)
                index = self._write(log, state, event, purpose, body)
                save_head(self.head, state)
                return index
        except OSError as error:
            raise UserError(
                f"The ledger {self.log} cannot be written ({error.strerror}), so nothing was done."
            ) from error

    def entries(
        self, start: int = 0, count: int | None = None, events: Collection[str] = ()
    ) -> list[LedgerEntry]:
        """Entries from `start` on, at most `count`, oldest first; only of `events` when given."""
        wanted = [f'"event":"{event}"'.encode() for event in events]
        lines: Iterator[bytes] = islice(self._lines(), start, None)
        if wanted:  # most lines need no parsing when a few events are sought
            lines = (line for line in lines if any(mark in line for mark in wanted))
        found = (decode(line) for line in lines)
        return list(islice((e for e in found if not events or e.event in events), count))

    def __len__(self) -> int:
        return sum(1 for _ in self._lines())

    def verify(self) -> VerifyReport:
        """Read everything again and recompute every hash."""
        return verify_log(self.log, self.head)

    def _lines(self) -> Iterator[bytes]:
        if not self.log.is_file():
            return
        with self.log.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield line[:-1]

    def _opened(self) -> _LogFile:
        return _LogFile(self.log)

    def _catch_up(self, log: _LogFile) -> Head:
        """Make the state cover every line of the file, whoever wrote it."""
        state = self._state or load_head(self.head)
        length = log.length()
        if state is None or state.length > length:
            lost, state = state, Head()
            self._fold(log, state)
            if lost is not None:
                body: dict[str, object] = {"had": lost.tree.size, "root": lost.tree.root().hex()}
                self._write(log, state, "ledger-gap", None, body)
        else:
            self._fold(log, state)
        self._state = state
        return state

    def _fold(self, log: _LogFile, state: Head) -> None:
        tail = log.read_from(state.length)
        lines = tail.split(b"\n")
        torn = lines.pop()
        for line in lines:
            state.add(line)
        if torn:  # a crash in the middle of a write; it was never acknowledged
            log.cut_to(state.length)
            self._write(log, state, "ledger-cut", None, {"bytes": len(torn)})

    def _write(
        self,
        log: _LogFile,
        state: Head,
        event: str,
        purpose: Purpose | None,
        body: dict[str, object],
    ) -> int:
        entry = LedgerEntry(state.tree.size, self._clock(), event, purpose, body)
        line = encode(entry, state.tree.root())
        log.append(line + b"\n", state.length)
        state.add(line)
        return entry.index


class _LogFile:
    """The log's descriptor for the length of one append."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> _LogFile:
        fresh = not self._path.exists()
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        self._descriptor = os.open(self._path, flags, 0o600)
        if fresh:
            sync_folder(self._path.parent)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def length(self) -> int:
        return os.fstat(self._descriptor).st_size

    def read_from(self, offset: int) -> bytes:
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        parts = []
        while part := os.read(self._descriptor, 1 << 20):
            parts.append(part)
        return b"".join(parts)

    def cut_to(self, length: int) -> None:
        os.ftruncate(self._descriptor, length)

    def append(self, data: bytes, at: int) -> None:
        os.lseek(self._descriptor, at, os.SEEK_SET)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(self._descriptor, view) :]
            os.fsync(self._descriptor)
        except OSError:
            self.cut_to(at)  # a full disk must not leave half a line
            raise


def sync_folder(folder: Path) -> None:
    """Put a folder's names on disk, where the system can (Windows does so by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
