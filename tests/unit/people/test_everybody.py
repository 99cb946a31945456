"""Everybody is read once, and again as soon as something changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.app.portraits import Portraits
from safelight.consent.book import ConsentBook
from safelight.model.consent import Purpose, Refusal
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


def test_what_a_page_reads_while_faces_ends_does_not_stay_in_memory(
    home: Callable[[int], Any], library: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    home(4).meet([1], [1], [2], [2])
    (face, *_) = library.people.people()[0].faces
    end = ConsentBook.withdraw

    def asked_meanwhile(self: ConsentBook, *args: Any, **more: Any) -> Any:
        assert len(library.people.people()) == 2
        assert isinstance(library.portraits.portrait(face.id), bytes)
        assert library.finding.search("2024") != []
        return end(self, *args, **more)

    monkeypatch.setattr(ConsentBook, "withdraw", asked_meanwhile)
    library.withdraw(Purpose.FACES)
    assert library.people._everybody._held is None
    assert not library.portraits._kept
    assert library._searching._cached is None


def test_a_portrait_that_is_made_while_faces_ends_is_dropped(
    home: Callable[[int], Any], library: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    home(2).meet([1], [1])
    (face, *_) = library.people.people()[0].faces
    make = Portraits._make

    def ended_meanwhile(self: Portraits, row: Any) -> Any:
        made = make(self, row)
        library.withdraw(Purpose.FACES)
        return made

    monkeypatch.setattr(Portraits, "_make", ended_meanwhile)
    assert isinstance(library.portraits.portrait(face.id), Refusal)
    assert not library.portraits._kept
