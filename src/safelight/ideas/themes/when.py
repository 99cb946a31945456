"""When a moment was: holidays and birthdays, and what clock and season say beside other clues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np

from safelight.ideas import words
from safelight.ideas.themes.calendars import Feast, feasts, festive_days
from safelight.ideas.themes.clues import Bools, Clues, Floats, Knowledge, Said
from safelight.ideas.themes.members import Members
from safelight.model.consent import Purpose
from safelight.model.ideas import Home, Moment
from safelight.model.people import Birthday

_NIGHT_ENDS, _NEVER_SET = 4, 0.5
_FEW = 8
_MANY = (12, 25)
_FROM_SHARE, _FULL_SHARE = 0.3, 0.6


def keep_calendar(
    clues: Clues, members: Members, homes: Sequence[Home], knowledge: Knowledge
) -> None:
    """Feasts of the country where a moment was, and birthdays."""
    for row, moment in enumerate(members.moments):
        if not members.clocked[row]:
            continue
        country, purpose = _country(moment, homes)
        start, end = moment.start, moment.end
        days = range(start.toordinal() - 1, end.toordinal() + 1)
        if start.year == end.year and festive_days(country, start.year).isdisjoint(days):
            continue  # nearly every moment
        for feast in feasts(start, end, country):
            enough = min(1.0, len(moment.assets) / 4)
            # Only a day that the country decided about needed to know the country.
            used = purpose if feast.theme != "new-year" else Purpose.LIBRARY
            weight = feast.weight * enough * _sure_of_the_year(feast, start)
            clues.set(f"feast:{feast.theme}", row, weight, feast.text, used)
    for birthday in knowledge.birthdays:
        for row in np.flatnonzero(members.months == birthday.month).tolist():
            moment = members.moments[row]
            if moment.dated and birthday.on(moment.start.date()):
                _celebrate(clues, row, moment, birthday, knowledge)


def _sure_of_the_year(feast: Feast, start: datetime) -> float:
    """Clocks that were never set begin at midnight of a New Year: then something must be seen."""
    after_midnight = (start.month, start.day) == (1, 1) and start.hour < _NIGHT_ENDS
    return _NEVER_SET if feast.theme == "new-year" and after_midnight else 1.0


def _country(moment: Moment, homes: Sequence[Home]) -> tuple[str | None, Purpose]:
    if moment.place is not None:
        return moment.place.country_code, Purpose.PLACES
    day = moment.start.date()
    for home in homes:
        if home.place is not None and home.since <= day <= home.until:
            return home.place.country_code, Purpose.PLACES
    return None, Purpose.LIBRARY


def _celebrate(
    clues: Clues, row: int, moment: Moment, birthday: Birthday, knowledge: Knowledge
) -> None:
    clues.set("birthday", row, 1.0, _birthday(birthday.name), Purpose.FACES)
    present = frozenset[str]().union(*(knowledge.people.get(a, ()) for a in moment.assets))
    if birthday.person is not None and birthday.person in present:
        name = birthday.name
        said = words.say("clue-there", name=name) if name else words.say("clue-there-someone")
        clues.set("someone", row, 1.0, said, Purpose.FACES)


def _birthday(name: str | None) -> str:
    if name:
        return words.say("clue-birthday", whose=words.of(name))
    return words.say("clue-birthday-someone")


def tell_time(clues: Clues, members: Members) -> None:
    """Hour and season, for moments that have another clue: they never make a theme alone."""
    heard = clues.speaking() & (members.sizes > 0)
    few = np.where(members.sizes < _FEW, 1 - (members.sizes - 1) / _FEW, 0.0)
    clues.put("few", few * heard, _always("few"))
    many = np.clip((members.sizes - _MANY[0]) / (_MANY[1] - _MANY[0]), 0.0, 1.0)
    clues.put("many", many * heard, lambda row: None)  # supports, and is no evidence
    heard &= members.clocked
    hour = members.local % 86_400 // 3_600
    for clue, hours in (
        ("evening", (hour >= 17) | (hour < 4)),
        ("night", (hour >= 20) | (hour < 4)),
        ("day", (hour >= 8) & (hour < 18)),
        ("late-light", ((hour >= 17) & (hour <= 21)) | ((hour >= 4) & (hour <= 7))),
    ):
        share = members.share(hours)
        strength = np.where(share >= _FROM_SHARE, np.minimum(1.0, share / _FULL_SHARE), 0.0)
        clues.put(clue, strength * heard, _always(clue))
    _season(clues, members, heard)


def _season(clues: Clues, members: Members, heard: Bools) -> None:
    south = members.count(members.where[0] < 0) > 0
    season = (members.months % 12 // 3 + np.where(south, 2, 0)) % 4
    for number, name in enumerate(("winter", "spring", "summer", "autumn")):
        clues.put(name, _mark(heard & (season == number)), _said_of_season(name, south))
    clues.put("december", _mark(heard & (members.months == 12)), _always("december"))
    days = np.fromiter((m.start.day for m in members.moments), np.int64, len(members.moments))
    ghostly = ((members.months == 10) & (days >= 15)) | ((members.months == 11) & (days <= 2))
    clues.put("late-october", _mark(heard & ghostly), _always("late-october"))
    autumn = (members.months >= 9) & (members.months <= 11)
    clues.put("not-autumn", _mark(heard & ~autumn), _always("not-autumn"))


def _said_of_season(name: str, south: Bools) -> Callable[[int], Said]:
    # Only a place tells that June is winter.
    def say(row: int) -> Said:
        return words.say(f"clue-{name}"), Purpose.PLACES if south[row] else Purpose.LIBRARY

    return say


def _always(clue: str) -> Callable[[int], Said]:
    return lambda row: (words.say(f"clue-{clue}"), Purpose.LIBRARY)


def _mark(rows: Bools) -> Floats:
    return rows.astype(np.float64)
