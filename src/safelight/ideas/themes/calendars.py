"""The calendar as evidence: holidays of the country where a moment was, and birthdays.

Dates come from the package `holidays` (public and customary days of some 200 countries).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from safelight.ideas import words

_NIGHT_ENDS = timedelta(hours=4)
_LONGEST = timedelta(hours=36)
_EVE_BEGINS = {"christmas": 14, "new-year": 17}
_NAMED = {
    "christmas": re.compile(r"christmas|nativity", re.IGNORECASE),
    "halloween": re.compile(r"hallow", re.IGNORECASE),
    "fireworks": re.compile(
        r"independence day|national day|bastille|canada day|swiss national", re.IGNORECASE
    ),
}
_CATEGORIES = ("public", "unofficial", "optional", "bank", "observance")
_DAYS = {
    "christmas": ((12, 25), (1, 7)),
    "new-year": ((1, 1),),
    "halloween": ((10, 31),),
}
_GUY_FAWKES = (11, 5)
_UNSURE = 0.6
"""For a country that is not known, or whose law does not know a day that people keep."""


@dataclass(frozen=True, slots=True)
class Feast:
    """A day that has a theme: its words for evidence, and how sure, 0 to 1."""

    theme: str
    text: str
    weight: float


def feasts(start: datetime, end: datetime, country: str | None) -> tuple[Feast, ...]:
    """Themes of the calendar for a moment of a day and a half at most, naive local times."""
    if end - start > _LONGEST:
        return ()
    # What goes on after midnight belongs to the evening before.
    last = max(start, end - _NIGHT_ENDS)
    first = start - _NIGHT_ENDS
    days = {first.date(): first.hour, last.date(): last.hour}
    found: dict[str, Feast] = {}
    for day, hour in sorted(days.items()):
        late = last.hour if day == last.date() else 24
        for theme, weight in _of_day(day, max(hour, late) + 4, country):
            if theme not in found or weight > found[theme].weight:
                found[theme] = Feast(theme, words.day_of_month(day), weight)
    return tuple(found.values())


@lru_cache(maxsize=4_096)
def festive_days(country: str | None, year: int) -> frozenset[int]:
    """Days (`date.toordinal`) outside which `feasts` finds nothing: those of a year, and eves."""
    days = {date(year, *day) for dates in _DAYS.values() for day in dates}
    days |= {date(year, *_GUY_FAWKES), date(year + 1, 1, 1)}
    named = (_holidays(country, year) if country else None) or {}
    days |= {day for day, name in named.items() if any(p.search(name) for p in _NAMED.values())}
    return frozenset(day.toordinal() - before for day in days for before in (0, 1))


def _of_day(day: date, hour: int, country: str | None) -> list[tuple[str, float]]:
    """Themes of a day, and of its evening when `hour` is late enough."""
    following = _main(day + timedelta(days=1), country)
    eves = [
        (theme, 0.9 * weight)
        for theme, weight in following
        if theme in _EVE_BEGINS and hour >= _EVE_BEGINS[theme]
    ]
    return [*_main(day, country), *eves]


@lru_cache(maxsize=20_000)
def _main(day: date, country: str | None) -> tuple[tuple[str, float], ...]:
    when = (day.month, day.day)
    named = _holidays(country, day.year) if country else None
    found: dict[str, float] = {}
    if when in _DAYS["new-year"]:
        found["new-year"] = 1.0
    if when in _DAYS["halloween"] or (named is None and when == _DAYS["christmas"][0]):
        found["halloween" if when in _DAYS["halloween"] else "christmas"] = _UNSURE
    if country == "GB" and when == _GUY_FAWKES:
        found["fireworks"] = 1.0
    for theme, pattern in _NAMED.items():
        # A day off in lieu is named like the feast and is not it.
        if when in _DAYS.get(theme, (when,)) and pattern.search((named or {}).get(day, "")):
            found[theme] = 1.0
    return tuple(found.items())


@lru_cache(maxsize=512)
def _holidays(country: str, year: int) -> dict[date, str] | None:
    import holidays  # costs a tenth of a second, and many libraries need none of it

    kind = getattr(holidays, country, None)
    if kind is None:
        return None
    supported = tuple(c for c in _CATEGORIES if c in kind.supported_categories)
    language = "en_US" if "en_US" in kind.supported_languages else None
    found = holidays.country_holidays(country, years=year, categories=supported, language=language)
    return {day: str(name) for day, name in found.items()}
