"""Something said about people while another program turns `faces` off: nothing of it stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.model.consent import Purpose

SAYINGS: dict[str, Callable[[Any, str, str], object]] = {
    "name": lambda people, ana, ben: people.name(ana, "Ana Example"),
    "merge": lambda people, ana, ben: people.merge(ana, ben),
    "hide": lambda people, ana, ben: people.hide(ana),
    "exclude": lambda people, ana, ben: people.exclude(ana, remember=True),
    "undo": lambda people, ana, ben: people.undo(),
}


@pytest.mark.parametrize("saying", SAYINGS)
def test_what_is_said_goes_with_the_faces(
    home: Callable[[int], Any], library: Safelight, off_meanwhile: Any, saying: str
) -> None:
    house = home(4)
    house.meet([1], [1], [2], [2])
    ana, ben = (row.id for row in library.people.people())
    library.people.name(ben, "Ben")
    said = lambda: SAYINGS[saying](library.people, ana, ben)  # noqa: E731
    off_meanwhile(Purpose.FACES, "faces", said, recorded=True)


def test_a_rest_of_somebody_goes_too(
    home: Callable[[int], Any], library: Safelight, off_meanwhile: Any
) -> None:
    home(2).meet([1], [1])
    (ana,) = (row.id for row in library.people.people())
    off_meanwhile(Purpose.FACES, "faces", lambda: library.preferences.rest(f"person:{ana}"))
