"""Styles that a person makes of a picture of their own, once they say that they may."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from safelight.app.composition import Rooms
from safelight.app.making.altering import STEP_READ_STYLE, parse_style
from safelight.engine import pack
from safelight.library.styles import StyleShelf
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, RenderError, UserError
from safelight.model.jobs import Job

RIGHT = (
    "I made this picture, or its maker has been dead for more than 70 years, "
    "or its maker allows me to use it as a style."
)
"""What a person has to say before a picture becomes a style."""
_NAME = re.compile(r"[\w][\w -]{0,39}")


class OwnStyles:
    """Own styles: 100 numbers each, in the `restyled` drawer; the picture itself is not kept."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._shelf = StyleShelf(rooms.drawers)

    def names(self) -> list[str]:
        """Names in order; none where `restyle` is off."""
        return self._shelf.names() if self._rooms.gate.allows(Purpose.RESTYLE) else []

    def get(self, name: str) -> tuple[float, ...] | None:
        """The numbers of one style."""
        return self._shelf.get(name) if self._rooms.gate.allows(Purpose.RESTYLE) else None

    def add(self, name: str, picture: Path, *, i_may: bool, taken: frozenset[str]) -> None:
        """Make a style of a picture file; what the person said of their right is recorded.

        Args:
            i_may: whether they said `RIGHT`.
            taken: names that other styles have.

        Raises:
            RefusedError: `restyle` is off.
            UserError: they did not say so, the name does not do, or the file cannot be read.
        """
        refusal = self._rooms.gate.refusal(Purpose.RESTYLE)
        if refusal is not None:
            raise RefusedError(refusal.text)
        if not i_may:
            raise UserError(f"A picture becomes a style only when you can say: “{RIGHT}”")
        if not _NAME.fullmatch(name) or name in taken:
            raise UserError(f"{name!r} cannot name a style: letters and digits, not yet in use.")
        style = self._read(picture)
        now = datetime.now(UTC)
        with self._rooms.keeping(Purpose.RESTYLE):  # it may have been turned off meanwhile
            digest = self._rooms.gate.digest(Purpose.RESTYLE, [name])
            body: dict[str, object] = {"style": digest, "said": RIGHT}
            self._rooms.ledger.append("style-right", Purpose.RESTYLE, body)
            self._shelf.put(name, style, RIGHT, now.isoformat(timespec="seconds"))

    def remove(self, name: str) -> bool:
        """Forget a style; False where there was none."""
        return self._shelf.remove(name)

    def _read(self, picture: Path) -> tuple[float, ...]:
        settings = self._rooms.settings
        try:
            if picture.stat().st_size > settings.max_file_megabytes << 20:
                raise UserError(f"{picture} is larger than {settings.max_file_megabytes} MB.")
            data = picture.read_bytes()
        except OSError as error:
            raise UserError(f"{picture} cannot be read: {error.strerror}.") from error
        request = pack({"max_megapixels": settings.max_megapixels}, [data])
        job = Job("style", STEP_READ_STYLE, request, settings.step_timeout_s)
        result = next(iter(self._rooms.interactive.run([job])))
        if result.output is None:
            raise RenderError(result.error or "The picture cannot be decoded.")
        return parse_style(result.output)
