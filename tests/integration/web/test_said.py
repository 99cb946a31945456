"""Words for times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from safelight.app.views import ScanProgress
from safelight.model.consent import Purpose, Scope
from safelight.model.ideas import Idea, IdeaKind, Reason
from safelight.surfaces.web.date_words import zone
from safelight.surfaces.web.scan_words import phase, progress_line
from safelight.surfaces.web.words import scope, scope_in_short, why


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ("2024-04-14T02:20:31+05:45", "UTC+05:45"),
        ("2024-04-13T17:35:30.250-03:00", "UTC\N{MINUS SIGN}03:00"),
        ("2024-04-13T20:37:30+00:00", "UTC"),
        ("2024-04-13T20:38:00", ""),
        (None, ""),
    ],
)
def test_a_zone_is_said_where_one_is_known(taken: str | None, said: str) -> None:
    assert zone(taken) == said


def test_a_permission_is_said_in_short_by_the_names_of_its_folders() -> None:
    narrow = Scope(folders=("/home/ana/Pictures", "/media/disk/2015"), since=date(2015, 6, 1))
    assert scope_in_short(narrow) == "“Pictures”, “2015”; since 1 June 2015"
    assert scope_in_short(Scope()) == scope(Scope())


def _idea(title: str, subtitle: str, *reasons: tuple[str, str]) -> Idea:
    told = tuple(Reason(signal, text, Purpose.LIBRARY) for signal, text in reasons)
    return Idea("1", IdeaKind.TRIP, title, subtitle, ("a",), "a", told, 1.0)


@pytest.mark.parametrize(
    ("idea", "said"),
    [
        (  # the place is in the line above: the next signal is told
            _idea(
                "Hiking, 12 June 2015",
                "5 photos in Yosemite Valley",
                ("dates", "5 photos on 12 June 2015"),
                ("ratings", "2 photos that you rated 4 or 5 stars"),
                ("place", "Taken in Yosemite Valley"),
            ),
            "2 photos that you rated 4 or 5 stars",
        ),
        (  # a clause that was said word for word is left out
            _idea(
                "Road trip: Austria and Italy",
                "45 photos, up to 470 km from home",
                ("place", "Taken in Upper Austria and 13 more places, up to 470 km from home"),
            ),
            "Taken in Upper Austria and 13 more places",
        ),
        (  # what was seen tells more than the date in the title once more
            _idea(
                "Birthday, 18 April 2026",
                "6 photos",
                ("dates", "6 photos on 18 April 2026"),
                ("theme:birthday", "Cake in 3 of 6 photos"),
            ),
            "Cake in 3 of 6 photos",
        ),
        (  # years between the first and the last are news
            _idea(
                "On this day, 2021 to 2025",
                "4 years of 26 November: 12 photos in Ljubljana",
                ("anniversary", "Taken on this day in 2021, 2023, 2024 and 2025"),
            ),
            "Taken on this day in 2021, 2023, 2024 and 2025",
        ),
        (  # what a sentence begins with stays, or its rest makes no sense
            _idea(
                "A day in Arezzo, 22 October 2008",
                "Wednesday: 9 photos",
                ("density", "9 photos, where a usual day of yours has 1"),
            ),
            "9 photos, where a usual day of yours has 1",
        ),
        (  # nothing is left to say
            _idea("Day trip to Bled", "6 photos", ("place", "Taken in Bled")),
            "",
        ),
    ],
)
def test_a_card_gives_a_reason_that_its_title_does_not(idea: Idea, said: str) -> None:
    assert why(idea) == said


def test_a_scan_does_not_say_its_phase_twice() -> None:
    walking = ScanProgress("walking", note="Looking through your folders")
    assert phase(walking) == "Looking through your folders"
    assert progress_line(walking) == ""
    assert progress_line(ScanProgress("people", note="Almost there")) == "Almost there"


def test_a_pace_is_told_when_it_tells_something() -> None:
    begun = ScanProgress("reading", done=2, total=150, photos_per_second=0.6, seconds_left=240)
    assert progress_line(begun) == "2 of 150 photos"
    going = replace(begun, done=15, photos_per_second=9.0, seconds_left=14)
    assert progress_line(going).startswith("15 of 150 photos · 9 a second · ")
