"""Numbers, dates and states as a person would say them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from safelight.app.views import ScanProgress
from safelight.model.assets import ClockEvidence, TimeSource
from safelight.model.consent import Purpose, Scope
from safelight.model.ideas import Idea
from safelight.model.names import shown
from safelight.model.places import Place
from safelight.model.quality import Quality

TOASTS = {
    "liked": "Liked. Good to know.",
    "dismissed": "Put away.",
    "hidden": "Hidden. It will not be offered again.",
    "restored": "It is back.",
    "kept": "Kept under Creations.",
    "deleted": "Deleted.",
    "added": "Folder added.",
    "removed": "Folder removed from the library. Its files are untouched.",
    "allowed": "Turned on.",
    "picked": "Your choice is kept.",
    "albumgone": "Album forgotten. The photos stay where they are.",
    "notnow": "Nothing was turned on. You can decide at any time.",
    "person.named": "Named.",
    "person.unnamed": "The name is gone.",
    "person.merged": "One person now.",
    "person.split": "Somebody new.",
    "person.moved": "Moved.",
    "person.parted": "Taken out; they will not be put back.",
    "person.hidden": "Hidden from lists and ideas.",
    "person.shown": "Shown again.",
    "person.excluded": "Erased, and never to be grouped.",
    "person.undone": "Taken back.",
    "person.nothing": "There is nothing to take back.",
    "taught": "Learnt. Moments that look like it are found from now on.",
    "forgotten": "Forgotten.",
    "brought-back": "It may be in ideas again.",
    "left-out": "Kept out again.",
    "erased": "Erased. The receipt is below.",
    "lifted": "The next scan reads them again.",
    "renewed": "The old record is put aside. Turn on what you want.",
    "passphrase": "The passphrase is set. Other browsers have to say it.",
    "passphrase.off": "There is no passphrase any more.",
    "signed.out": "Signed out.",
    "token.removed": "Taken back.",
    "less.hide": "There will be no more ideas of it.",
    "less.rest": "It rests for a year.",
    "fewer": "There will be fewer ideas like this.",
    "more": "There will be more ideas like this.",
    "again": "It may be in ideas again.",
    "unlearnt": "Forgotten.",
    "photo.out": "This photo is in no ideas from now on.",
    "photo.back": "It may be in ideas again.",
    "demo.all": "Every switch is on in the sample. The pictures are being looked at.",
    "demo.less": "Turned off in the sample, and erased.",
    "titled": "The title is kept.",
    "region": "Remembered.",
    "looked": "Looked through your library for ideas.",
}

PURPOSE_NAMES = {
    Purpose.LIBRARY: "Library",
    Purpose.PLACES: "Places",
    Purpose.CONTENT: "Content",
    Purpose.FACES: "People",
    Purpose.SUGGEST: "Ideas",
    Purpose.LEARN: "Taste",
    Purpose.RESTYLE: "Restyle",
    Purpose.REMOTE: "Own generator",
    Purpose.SHARE: "Sharing",
    Purpose.TRAIN: "Training",
    Purpose.ADS: "Advertising",
}

_TIME_SOURCES = {
    TimeSource.EXIF: "from the camera",
    TimeSource.XMP: "from XMP data in the photo",
    TimeSource.SIDECAR: "from a sidecar file",
    TimeSource.TAKEOUT: "from the Takeout export",
    TimeSource.FILENAME: "from the file name",
    TimeSource.FILE: "from the date of the file itself, so it may be wrong",
}

_TO = "\N{EN DASH}"
_PHASES = {
    "idle": "Ready",
    "walking": "Looking through your folders",
    "reading": "Reading photos",
    "places": "Naming places",
    "content": "Looking at the pictures",
    "people": "Putting faces together",
    "ideas": "Looking for ideas",
    "done": "Up to date",
    "stopped": "Paused",
    "failed": "The scan stopped",
}
_TELLING = {name: rank for rank, name in enumerate(("anniversary", "density", "place", "ratings"))}
_WORD = re.compile(r"\w+")
RUNNING = frozenset(_PHASES) - {"idle", "done", "stopped", "failed"}


def number(value: int) -> str:
    """1234 as 1,234."""
    return f"{value:,}"


def count(value: int, one: str, many: str | None = None) -> str:
    """A number with its noun."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


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
    """UTC+05:45, from ISO 8601; empty where no offset is known."""
    moment = datetime.fromisoformat(value) if value else None
    if moment is None or moment.tzinfo is None:
        return ""
    return f"UTC{moment.isoformat(timespec='seconds')[19:]}".removesuffix("+00:00")


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


def size(value: int) -> str:
    """Bytes as KB, MB or GB."""
    amount = float(value)
    for unit in ("bytes", "KB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


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


def progress_line(progress: ScanProgress) -> str:
    """Where a scan is: how far, how fast, how long; what the phase's name says already is not."""
    if progress.phase not in RUNNING:
        return progress.note
    parts = []
    if progress.total:
        parts.append(f"{progress.done:,} of {count(progress.total, 'photo')}")
    elif progress.done:
        parts.append(count(progress.done, "photo"))
    if progress.photos_per_second >= 0.1:
        parts.append(f"{progress.photos_per_second:,.0f} a second")
    left = time_left(progress.seconds_left)
    line = " · ".join([*parts, left] if left else parts)
    return line or ("" if progress.note == phase(progress) else progress.note)


def phase(progress: ScanProgress) -> str:
    """The name of a scan's phase."""
    return _PHASES.get(progress.phase, "Working")


def running(progress: ScanProgress) -> bool:
    """Whether a scan goes on now."""
    return progress.phase in RUNNING


def time_source(value: TimeSource | None) -> str:
    """Where a capture time came from."""
    return _TIME_SOURCES.get(value, "") if value else ""


def clock_shift(seconds: float, evidence: ClockEvidence | None) -> str:
    """How a camera's clock was wrong, and what says so; empty where it was not."""
    if evidence is None:
        return ""
    return (
        f"the camera's clock was {_span(abs(seconds))} {_FAST[seconds < 0]}, as {_SAYS[evidence]}"
    )


_FAST = ("slow", "fast")
_SAYS = {
    ClockEvidence.OWN_FIX: "the time of its GPS shows",
    ClockEvidence.SAME_CAMERA: "the GPS times of photos around it from the same camera show",
}


def _span(seconds: float) -> str:
    for unit, length in (("day", 86_400.0), ("hour", 3_600.0), ("minute", 60.0)):
        number = round(seconds / length)
        if seconds >= 1.9 * length or (number and unit != "day"):
            return f"{number} {unit}{'s' if number != 1 else ''}"
    return "less than a minute"


def place(value: Place | None) -> str:
    """A place from the smallest name to the country, each once."""
    if value is None:
        return ""
    names = [name for name in (value.city, value.region, value.country) if name]
    return ", ".join(dict.fromkeys(names))


def years(value: tuple[datetime, datetime]) -> str:
    """2015, or 2009 to 2015, from the first and the last time."""
    first, last = value[0].year, value[1].year
    return f"{first}" if first == last else f"{first} to {last}"


_PARTS = {
    "story": "What there is to tell: photos, days and distance",
    "people": "People you named",
    "quality": "Your ratings, and how good the pictures are",
    "anniversary": "It happened at this time, years ago",
    "season": "It is the same time of the year",
    "freshness": "It is recent",
    "novelty": "You were not shown it before",
}


def part_name(value: str) -> str:
    """What a part of an idea's score is about."""
    return _PARTS.get(value, value.capitalize())


def purpose(value: Purpose | None) -> str:
    """A purpose's short name."""
    return PURPOSE_NAMES[value] if value else ""


def scope(value: Scope) -> str:
    """What a permission covers."""
    parts = []
    albums = [f"album “{ref.rpartition('@')[0]}”" for ref in value.albums]
    if value.folders or albums:
        parts.append(", ".join([*albums, *(shown(folder) for folder in value.folders)]))
    if value.since:
        parts.append(f"since {short_day(value.since)}")
    if value.until:
        parts.append(f"until {short_day(value.until)}")
    if value.without_people:
        parts.append(f"without {count(len(value.without_people), 'person', 'people')}")
    return "; ".join(parts) or "everything in your folders"


def scope_in_short(value: Scope) -> str:
    """What a permission covers, folders by their own name alone."""
    names = tuple(f"“{file_name(folder)}”" for folder in value.folders)
    return scope(replace(value, folders=names))


def file_name(path: str) -> str:
    """The last part of a path, safe to show."""
    return shown(path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path)


def why(idea: Idea) -> str:
    """The one reason that tells most beside an idea's title; its own page has them all.

    What the title and the line below it say already is not said once more, be it a whole reason
    or a part of one, and how many photos and from when they always say; empty where nothing else
    is left.
    """
    said = f"{idea.title}. {idea.subtitle}"
    told = [reason for reason in idea.reasons if reason.signal != "dates"]
    ranked = sorted(told, key=lambda reason: _TELLING.get(reason.signal, len(_TELLING)))
    parts = ((each.signal, _unsaid(each.text, said)) for each in ranked)
    return next((text for signal, text in parts if not _is_said(signal, text, said)), "")


def _unsaid(text: str, said: str) -> str:
    """A reason without the clauses at its end that were said word for word."""
    clauses = text.split(", ")
    while len(clauses) > 1 and clauses[-1] in said:
        clauses.pop()
    return ", ".join(clauses)


def _is_said(signal: str, text: str, said: str) -> bool:
    """Whether most letters of a text are in words said before; of a place: all its names."""
    before, words = set(_WORD.findall(said.casefold())), _WORD.findall(text)
    if signal == "place":
        words = [word for word in words[1:] if not word.islower()] or words
        return all(word.casefold() in before for word in words)
    again = sum(len(word) for word in words if word.casefold() in before)
    return again * 3 >= sum(map(len, words)) * 2


def short_when(value: str | None) -> str:
    """20 June 2015, from ISO 8601."""
    return "Without a date" if value is None else short_day(datetime.fromisoformat(value))


_MATCHED = {
    "keyword": "Keyword",
    "place": "Place",
    "camera": "Camera",
    "folder": "Folder",
    "written": "Title or name",
    "person": "Person",
    "theme": "Theme",
    "read": "Written in it",
    "seen": "Seen in it",
    "date": "Date",
    "meaning": "Looks like",
}


class Matched(Protocol):
    """What of a photo answered a search."""

    field: str
    said: str
    score: float | None


def matched_by(match: Matched) -> str:
    """What kind of thing answered, for those who hear the page."""
    return f"{_MATCHED[str(match.field)]}: "


def matched_short(match: Matched) -> str:
    """What answered, in a word or two."""
    if match.field == "date":
        return short_when(match.said)
    if match.field == "seen":
        return match.said if match.score is None else f"{match.said}, {surely(match.score)}"
    return match.said.replace("-", " ") if match.field == "theme" else match.said


def matched(match: Matched) -> str:
    """What answered, with its kind."""
    return matched_by(match) + matched_short(match)


_REASONS = {
    "screenshot": ("Screenshots", "Screens, drawn pictures and memes that no camera took."),
    "document": ("Documents", "Papers, notes, receipts and pages."),
    "blurred": ("Blurred", "Nothing in them is sharp."),
    "duplicate": ("Duplicates", "Nearly the same picture more than once; the best one is used."),
    "sensitive": ("Sensitive", "They may show nudity. Covered until you look."),
    "hidden": ("Hidden", "With somebody whom you hid."),
}


def reason_title(value: str) -> str:
    """What kept-out pictures of one reason are called."""
    return _REASONS[str(value)][0]


def reason_words(value: str) -> str:
    """Why pictures of one reason are kept out."""
    return _REASONS[str(value)][1]


def things(found: Sequence[tuple[str, int, float]]) -> list[tuple[str, str]]:
    """Things seen, each with how sure that is: ("2 chairs", "likely")."""
    return [
        (name if number == 1 else count(number, name, _MANY.get(name)), surely(score))
        for name, number, score in found
    ]


_MANY = {
    "person": "people",
    "knife": "knives",
    "mouse": "mice",
    "sheep": "sheep",
    "bus": "buses",
    "bench": "benches",
    "couch": "couches",
    "sandwich": "sandwiches",
    "wine glass": "wine glasses",
    "toothbrush": "toothbrushes",
    "skis": "pairs of skis",
    "scissors": "pairs of scissors",
}


def verdict(quality: Quality) -> str:
    """How good a picture is, in words that one can check."""
    overall = "Good" if quality.score >= 0.75 else "Fair" if quality.score >= 0.5 else "Weak"
    said = [
        _step(quality.sharpness, (0.7, "sharp"), (0.33, "a little soft"), "blurred"),
        _step(quality.exposure, (0.75, "well lit"), (0.45, "hard light"), "too dark or too bright"),
    ]
    if quality.dark > 0.5:
        said[1] = "taken at night"
    if quality.eyes is not None:
        said.append("eyes open" if quality.eyes >= 0.75 else "not all eyes open")
    if quality.smile is not None and quality.smile >= 0.5:
        said.append("smiles")
    return f"{overall}: {', '.join(said)}"


def _step(value: float, high: tuple[float, str], middle: tuple[float, str], low: str) -> str:
    return next((word for least, word in (high, middle) if value >= least), low)


def surely(score: float) -> str:
    """A recogniser's score in a word."""
    steps = ((0.75, "surely"), (0.45, "likely"), (0.25, "perhaps"))
    return next((word for least, word in steps if score >= least), "a trace")


FILTERS: dict[str, Callable[..., object]] = {
    "clock": clock,
    "count": count,
    "dates": dates,
    "day": day,
    "file_name": file_name,
    "playing_time": playing_time,
    "local": local,
    "moment": datetime.fromisoformat,
    "matched": matched,
    "matched_by": matched_by,
    "matched_short": matched_short,
    "month": month,
    "month_only": month_only,
    "number": number,
    "part_name": part_name,
    "phase": phase,
    "place": place,
    "progress_line": progress_line,
    "purpose": purpose,
    "running": running,
    "scope": scope,
    "scope_in_short": scope_in_short,
    "reason_title": reason_title,
    "reason_words": reason_words,
    "short_day": short_day,
    "short_when": short_when,
    "surely": surely,
    "shown": shown,
    "size": size,
    "things": things,
    "clock_shift": clock_shift,
    "time_source": time_source,
    "verdict": verdict,
    "when": when,
    "why": why,
    "years": years,
    "zone": zone,
}
