"""Everybody is read once, and again as soon as something changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError


def test_people_are_held_until_something_changes(library: Safelight, shared_data: Path) -> None:
    library.add_folder(str(shared_data / "metadata" / "faces"))
    library.allow([Purpose.LIBRARY, Purpose.FACES])
    library.scan()
    first = library.people.people()
    assert first
    held = library.people._everybody._held
    assert library.people.people() == first
    assert library.people._everybody._held is held  # not read again
    library.people.name(first[0].id, "Marie")
    assert {row.name for row in library.people.people()} >= {"Marie"}
    library.people.hide(first[0].id)
    assert [row.id for row in library.people.people() if row.hidden] == [first[0].id]
    library.withdraw(Purpose.FACES)
    assert library.people._everybody._held is None
    with pytest.raises(RefusedError):
        library.people.people()
