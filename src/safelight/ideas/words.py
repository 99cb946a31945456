"""What ideas say, in the language of now: phrases, numbers, dates, lists, places and people.

Makers hold no sentence of their own; every word is in a catalogue (see `language`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from safelight.ideas.language import languages, speaking, spoken

__all__ = ["languages", "speaking"]

DASH = "\N{EN DASH}"


def say(key: str, **parts: object) -> str:
    """Fill the phrase `key`; KeyError when there is none."""
    return spoken().say(key, **parts)


# Numbers


def number(value: int) -> str:
    """ "1,204"."""
    return f"{value:,}".replace(",", spoken().thousands)


def count(value: int, noun: str) -> str:
    """A number with its noun in the right form: "1 photo", "1,204 photos"."""
    said = spoken()
    return said.nouns[noun][said.plural(value)].format(n=number(value))


def spelled(value: int, noun: str) -> str:
    """Like `count`, with numbers below ten written out: "Three years" without its capital."""
    said = spoken()
    if value == 1:
        return said.singles[noun]
    word = said.small[value - 2] if 2 <= value < 2 + len(said.small) else number(value)
    return said.nouns[noun][said.plural(value)].format(n=word)


def small_number(value: int) -> str:
    """A number as a word, where it is small: "four", "12"."""
    small = spoken().small
    return small[value - 2] if 2 <= value < 2 + len(small) else number(value)


def material(photos: int, videos: int) -> str:
    """What there is: "42 photos", "42 photos and 3 videos", "3 videos"."""
    parts = [count(value, noun) for value, noun in ((photos, "photo"), (videos, "video"))]
    kept = [part for part, value in zip(parts, (photos, videos), strict=True) if value]
    return and_list(kept) or parts[0]


def share_in(photos: int, size: int) -> str:
    """So many of so many photos, after "in": "3 of 5 photos", "all 5 photos", "the photo"."""
    key = "share-in" if photos < size else "share-in-all" if size > 1 else "share-in-one"
    return say(key, number=number(photos), size=number(size))


def distance(kilometres: float) -> str:
    """A distance no more exact than people say it: "8 km", "640 km", "9,200 km"."""
    step = 1 if kilometres < 20 else 10 if kilometres < 1000 else 100
    return f"{number(max(1, round(kilometres / step) * step))} km"


# Lists


def and_list(names: Sequence[str]) -> str:
    """Names as a sentence has them: "Moab", "Moab and Page", "Moab, Page and Zion"."""
    if len(names) < 2:
        return "".join(names)
    return say("and", first=", ".join(names[:-1]), last=names[-1])


def some_of(names: Sequence[str], limit: int = 3) -> str:
    """The first names, and how many more there are: "Moab, Page and 4 more places"."""
    if len(names) <= limit:
        return and_list(names)
    return and_list([*names[: limit - 1], count(len(names) - (limit - 1), "more-places")])


def some_names(names: Sequence[str], limit: int = 3) -> str:
    """The first people, and how many others there are: "Ana, Ben and 2 others"."""
    if len(names) <= limit:
        return and_list(names)
    return and_list([*names[: limit - 1], count(len(names) - (limit - 1), "others")])


# Places


def place(name: str) -> str:
    """A place as this language calls it: "Tuscany", "the Netherlands"."""
    return spoken().names.get(name, name)


def places(names: Sequence[str]) -> str:
    """Places as a list."""
    return and_list([place(name) for name in names])


def at(names: Sequence[str]) -> str:
    """Where: "in Moab and Page", "in Vienna and on Mallorca"."""
    return and_list(_at(names))


def at_some(names: Sequence[str], limit: int = 3) -> str:
    """Where, the first places and how many more: "in Moab, Page and 4 more places"."""
    if len(names) <= limit:
        return at(names)
    more = count(len(names) - (limit - 1), "more-places")
    return and_list([*_at(names[: limit - 1]), more])


def to(name: str) -> str:
    """Where to: "to Moab"."""
    return spoken().to.get(name) or say("to", place=place(name))


def _at(names: Sequence[str]) -> list[str]:
    """Each with what stands before it, said once where it is the same for neighbours."""
    said = spoken()
    found: list[str] = []
    plain = False
    for name in names:
        own = said.at.get(name)
        found.append(own or (place(name) if plain else say("in", place=place(name))))
        plain = own is None
    return found


# People


def of(name: str) -> str:
    """Whose: "Ana's", "James'"; in languages that say it otherwise, as they do."""
    ends = say("own-ending-s").split()
    sibilant = name.casefold().endswith(tuple(ends)) if ends else False
    return say("own-after-s" if sibilant else "own", name=name)


# Dates


def day(value: date) -> str:
    """ "12 June 2015"."""
    return say("date", day=value.day, month=_month(value), year=value.year)


def day_of_month(value: date) -> str:
    """ "12 June"."""
    return say("day-of-month", day=value.day, month=_month(value))


def weekday(value: date) -> str:
    """ "Sunday"."""
    return spoken().weekdays[value.weekday()]


def full_day(value: date) -> str:
    """ "Sunday, 14 June 2015"."""
    return say("full-date", weekday=weekday(value), date=day(value))


def month(value: date) -> str:
    """ "June 2015"."""
    return say("month", month=_month(value), year=value.year)


def months(first: date, last: date) -> str:
    """Months from first to last, joined by a dash; the year once where it is one."""
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    start = _month(first) if first.year == last.year else month(first)
    return f"{start} {DASH} {month(last)}"


def dates(first: date, last: date) -> str:
    """One day, or both ends joined by a dash; month and year once where they are one."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return say("days-of-month", first=first.day, last=day(last))
    start = day_of_month(first) if first.year == last.year else day(first)
    return f"{start} {DASH} {day(last)}"


def years(first: int, last: int) -> str:
    """ "2012 to 2020", or the one year."""
    return str(first) if first == last else say("years", first=first, last=last)


def since_until(first: date, last: date) -> tuple[str, str]:
    """Both ends for a sentence: ("12 June", "11 July 2015"); the year once where it is one."""
    return (day_of_month(first) if first.year == last.year else day(first)), day(last)


def sentence(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


# Themes


def theme(name: str) -> str:
    """What an occasion of a theme is called: "At the beach"; an own theme by its own name."""
    known = spoken().themes.get(name)
    return known["one"] if known else sentence(name.replace("-", " "))


def theme_over_years(name: str) -> str | None:
    """What a theme is called over the years: "Christmas through the years"; None for own ones."""
    known = spoken().themes.get(name)
    return known["years"] if known else None


def concept(english: str) -> str:
    """What is seen, in the language of now: "Cake"."""
    return spoken().concepts.get(english, english)


def _month(value: date) -> str:
    return spoken().months[value.month - 1]
