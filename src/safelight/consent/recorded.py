"""Whether the ledger has the entry that a grant says it stands on."""

from __future__ import annotations

from safelight.consent.ledger import Ledger
from safelight.model.consent import Grant

_Key = tuple[object, int, object]


class RecordedGrants:
    """Grants of the log, read once and again when the log has grown."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._found: frozenset[_Key] = frozenset()
        self._length = -1

    def stands(self, grant: Grant) -> bool:
        """Whether an entry of that number grants that purpose under those very words."""
        key = (grant.purpose, grant.entry, grant.notice_digest)
        if key not in self._found:
            self._read()
        return key in self._found

    def _read(self) -> None:
        length = self._ledger.log.stat().st_size if self._ledger.log.is_file() else 0
        if length != self._length:
            entries = self._ledger.entries(events=("grant",))
            self._found = frozenset(
                (e.purpose, e.index, e.body.get("notice_digest")) for e in entries
            )
            self._length = length
