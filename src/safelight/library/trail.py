"""The trail: for each purpose, of which assets the ledger's entries speak."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from safelight.library.drawers import Drawers, trail_name
from safelight.model.consent import Purpose

_MAC_BYTES = 32


@dataclass(frozen=True, slots=True)
class Look:
    """One entry of the ledger that speaks of an asset.

    Attributes:
        step: what was worked out; empty where the asset was selected to be read.
        macs: all MACs behind the entry's digest, with which it can be checked.
    """

    purpose: Purpose
    entry: int
    step: str
    at: datetime
    macs: tuple[bytes, ...]


class TrailStore:
    """Writes and searches the `trail-…` drawers, one a purpose, erased with it."""

    def __init__(self, drawers: Drawers) -> None:
        self._drawers = drawers

    def note(self, purpose: Purpose, entry: int, step: str, macs: Sequence[bytes]) -> None:
        """Keep the MACs behind an entry's digest."""
        self._drawers.connection(trail_name(purpose)).execute(
            "insert or replace into looked values (?, ?, ?, ?)",
            (entry, step, datetime.now(UTC).isoformat(timespec="seconds"), b"".join(macs)),
        )

    def find(self, purpose: Purpose, wanted: Collection[bytes]) -> list[Look]:
        """Every entry that speaks of one of the MACs, oldest first."""
        if not self._drawers.exists(trail_name(purpose)) or not wanted:
            return []
        connection = self._drawers.connection(trail_name(purpose))
        test = " or ".join("instr(macs, ?) > 0" for _ in wanted)
        sql = f"select entry, step, at, macs from looked where {test} order by entry"  # noqa: S608
        found = (
            Look(purpose, entry, step, datetime.fromisoformat(at), _split(blob))
            for entry, step, at, blob in connection.execute(sql, tuple(wanted))
        )
        # A match across two neighbours is no match.
        return [look for look in found if not set(wanted).isdisjoint(look.macs)]

    def since(self, purpose: Purpose, start: datetime) -> tuple[set[bytes], set[bytes], list[int]]:
        """MACs of what was selected and of what results were kept from an instant on, and entries.

        An asset that was new then is selected by its path, later by its id.
        """
        selected, kept, entries = set[bytes](), set[bytes](), list[int]()
        if not self._drawers.exists(trail_name(purpose)):
            return selected, kept, entries
        rows = self._drawers.connection(trail_name(purpose)).execute(
            "select entry, step, macs from looked where at >= ? order by entry",
            (start.astimezone(UTC).isoformat(timespec="seconds"),),
        )
        for entry, step, blob in rows:
            (kept if step else selected).update(_split(blob))
            entries.append(entry)
        return selected, kept, entries


def _split(blob: bytes) -> tuple[bytes, ...]:
    return tuple(blob[at : at + _MAC_BYTES] for at in range(0, len(blob), _MAC_BYTES))
