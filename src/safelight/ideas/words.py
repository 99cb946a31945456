"""Every English word and phrase of an idea, in one table, and the rules that put them together.

A translation replaces `WORDS`, `MONTHS`, `WEEKDAYS` and the few functions below that hold a rule
of grammar (plural, list, date range). Makers hold no sentence of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DASH = "\N{EN DASH}"
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

PLURALS = {
    "photo": ("photo", "photos"),
    "video": ("video", "videos"),
    "day": ("day", "days"),
    "year": ("year", "years"),
    "place": ("place", "places"),
    "similar": ("near-identical shot", "near-identical shots"),
}

WORDS = {
    # titles
    "trip": "Trip of {dates}",
    "day-in": "A day in {place}, {date}",
    "weekend-in": "A weekend in {place}, {dates}",
    "weekend": "The weekend of {dates}",
    "week": "The week of {date}",
    "year": "Your year {year}",
    "year-ago": "One year ago today",
    "years-ago": "{years} ago today",
    "years-together": "On this day, {first} to {last}",
    "winter": "Winter {year}",
    "spring": "Spring {year}",
    "summer": "Summer {year}",
    "autumn": "Autumn {year}",
    # subtitles
    "trip-sub": "{dates}: {material}{where}",
    "trip-day-sub": "{weekday}, day {number} of {trip}: {material}",
    "home-day-sub": "{material} on a {weekday}",
    "weekend-sub": "{material} on Saturday and Sunday",
    "recap-sub": "{material} on {days}{where}",
    "recap-span-sub": "{months}: {material} on {days}{where}",
    "one-year-sub": "{weekday}, {date}: {material}{where}",
    "leap-day-sub": "A leap day, {years} ago: {material}{where}",
    "many-years-sub": "{years} of {date}: {material}{where}",
    # where
    "in": " in {places}",
    "mostly-in": ", mostly in {places}",
    "from-home": ", up to {distance} from home",
    "more-places": "{count} more {noun}",
    # reasons
    "dates": "{material} between {first} and {last}",
    "dates-day": "{material} on {date}",
    "ratings": "{photos} that you rated 4 or 5 stars",
    "favourites": "{photos} that you marked as favourites",
    "variety": "{shots} left out",
    "density": "{photos}, where a usual {unit} of yours has {usual}",
    "far": "Photos from {places}, up to {distance} from home",
    "away": "Photos from {places}, up to {distance} from where it began",
    "far-nowhere": "Photos taken up to {distance} from home",
    "away-nowhere": "Photos taken up to {distance} from where it began",
    "places": "Photos from {places}",
    "south": "Most of your photos are from south of the equator, where June is winter",
    "period": "The {unit} is over and can be told as a whole",
    "anniversary": "Taken on this day in {years}",
    "anniversary-leap": "Taken on a leap day, which this year does not have",
    "trip-anniversary": "It began {years} ago this week",
    "trip-day": "One of the fullest days of {trip}",
    # fragments
    "unit-day": "day",
    "unit-weekend": "weekend",
    "unit-week": "week",
    "unit-month": "month",
    "unit-season": "season",
    "unit-year": "year",
}


def say(key: str, **parts: object) -> str:
    """Fill the phrase `key` of the table; KeyError when there is none."""
    return WORDS[key].format(**parts)


def count(number: int, noun: str) -> str:
    """A number with its noun in the right form: "1 photo", "1,204 photos"."""
    one, many = PLURALS[noun]
    return f"{number:,} {one if number == 1 else many}"


def spelled(number: int, noun: str) -> str:
    """Like `count`, with numbers below ten written out: "Three years" without its capital."""
    one, many = PLURALS[noun]
    word = SMALL[number] if 0 < number < len(SMALL) else f"{number:,}"
    return f"{word} {one if number == 1 else many}"


def material(photos: int, videos: int) -> str:
    """What there is: "42 photos", "42 photos and 3 videos", "3 videos"."""
    parts = [count(number, noun) for number, noun in ((photos, "photo"), (videos, "video"))]
    kept = [part for part, number in zip(parts, (photos, videos), strict=True) if number]
    return and_list(kept) or parts[0]


def and_list(names: Sequence[str]) -> str:
    """Names as a sentence has them: "Moab", "Moab and Page", "Moab, Page and Zion"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def some_of(names: Sequence[str], limit: int = 3) -> str:
    """The first names, and how many more there are: "Moab, Page and 4 more places"."""
    if len(names) <= limit:
        return and_list(names)
    left = len(names) - (limit - 1)
    noun = PLURALS["place"][left != 1]
    return and_list([*names[: limit - 1], say("more-places", count=left, noun=noun)])


def day(value: date) -> str:
    """ "12 June 2015"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def day_of_month(value: date) -> str:
    """ "12 June"."""
    return f"{value.day} {MONTHS[value.month - 1]}"


def weekday(value: date) -> str:
    """ "Sunday"."""
    return WEEKDAYS[value.weekday()]


def full_day(value: date) -> str:
    """ "Sunday, 14 June 2015"."""
    return f"{weekday(value)}, {day(value)}"


def month(value: date) -> str:
    """ "June 2015"."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def months(first: date, last: date) -> str:
    """Months from first to last, joined by a dash; the year once where it is one."""
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    start = MONTHS[first.month - 1] if first.year == last.year else month(first)
    return f"{start} {DASH} {month(last)}"


def dates(first: date, last: date) -> str:
    """One day, or both ends joined by a dash; month and year once where they are one."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{DASH}{day(last)}"
    start = day_of_month(first) if first.year == last.year else day(first)
    return f"{start} {DASH} {day(last)}"


def since_until(first: date, last: date) -> tuple[str, str]:
    """Both ends for a sentence: ("12 June", "11 July 2015"); the year once where it is one."""
    return (day_of_month(first) if first.year == last.year else day(first)), day(last)


def distance(kilometres: float) -> str:
    """A distance no more exact than people say it: "8 km", "640 km", "9,200 km"."""
    step = 1 if kilometres < 20 else 10 if kilometres < 1000 else 100
    return f"{max(1, round(kilometres / step) * step):,} km"


def sentence(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
