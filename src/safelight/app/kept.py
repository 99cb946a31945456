"""What was made, as far as everything that it stands on is on at this moment.

Turning a purpose off erases what stands on it. A permission that runs out, or whose notice was
written anew, is over at once, and its erasure comes a moment later: until then nothing is shown.
"""

from __future__ import annotations

from safelight.app.composition import Rooms
from safelight.model.consent import Purpose
from safelight.model.creations import Creation


class Kept:
    """Reads the creations of one library."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def all(self) -> list[Creation]:
        """What may be shown, newest first."""
        return [creation for creation, _ in self.standing()]

    def standing(self) -> list[tuple[Creation, frozenset[Purpose]]]:
        """The same, each with the purposes that it stands on."""
        made = self._rooms.creations.standing()
        return [(creation, on) for creation, on in made if self._covered(on)]

    def get(self, name: str) -> tuple[Creation, bytes] | None:
        """One creation with its file, if it may be shown."""
        on = self._rooms.creations.purposes(name)
        return self._rooms.creations.get(name) if on and self._covered(on) else None

    def _covered(self, purposes: frozenset[Purpose]) -> bool:
        return all(map(self._rooms.gate.allows, purposes | {Purpose.LIBRARY}))
