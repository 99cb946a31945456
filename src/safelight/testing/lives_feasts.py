"""Occasions of a generated life: birthdays, Christmas, a wedding, a summer with friends, a baby."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from safelight.model.people import Birthday


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a generated life.

    Attributes:
        role: "partner", "child", "parent" or "friend"; nothing in the photos says it.
        since: from when on there are photos of them.
        named: whether the user gave them their name.
    """

    id: str
    name: str
    role: str
    birthday: Birthday
    since: date
    named: bool


@dataclass(frozen=True, slots=True)
class Feast:
    """An occasion: what, when it begins (wall clock), how long, and who is invited."""

    theme: str | None
    start: datetime
    hours: float
    guests: tuple[str, ...]


_NAMES = (
    *("Ana", "Ben", "Cleo", "Dario", "Eva", "Finn", "Gita", "Hugo", "Iris", "Jonas", "Klara"),
    *("Luis", "Mina", "Noel", "Olga", "Pavel", "Rosa", "Sami", "Tess", "Vera"),
)


def cast(rng: np.random.Generator, first: date, last: date) -> list[Person]:
    """Five to ten people: a partner, parents, friends, and perhaps children, one new on the way."""
    names = [str(name) for name in rng.permutation(_NAMES)]
    years = (last - first).days / 365.25
    roles = ["partner"] * (rng.random() < 0.8) + ["parent"] * 2
    roles += ["friend"] * int(rng.integers(3, 6)) + ["child"] * int(rng.choice([0, 1, 2]))
    people: list[Person] = []
    for number, role in enumerate(roles):
        born = first.year - _age(rng, role)
        since = first
        if role == "child" and rng.random() < 0.5:
            born_on = first + timedelta(days=int(rng.uniform(0.15, 0.6) * 365.25 * years))
            since, born = born_on, born_on.year
        day = since if since > first else date(2001, 1, 1) + timedelta(int(rng.integers(0, 365)))
        birthday = Birthday(day.month, min(day.day, 28), f"p{number}", names[number], born)
        named = rng.random() < 0.85
        people.append(Person(f"p{number}", names[number], role, birthday, since, bool(named)))
    return people


def _age(rng: np.random.Generator, role: str) -> int:
    low, high = {"child": (1, 9), "parent": (55, 70)}.get(role, (25, 45))
    return int(rng.integers(low, high))


def feasts(
    rng: np.random.Generator, people: list[Person], first: date, last: date
) -> Iterator[Feast]:
    """Every occasion between two days, in no particular order; which of them fit is seen later."""
    friends = [person.id for person in people if person.role == "friend"]
    family = [person.id for person in people if person.role != "friend"]
    for year in range(first.year, last.year + 1):
        for person in people:
            day = date(year, person.birthday.month, person.birthday.day)
            if day > person.since and rng.random() < 0.6:
                guests = (
                    person.id,
                    *(p.id for p in people if p is not person and rng.random() < 0.5),
                )
                yield _feast(rng, "birthday", day, 15, guests)
        yield _feast(rng, "christmas", date(year, 12, 24), 16, tuple(family))
        if rng.random() < 0.3:
            yield _feast(rng, "halloween", date(year, 10, 31), 17, tuple(friends))
        summer = date(year, 7, 1) + timedelta(days=int(rng.integers(0, 55)))
        if rng.random() < 0.75:
            yield _feast(rng, None, summer, 12, tuple(friends[:4]))
    for theme, chance in (("wedding", 0.5), ("graduation", 0.35)):
        if rng.random() < chance:
            day = first + timedelta(days=int(rng.uniform(0.1, 0.9) * (last - first).days))
            yield _feast(rng, theme, day, 13, tuple(friends + family))


def _feast(
    rng: np.random.Generator, theme: str | None, day: date, hour: int, guests: tuple[str, ...]
) -> Feast:
    start = datetime(day.year, day.month, day.day, hour, int(rng.integers(0, 60)))
    return Feast(theme, start, float(rng.uniform(2.5, 6)), guests)
