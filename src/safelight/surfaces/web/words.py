"""Names, permissions and reasons as a person would say them, and every filter of the templates."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from safelight.model.consent import Purpose, Scope
from safelight.model.ideas import Idea
from safelight.model.names import shown
from safelight.surfaces.web.date_words import (
    clock,
    dates,
    day,
    local,
    month,
    month_only,
    playing_time,
    short_day,
    short_when,
    when,
    years,
    zone,
)
from safelight.surfaces.web.number_words import count, number, size
from safelight.surfaces.web.photo_words import (
    clock_shift,
    place,
    reason_title,
    reason_words,
    surely,
    things,
    time_source,
    verdict,
)
from safelight.surfaces.web.scan_words import phase, progress_line, running
from safelight.surfaces.web.search_words import matched, matched_by, matched_short

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

_TELLING = {name: rank for rank, name in enumerate(("anniversary", "density", "place", "ratings"))}

_WORD = re.compile(r"\w+")

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
    or a part of one, and how many photos and from when they always say; second shots that were
    left out are no reason to look. Empty where nothing else is left.
    """
    said = f"{idea.title}. {idea.subtitle}"
    told = [reason for reason in idea.reasons if reason.signal not in ("dates", "variety")]
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
