"""Where the key to a library lies, and moving it."""

from __future__ import annotations

from dataclasses import dataclass

from safelight.app.composition import Rooms
from safelight.model.errors import UserError

PLACES = ("keyring", "passphrase", "file")
"""Best first: what a copy of the folder opens, and how much there is to remember."""


@dataclass(frozen=True, slots=True)
class KeyState:
    """Where the master key is, in a word and in sentences, and what it wraps.

    Attributes:
        keys: how many data keys there are.
        can_use: places that can be had on this machine.
    """

    store: str
    text: str
    keys: int
    can_use: tuple[str, ...]


class KeyHolding:
    """The key ring as a person deals with it."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def state(self) -> KeyState:
        """Where the master key is now."""
        ring = self._rooms.keys
        possible = tuple(each for each in PLACES if each != "keyring" or ring.has_key_store)
        return KeyState(ring.store, ring.where, len(ring.names()), possible)

    def move(self, to: str, passphrase: str = "") -> KeyState:
        """Make a new master key at another place, and destroy the old one; recorded first.

        Raises:
            UserError: it cannot be kept there, or the passphrase is too short.
        """
        if to not in PLACES:
            raise UserError(f"The key can lie in {', '.join(PLACES)}, not in {to}.")
        self._rooms.ledger.append("keys", None, {"to": to})
        self._rooms.keys.move(to, passphrase)
        return self.state()
