"""Days, times and lengths of time as a person would say them."""

from __future__ import annotations

from datetime import date, datetime

from safelight.surfaces.web.number_words import count

_TO = "\N{EN DASH}"


def day(value: date | None) -> str:
    """Saturday, 20 June 2015."""
    return "Without a date" if value is None else f"{value:%A}, {value.day} {value:%B %Y}"


def short_day(value: date | datetime) -> str:
    """20 June 2015."""
    return f"{value.day} {value:%B %Y}"


def month(value: str) -> str:
    """June 2015, from 2015-06; months that are no month say so."""
    if not value:
        return "Without a date"
    try:
        return f"{date.fromisoformat(value + '-01'):%B %Y}"
    except ValueError:
        return "Another time"


def month_only(value: str) -> str:
    """Jun, from 2015-06."""
    return f"{date.fromisoformat(value + '-01'):%b}" if value else "No date"


def when(value: str | None) -> str:
    """Saturday, 20 June 2015, 14:05, from ISO 8601."""
    if value is None:
        return "Without a date"
    moment = datetime.fromisoformat(value)
    return f"{day(moment.date())}, {moment:%H:%M}"


def zone(value: str | None) -> str:
    """UTC+05:45, from ISO 8601; empty where no offset is known.

    Less is a minus sign: at a hyphen the line may break.
    """
    moment = datetime.fromisoformat(value) if value else None
    if moment is None or moment.tzinfo is None:
        return ""
    offset = moment.isoformat(timespec="seconds")[19:].replace("-", "\N{MINUS SIGN}")
    return f"UTC{offset}".removesuffix("+00:00")


def clock(value: datetime) -> str:
    """20 June 2015, 14:05."""
    return f"{short_day(value)}, {value:%H:%M}"


def local(value: datetime) -> datetime:
    """An instant on this machine's clock."""
    return value.astimezone()


def span(start: datetime | None, end: datetime | None) -> str:
    """From one day to another, without saying anything twice."""
    if start is None:
        return ""
    if end is None or start.date() == end.date():
        return short_day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}{_TO}{short_day(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} {_TO} {short_day(end)}"
    return f"{short_day(start)} {_TO} {short_day(end)}"


def dates(value: tuple[datetime, datetime]) -> str:
    """From one day to another, of a pair."""
    return span(*value)


def years(value: tuple[datetime, datetime]) -> str:
    """2015, or 2009 to 2015, from the first and the last time."""
    first, last = value[0].year, value[1].year
    return f"{first}" if first == last else f"{first} to {last}"


def short_when(value: str | None) -> str:
    """20 June 2015, from ISO 8601."""
    return "Without a date" if value is None else short_day(datetime.fromisoformat(value))


def playing_time(seconds: float | None) -> str:
    """Seconds as 0:42 or 1:02:03."""
    whole = round(seconds or 0)
    hours, minutes = divmod(whole // 60, 60)
    tail = f"{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"
    return f"{hours}:{tail}" if hours else tail


def time_left(seconds: float | None) -> str:
    """How long something still takes, roughly."""
    if seconds is None:
        return ""
    if seconds < 50:
        return "less than a minute left"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {count(minutes, 'minute')} left"
    return f"about {count(round(minutes / 60), 'hour')} left"
