"""The log itself: one file of lines, extended under a lock and on disk before it is believed."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from safelight.consent.clock import Clock, utc_now
from safelight.consent.ledger.checkpoint import Checkpoint
from safelight.consent.ledger.checkpoints import read_checkpoint
from safelight.consent.ledger.entry import decode, encode
from safelight.consent.ledger.head import Head, save_head
from safelight.consent.ledger.locking import file_lock
from safelight.consent.ledger.ondisk import sync_folder, write_all
from safelight.consent.ledger.reading import mentions
from safelight.consent.ledger.verify import VerifyReport, quick_fault, saved_claim, verify_log
from safelight.model.consent import LedgerEntry, Purpose
from safelight.model.errors import UserError

_BLOCK = 1 << 20
ENDING = frozenset(
    {"withdraw", "expire", "erase-intent", "erase-done", "refusal", "decline", "signal", "album"}
)
"""What may be recorded in a log that does not hold: turning off, erasing, and saying no."""


class Ledger:
    """Append-only record in `HOME/ledger/log.jsonl`; several processes may append.

    A body holds counts, versions and keyed digests only: never a file name, and never a plain
    digest of content (see `digest_items`). Before anything is added the whole log is hashed once
    and compared with its head and its last checkpoint; one that does not hold takes nothing but
    what ends consent, and says so in an entry of its own.
    """

    def __init__(self, home: Path, clock: Clock = utc_now) -> None:
        self.folder = home / "ledger"
        self.log = self.folder / "log.jsonl"
        self.head = self.folder / "head.json"
        self.checkpoint = self.folder / "checkpoint"
        self._clock = clock
        self._state: Head | None = None
        self._fault = ""

    @property
    def fault(self) -> str:
        """Why this log cannot be relied on, in words; empty when it holds. Looked into once."""
        if self._state is None and self.folder.is_dir():
            try:
                with self._held() as log:
                    self._load(log)
            except OSError as error:
                raise UserError(f"{self.folder} cannot be used ({error.strerror}).") from error
        return self._fault

    def distrust(self, why: str) -> None:
        """A closer look found that this log does not hold; from now on it counts as such."""
        self._fault = self.fault or why

    def append(self, event: str, purpose: Purpose | None, body: dict[str, object]) -> int:
        """Record one act; returns its index once it is on disk.

        Raises:
            UserError: it could not be written, or the log does not hold, so what was to follow
                must not happen.
        """
        try:
            with self._held() as log:
                state = self._catch_up(log)
                self._admit(log, state, event)
                index = self._write(log, state, event, purpose, body)
                save_head(self.head, state)
                return index
        except OSError as error:
            raise UserError(
                f"The ledger {self.log} cannot be written ({error.strerror}), so nothing was done."
            ) from error

    def renew(self) -> Path:
        """Put a log that does not hold aside, whole, and begin a new one; returns where it is.

        Raises:
            UserError: the log holds, so there is no reason to; or it cannot be moved.
        """
        if not self.fault:
            raise UserError("The record holds; there is nothing to renew.")
        aside = self.folder / f"broken-{self._clock():%Y%m%dT%H%M%S%f}"
        try:
            with self._held():
                aside.mkdir(mode=0o700)
                for path in (self.log, self.head, self.checkpoint):
                    if path.exists():
                        path.rename(aside / path.name)
                words, self._state, self._fault = self._fault, None, ""
        except OSError as error:
            raise UserError(f"{self.folder} cannot be written ({error.strerror}).") from error
        report = verify_log(aside / self.log.name)
        self.append("ledger-new", None, {"had": report.size, "why": words, "root": report.root})
        return aside

    def entries(
        self, start: int = 0, count: int | None = None, events: Collection[str] = ()
    ) -> list[LedgerEntry]:
        """Entries from `start` on, at most `count`, oldest first; only of `events` when given."""
        wanted = [f'"event":"{event}"'.encode() for event in events]
        lines: Iterator[bytes] = islice(self._lines(), min(start, sys.maxsize), None)
        if wanted:  # most lines need no parsing when a few events are sought
            lines = (line for line in lines if any(mark in line for mark in wanted))
        found = filter(None, map(_decoded, lines))
        return list(islice((e for e in found if not events or e.event in events), count))

    def line(self, index: int) -> bytes:
        """One entry as it stands in the log, without its newline.

        Raises:
            UserError: there is none of that number.
        """
        known = 0 <= index <= sys.maxsize
        found = next(islice(self._lines(), index, None), None) if known else None
        if found is None:
            raise UserError(f"There is no entry {index} in the ledger.")
        return found

    def __len__(self) -> int:
        return sum(1 for _ in self._lines())

    def verify(self, checkpoint: Checkpoint | None = None) -> VerifyReport:
        """Read everything again and recompute every hash.

        Args:
            checkpoint: one whose signature was checked.
        """
        return verify_log(self.log, self.head, checkpoint)

    def state(self) -> Checkpoint:
        """How far the log goes and the root over it, with no name; everything is caught up with.

        Raises:
            UserError: the log does not hold.
        """
        with self._held() as log:
            tree = self._catch_up(log).tree
        if self._fault:
            raise UserError(broken(self._fault))
        return Checkpoint("", tree.size, tree.root())

    def _lines(self) -> Iterator[bytes]:
        if not self.log.is_file():
            return
        with self.log.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield line[:-1]

    @contextmanager
    def _held(self) -> Iterator[_LogFile]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file_lock(self.folder / "lock"), _LogFile(self.log) as log:
            yield log

    def _load(self, log: _LogFile) -> Head:
        """Hash every line that is there, and compare with what the head and the checkpoint say."""
        claims = [*saved_claim(self.head), *read_checkpoint(self.checkpoint)]
        self._fault, tree = quick_fault(self.log, claims)
        state = Head(log.complete_length(), tree)
        self._state = state
        if not self._fault and self._says_so_itself():
            self._fault = "it says itself that it cannot be relied on"
        return state

    def _says_so_itself(self) -> bool:
        return mentions(self.log, "ledger-broken", "ledger-gap")

    def _catch_up(self, log: _LogFile) -> Head:
        """Make the state cover every line of the file, whoever wrote it."""
        state = self._state or self._load(log)
        if state.length > log.length():  # cut short behind our back
            state = self._load(log)
            self._fault = self._fault or "entries at its end are missing"
        self._fold(log, state)
        return state

    def _admit(self, log: _LogFile, state: Head, event: str) -> None:
        if not self._fault:
            return
        if event not in ENDING:
            raise UserError(broken(self._fault))
        if not self._says_so_itself():
            self._write(log, state, "ledger-broken", None, {"why": self._fault})

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


def broken(fault: str) -> str:
    """What a person is told when the log does not hold."""
    return (
        f"The record of your choices does not hold: {fault}. Until that is looked into nothing is "
        "allowed, and nothing is added but what you turn off or erase. `safelight ledger verify` "
        "says what is wrong; `safelight ledger renew` puts this record aside and begins a new one."
    )


def _decoded(line: bytes) -> LedgerEntry | None:
    """The entry, or None where the line is damaged: `verify` names it."""
    try:
        return decode(line)
    except (ValueError, TypeError):
        return None


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

    def complete_length(self) -> int:
        """Bytes up to the end of the last whole line."""
        at = self.length()
        while at:
            start = max(0, at - _BLOCK)
            os.lseek(self._descriptor, start, os.SEEK_SET)
            place = os.read(self._descriptor, at - start).rfind(b"\n")
            if place >= 0:
                return start + place + 1
            at = start
        return 0

    def read_from(self, offset: int) -> bytes:
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        parts = []
        while part := os.read(self._descriptor, _BLOCK):
            parts.append(part)
        return b"".join(parts)

    def cut_to(self, length: int) -> None:
        os.ftruncate(self._descriptor, length)

    def append(self, data: bytes, at: int) -> None:
        os.lseek(self._descriptor, at, os.SEEK_SET)
        try:
            write_all(self._descriptor, data)
            os.fsync(self._descriptor)
        except OSError:
            self.cut_to(at)  # a full disk must not leave half a line
            raise
