"""Receipts of erasures: one file each, kept beside the ledger for the person and for others."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from safelight.app.composition import Rooms
from safelight.app.proving import Proofs
from safelight.consent.ledger.ondisk import replace_file
from safelight.consent.receipts import make_receipt, sign_receipt
from safelight.model.consent import LedgerEntry
from safelight.model.errors import UserError

_EVENTS = ("erase-intent", "erase-done")


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt in a list.

    Attributes:
        entry: of the ledger, by which it is found.
        words: what was erased, in sentences; not_reached: what could not be.
        path: the signed document; beside it lies the proof alone, as `.tlog-proof`.
    """

    entry: int
    at: datetime
    words: tuple[str, ...]
    not_reached: tuple[str, ...]
    path: Path


class Receipts:
    """Makes, keeps and gives out receipts; they hold counts and no name, so they stay for good."""

    def __init__(self, rooms: Rooms, proofs: Proofs) -> None:
        self._rooms = rooms
        self._proofs = proofs
        self.folder = rooms.settings.home / "receipts"

    def ensure(self) -> None:
        """Make the receipt of every erasure that has none yet; nothing while the log is broken."""
        if self._proofs.fault:
            return
        found = self._rooms.ledger.entries(events=_EVENTS)
        begun = {entry.index: entry for entry in found if entry.event == "erase-intent"}
        for entry in found:
            if entry.event == "erase-done" and not self._path(entry).is_file():
                self._make(begun.get(int(str(entry.body["intent"]))), entry)

    def all(self) -> list[ReceiptRow]:
        """Every receipt, the latest first."""
        self.ensure()
        found = []
        for path in self.folder.glob("erasure-*.json"):
            with suppress(OSError, ValueError, KeyError):  # a damaged one is made again
                found.append(_row(json.loads(path.read_bytes()), path))
        return sorted(found, key=lambda row: (row.at, row.entry), reverse=True)

    def get(self, entry: int) -> dict[str, Any]:
        """The signed document of an erasure.

        Raises:
            UserError: there is no such receipt.
        """
        found = next((row for row in self.all() if row.entry == entry), None)
        if found is None:
            raise UserError(f"There is no receipt of entry {entry}.")
        document: dict[str, Any] = json.loads(found.path.read_bytes())
        return document

    def _make(self, intent: LedgerEntry | None, done: LedgerEntry) -> None:
        checkpoints = self._proofs.checkpoints
        proof = checkpoints.prove(done.index)
        key = checkpoints.key
        document = sign_receipt(make_receipt(intent, done, key.public.name), proof, key)
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            path = self._path(done)
            replace_file(path.with_suffix(".tlog-proof"), str(proof).encode())
            replace_file(path, json.dumps(document, indent=1, ensure_ascii=False).encode())
        except OSError as error:
            raise UserError(f"{self.folder} cannot be written ({error.strerror}).") from error

    def _path(self, done: LedgerEntry) -> Path:
        # With the time, since a log that was begun anew counts from the beginning again.
        return self.folder / f"erasure-{done.index:06d}-{done.at:%Y%m%dT%H%M%S}.json"


def _row(document: dict[str, Any], path: Path) -> ReceiptRow:
    receipt = document["receipt"]
    return ReceiptRow(
        receipt["entry"],
        datetime.fromisoformat(receipt["at"]),
        tuple(receipt["words"]),
        tuple(receipt["not_reached"]),
        path,
    )
