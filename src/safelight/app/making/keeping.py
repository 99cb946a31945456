"""Keeping what was made: recorded first, then stored with the purposes it stands on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from safelight.app.composition import Rooms
from safelight.library.storage_errors import storage_errors
from safelight.model.consent import Purpose
from safelight.model.creations import Creation


class Shelf:
    """Where the creations of one library go."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def keep(self, creation: Creation, purposes: Iterable[Purpose], content: bytes) -> Creation:
        """Store a creation; withdrawing any of the purposes takes it back.

        Args:
            purposes: what it stands on, besides `library`.

        Raises:
            UserError: the disk is full or cannot be written.
        """
        stands_on = frozenset(purposes) | {Purpose.LIBRARY}
        step = str(creation.kind)
        for purpose in sorted(stands_on & {Purpose.LIBRARY, Purpose.RESTYLE}):
            self._rooms.record(purpose, step, list(creation.used))
        with storage_errors(self._rooms.settings.home):
            self._rooms.creations.put(creation, stands_on, content)
        return creation


def name_of(recipe: dict[str, object]) -> str:
    """The id of a creation: the same recipe, the same id."""
    text = json.dumps(recipe, sort_keys=True).encode()
    return hashlib.blake2b(text, digest_size=8).hexdigest()


def now() -> str:
    """The time of making, as creations carry it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
