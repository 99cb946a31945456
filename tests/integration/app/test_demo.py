"""The demo shows every kind of idea that needs neither faces nor content, whatever the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.model.ideas import IdeaKind
from safelight.testing.demo_library import write_demo_library

DAYS = [
    date(2025, 11, 23),
    date(2025, 3, 1),
    date(2024, 2, 29),
    date(2025, 8, 4),
    date(2025, 4, 25),
]
"""All past: a scan does not trust times after its own clock's."""

WANTED = {
    *(IdeaKind.TRIP, IdeaKind.TRIP_DAY, IdeaKind.DAY, IdeaKind.WEEKEND, IdeaKind.WEEK),
    *(IdeaKind.MONTH, IdeaKind.SEASON, IdeaKind.YEAR, IdeaKind.ON_THIS_DAY),
    *(IdeaKind.GEMS, IdeaKind.RETURNING, IdeaKind.FILM, IdeaKind.BEST_OF_BURSTS),
}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_demo_shows_every_kind_of_idea(library: Safelight, tmp_path: Path, today: date) -> None:
    write_demo_library(tmp_path / "demo", today=today, workers=1, scale=0.1)
    library.add_folder(str(tmp_path / "demo"))
    library.allow([Purpose.LIBRARY, Purpose.PLACES])
    report = library.scan()
    assert report.failed == 1  # the torn file that shows how such a one is reported
    library.make_ideas(today)
    cards = library.ideas()
    # Other kinds need faces, or what is seen in the pictures, which is not allowed here.
    assert {card.idea.kind for card in cards} >= WANTED
    assert all(card.idea.title and card.idea.subtitle and card.idea.reasons for card in cards)
