"""Something said while another program turns its purpose off: the word is not kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.model.consent import Purpose

TODAY = date(2023, 7, 1)
OffMeanwhile = Callable[..., None]


@pytest.fixture
def told(library: Safelight, photos: Path, camera: Any) -> Safelight:
    """Three days in Prague, told in ideas."""
    for n in range(24):
        taken = datetime(2023, 5, 12, 9) + timedelta(days=n // 8, minutes=31 * (n % 8))
        camera.shoot(photos / f"{n:02d}.jpg", taken, gps=(50.0875, 14.4213))
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.PLACES, Purpose.LEARN])
    library.scan()
    library.make_ideas(TODAY)
    return library


def _like(library: Safelight, idea: str) -> None:
    library._stories.decide(idea, "like")


def _entitle(library: Safelight, idea: str) -> None:
    library._stories.entitle(idea, "Our days in Prague")


def _hide_days(library: Safelight, idea: str) -> None:
    library.preferences.hide("days:2023-05-12")


def _hide_place(library: Safelight, idea: str) -> None:
    library.preferences.hide("place:CZ//")


def _fewer(library: Safelight, idea: str) -> None:
    library.learning.fewer(next(c.idea for c in library.ideas() if c.idea.id == idea))


@pytest.mark.parametrize(
    ("purpose", "drawer", "say"),
    [
        (Purpose.LIBRARY, "catalogue", _like),
        (Purpose.LIBRARY, "catalogue", _entitle),
        (Purpose.LIBRARY, "catalogue", _hide_days),
        (Purpose.PLACES, "places", _hide_place),
        (Purpose.LEARN, "taste", _fewer),
    ],
)
def test_a_word_is_not_kept_where_its_purpose_goes_meanwhile(
    told: Safelight,
    off_meanwhile: OffMeanwhile,
    purpose: Purpose,
    drawer: str,
    say: Callable[[Safelight, str], None],
) -> None:
    idea = told.ideas()[0].idea.id
    recorded = purpose is Purpose.LEARN
    off_meanwhile(purpose, drawer, lambda: say(told, idea), recorded=recorded)


def test_names_of_hidden_places_go_with_the_places(told: Safelight) -> None:
    told.preferences.hide("place:CZ//")
    told.preferences.hide("days:2023-05-12")
    assert not _kept(told, "catalogue", "Czech")
    told.withdraw(Purpose.PLACES)
    assert [row.kind for row in told.preferences.all()] == ["days"]
    told.allow([Purpose.PLACES])
    assert [row.kind for row in told.preferences.all()] == ["days"]


@pytest.mark.parametrize("on", [True, False])
def test_names_that_an_earlier_version_kept_elsewhere_are_moved(
    told: Safelight, settings: Any, on: bool
) -> None:
    label = told.preferences.hide("place:CZ//").label
    drawers = told._rooms.drawers
    (row,) = drawers.connection("places").execute("select * from wish")
    drawers.connection("places").execute("delete from wish")
    drawers.connection("catalogue").execute("insert into wish values (?, ?, ?, ?, ?)", row)
    assert _kept(told, "catalogue", label)
    if not on:
        told.withdraw(Purpose.PLACES)
    with Safelight(settings, inline=True) as again:
        assert [row.label for row in again.preferences.all()] == ([label] if on else [])
        assert not _kept(again, "catalogue", label)


def test_a_title_goes_with_the_idea_that_is_taken_back(told: Safelight) -> None:
    trip = next(c.idea for c in told.ideas() if Purpose.PLACES in c.idea.purposes)
    told.answers.entitle(trip.id, "Prague, at last")
    told.withdraw(Purpose.PLACES)
    found = told._rooms.drawers.connection("catalogue").execute("select title from idea_title")
    assert list(found) == []


def _kept(library: Safelight, drawer: str, text: str) -> bool:
    found = library._rooms.drawers.connection(drawer).execute("select label, details from wish")
    return any(text in f"{label}{details}" for label, details in found)
