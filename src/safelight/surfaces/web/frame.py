"""The frame around every page: the places one can go, and what can be taken back from a toast."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the app.

    Attributes:
        icon: its name in `icons.html`.
        also: beginnings of other addresses that belong here.
    """

    address: str
    icon: str
    label: str
    also: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether an address lies here."""
        if path == self.address:
            return True
        begins = self.also if self.address == "/" else (self.address, *self.also)
        return any(path == each or path.startswith(f"{each}/") for each in begins)


PLACES = (
    Place("/", "ideas", "Ideas", ("/ideas", "/themes", "/today")),
    Place("/library", "library", "Library", ("/photo", "/kept-out")),
    Place("/search", "search", "Search"),
    Place("/people", "people", "People"),
    Place("/creations", "creations", "Creations", ("/compose", "/share", "/film")),
)
"""Tabs of a phone, and the middle of a desktop's bar; there a field stands for the search."""

TOOLS = (
    Place("/privacy", "shield", "Privacy", ("/ledger", "/regions", "/receipts", "/erase")),
    Place("/settings", "settings", "Settings", ("/albums",)),
)
"""Small signs at the end of the bar."""


@dataclass(frozen=True, slots=True)
class Undo:
    """The form behind a toast's Undo: where it posts, and one field."""

    action: str
    field: str
    value: str


_UNDO: Mapping[str, Undo] = {
    "dismissed": Undo("/ideas/{about}/decide", "verdict", "restore"),
    "hidden": Undo("/ideas/{about}/decide", "verdict", "restore"),
    "less": Undo("/ideas/hidden/back", "subject", "{about}"),
    "photo.out": Undo("/photo/{about}/ideas", "stays", "in"),
    "photo.back": Undo("/photo/{about}/ideas", "stays", "out"),
    "fewer": Undo("/ideas/{about}/less", "how", "more"),
    "more": Undo("/ideas/{about}/less", "how", "fewer"),
    "person": Undo("/people/undo", "number", "{about}"),
    "brought-back": Undo("/kept-out/{about}", "bring", "no"),
    "left-out": Undo("/kept-out/{about}", "bring", "yes"),
}
_NAME = re.compile(r"[\w.-]{1,80}")
_SUBJECT = re.compile(r"[a-z]+:[^<>\"]{1,200}")


def undo_of(said: str, about: str) -> Undo | None:
    """What takes back what a toast says, where that can be done."""
    found = _UNDO.get(said, _UNDO.get(said.partition(".")[0]))
    if found is None:
        return None
    if not (_SUBJECT if found.field == "subject" else _NAME).fullmatch(about):
        return None
    return Undo(found.action.format(about=about), found.field, found.value.format(about=about))
