"""Photos that could not be looked at: the reason of each, and another try when the person asks."""

from __future__ import annotations

from collections.abc import Sequence

from safelight.app.composition import Rooms
from safelight.library.failures import Failures
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError

LOOKING = (Purpose.CONTENT, Purpose.FACES)


class FailedLooks:
    """What failed under `content` and `faces` in one library, as far as each reaches now."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def reasons(self) -> dict[str, str]:
        """Why each photo that may be seen could not be looked at, in words."""
        found: dict[str, str] = {}
        for purpose in filter(self._rooms.gate.allows, LOOKING):
            condition = self._rooms.gate.condition(purpose, "a")
            found |= self._failures(purpose).reasons(condition)
        return found

    def try_again(self, assets: Sequence[str] = ()) -> list[str]:
        """Let the next scan look at photos again; returns which.

        Args:
            assets: only these; all that failed when empty.

        Raises:
            RefusedError: neither purpose is on, or one was turned off meanwhile.
            UserError: looking at one of `assets` did not fail.
        """
        allowed = [purpose for purpose in LOOKING if self._rooms.gate.allows(purpose)]
        if not allowed:
            refusal = self._rooms.gate.refusal(Purpose.CONTENT)
            raise RefusedError(refusal.text if refusal is not None else "")
        failed = self.reasons()
        for asset in assets:
            if asset not in failed:
                raise UserError(f"Looking at {asset} did not fail.")
        again = [asset for asset in failed if not assets or asset in assets]
        with self._rooms.keeping(*allowed):
            for purpose in allowed:
                if self._failures(purpose).exists:
                    self._failures(purpose).try_again(again)
        return again

    def _failures(self, purpose: Purpose) -> Failures:
        return Failures(self._rooms.drawers, purpose.value)
