"""What an archive can hold, for the person to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safelight.model.consent import Purpose
from safelight.model.errors import UserError


@dataclass(frozen=True, slots=True)
class Part:
    """One choice.

    Attributes:
        purpose: whose drawers it comes from; None for consent itself.
        usual: whether it is included unless the person says otherwise.
    """

    name: str
    title: str
    words: str
    purpose: Purpose | None
    usual: bool = True


PARTS: tuple[Part, ...] = (
    Part("photos", "Catalogue", "Names, dates, cameras, keywords, places", Purpose.LIBRARY),
    Part("previews", "Previews", "A small picture of each photo", Purpose.LIBRARY),
    Part("content", "What is in the pictures", "Words, things, quality", Purpose.CONTENT),
    Part("people", "People", "Names, and where their faces are", Purpose.FACES),
    Part(
        "ideas",
        "Ideas",
        "With the photos and reasons of each, and what you said of them",
        Purpose.LIBRARY,
    ),
    Part("creations", "Creations", "The files that you kept", Purpose.LIBRARY),
    Part("consent", "Consent", "Records, receipts, albums, folders and the ledger", None),
    Part(
        "numbers",
        "Likeness numbers and face templates",
        "Nothing that people can read. Whoever has the archive could recognise faces with them.",
        Purpose.FACES,
        usual=False,
    ),
)


def choose(names: Iterable[str] | None) -> tuple[Part, ...]:
    """The parts of these names, the usual ones for None.

    Raises:
        UserError: one of them is not known, or none is named.
    """
    if names is None:
        return tuple(part for part in PARTS if part.usual)
    wanted = set(names)
    unknown = wanted - {part.name for part in PARTS}
    if unknown or not wanted:
        known = ", ".join(part.name for part in PARTS)
        raise UserError(f"Choose what to include: {known}.")
    return tuple(part for part in PARTS if part.name in wanted)
