"""Erasure: a purpose withdrawn to its end, also when it is killed half-way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from safelight.consent.book import ConsentBook
from safelight.consent.ledger import Ledger
from safelight.consent.ledger.locking import file_lock
from safelight.consent.purposes import dependents
from safelight.consent.receipts import OUT_OF_REACH
from safelight.library.drawers import Drawers, owned_by
from safelight.library.held import count_rows
from safelight.library.keys import SIGNING_KEY, KeyRing, digest_key_name
from safelight.model.consent import ErasureReport, LedgerEntry, Purpose


class Erasure:
    """Withdraws purposes and destroys what was worked out for them.

    Args:
        recall: removes the ideas and creations that stand on a purpose and are kept in drawers
            of other purposes; returns how many. It must bear being called twice.
    """

    def __init__(
        self,
        book: ConsentBook,
        drawers: Drawers,
        keyring: KeyRing,
        ledger: Ledger,
        recall: Callable[[Purpose], int],
    ) -> None:
        self._book = book
        self._drawers = drawers
        self._keyring = keyring
        self._ledger = ledger
        self._recall = recall

    def withdraw(self, purpose: Purpose, why: str = "") -> ErasureReport:
        """Turn a purpose off, with those that need it, and erase what they own.

        In order: the intent is recorded, consent ends (running work loses its permits), keys are
        destroyed, files removed, what stands on the purpose recalled, the end recorded.

        Args:
            why: for the record, where it was not the person's own act.

        Raises:
            UserError: a step could not be done; what is left is done by `finish_pending`.
        """
        ending = self._book.ending(purpose)
        drawers = owned_by(*ending)
        keys = {*drawers, *_keys_of(ending)} & self._keyring.names()
        body: dict[str, object] = {
            "drawers": list(drawers),
            "ends": list(ending),
            "keys": sorted(keys),
            "rows": count_rows(self._drawers, drawers),
        }
        with self._alone():
            intent = self._ledger.append("erase-intent", purpose, body)
            return self._carry_out(purpose, intent, ending, why)

    def finish_pending(self) -> tuple[ErasureReport, ...]:
        """Finish what a crash interrupted; to be called at every start."""
        with self._alone():
            self._book.settle()
            self._keyring.finish_pending()
            return tuple(self._carry_out(*each) for each in self._unfinished())

    def _unfinished(self) -> list[tuple[Purpose, int, tuple[Purpose, ...]]]:
        pending: dict[int, tuple[Purpose, tuple[Purpose, ...]]] = {}
        for entry in self._ledger.entries(events=("erase-intent", "erase-done")):
            if entry.event == "erase-intent" and entry.purpose is not None:
                pending[entry.index] = (entry.purpose, _ending(entry, entry.purpose))
            elif entry.event == "erase-done":
                pending.pop(int(str(entry.body["intent"])), None)
        return [
            (purpose, intent, ending)
            for intent, (purpose, ending) in pending.items()
            if not self._allowed_since(purpose, intent)
        ]

    def _allowed_since(self, purpose: Purpose, intent: int) -> bool:
        # It ended then, and only its last entry is missing: what came after it stays.
        grant = self._book.grant(purpose)
        return grant is not None and grant.entry > intent

    def _alone(self) -> AbstractContextManager[None]:
        # A process that starts meanwhile must not take a running erasure for an unfinished one.
        self._drawers.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return file_lock(self._drawers.folder / "erasing")

    def _carry_out(
        self, purpose: Purpose, intent: int, ending: tuple[Purpose, ...], why: str = ""
    ) -> ErasureReport:
        self._book.withdraw(purpose, why, also=ending)
        drawers = owned_by(*ending)
        removed = self._drawers.erase(*drawers, also=_keys_of(ending))
        recalled = 0 if purpose is Purpose.LIBRARY else sum(map(self._recall, ending))
        body: dict[str, object] = {
            "intent": intent,
            "drawers": list(drawers),
            "bytes": removed,
            "recalled": recalled,
        }
        done = self._ledger.append("erase-done", purpose, body)
        return ErasureReport(purpose, drawers, removed, recalled, OUT_OF_REACH, done)


def _ending(intent: LedgerEntry, purpose: Purpose) -> tuple[Purpose, ...]:
    """What an unfinished erasure had set out to end; its grants may be struck already."""
    named = intent.body.get("ends")
    if isinstance(named, list):
        return tuple(Purpose(name) for name in named)
    return (purpose, *dependents(purpose))


def _keys_of(purposes: tuple[Purpose, ...]) -> list[str]:
    """Keys that belong to no drawer. What was shared came from the library, and so did its keys."""
    names = [digest_key_name(purpose) for purpose in purposes]
    if Purpose.LIBRARY in purposes:
        names += [digest_key_name(Purpose.SHARE), SIGNING_KEY]
    return names
