"""What of a photo answered a search, in words."""

from __future__ import annotations

from typing import Protocol

from safelight.surfaces.web.date_words import short_when
from safelight.surfaces.web.photo_words import surely

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
