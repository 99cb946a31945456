"""The quick look at the calendar never misses what the careful one finds."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from safelight.ideas.themes.calendars import feasts, festive_days


@pytest.mark.parametrize("country", [None, "CZ", "US", "GB", "FR", "XX"])
def test_outside_festive_days_there_is_no_feast(country: str | None) -> None:
    start = datetime(2019, 1, 1)
    found = 0
    for hours in range(0, 2 * 366 * 24, 7):
        for length in (0, 5, 35):
            begin = start + timedelta(hours=hours)
            end = begin + timedelta(hours=length)
            if not feasts(begin, end, country):
                continue
            found += 1
            days = set(range(begin.toordinal() - 1, end.toordinal() + 1))
            assert begin.year != end.year or days & festive_days(country, begin.year)
    assert found > 20


def test_most_days_are_no_festive_days() -> None:
    assert len(festive_days("US", 2020)) < 25
    assert date(2020, 7, 3).toordinal() in festive_days("US", 2020)  # the eve of the fourth
    assert date(2020, 6, 20).toordinal() not in festive_days("US", 2020)
